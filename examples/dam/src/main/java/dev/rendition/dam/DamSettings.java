package dev.rendition.dam;

import dev.rendition.asset.AssetKey;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the demo is told beside the library's own keys.
 *
 * @param host the address it listens on; loopback unless told, for there is no login
 * @param port 1 to 65535, or 0 for any that is free
 * @param tenant whose pictures are shown
 * @param card the recipe of pictures in the list
 * @param page the recipes a browser chooses among on the page of one picture
 * @param hidden recipes that are reached by private links only
 * @param shown the most pictures in the list
 * @param linkValidity how long private links hold
 * @param delivery the path that renditions on demand lie under
 * @param publicBase what public links begin with; empty if the demo serves renditions itself
 * @param signer whose private links are shown; empty for the demo's own
 */
record DamSettings(
    String host,
    int port,
    String tenant,
    String card,
    List<String> page,
    Set<String> hidden,
    int shown,
    Duration linkValidity,
    String delivery,
    String publicBase,
    String signer) {
  private static final Set<String> KEYS =
      Set.of(
          "dam.host",
          "dam.port",
          "dam.tenant",
          "dam.card",
          "dam.page",
          "dam.private",
          "dam.shown",
          "dam.link-validity");
  private static final Duration LONGEST = Duration.ofDays(7);

  DamSettings {
    page = List.copyOf(page);
    hidden = Set.copyOf(hidden);
  }

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException with one sentence about the first mistake
   */
  static DamSettings of(Properties properties) {
    Set<String> unknown = new TreeSet<>(properties.stringPropertyNames());
    unknown.removeIf(key -> !key.startsWith("dam.") || KEYS.contains(key));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "the demo does not know " + unknown + "; it knows " + new TreeSet<>(KEYS));
    }
    List<String> page = words(text(properties, "dam.page"));
    if (page.isEmpty()) {
      throw new IllegalArgumentException("dam.page names one recipe or more, was empty");
    }
    String base = text(properties, "rendition.delivery.base");
    String path = URI.create(base.isEmpty() ? "/" : base).getRawPath();
    if (path == null || path.equals("/")) {
      throw new IllegalArgumentException(
          "rendition.delivery.base has a path of its own for the demo, such as /r/, was \""
              + base
              + '"');
    }
    return new DamSettings(
        text(properties, "dam.host"),
        number(properties, "dam.port", 0, 65_535),
        AssetKey.requireTenant(text(properties, "dam.tenant")),
        text(properties, "dam.card"),
        page,
        Set.copyOf(words(text(properties, "dam.private"))),
        number(properties, "dam.shown", 1, 1_000),
        validity(text(properties, "dam.link-validity")),
        path,
        text(properties, "rendition.urls.public-base"),
        text(properties, "rendition.urls.signer"));
  }

  private static String text(Properties properties, String key) {
    return properties.getProperty(key, "").strip();
  }

  private static List<String> words(String text) {
    return Stream.of(text.split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .distinct()
        .toList();
  }

  private static int number(Properties properties, String key, int from, int to) {
    String text = text(properties, key);
    if (!text.matches("[0-9]{1,5}")
        || Integer.parseInt(text) < from
        || Integer.parseInt(text) > to) {
      throw new IllegalArgumentException(
          key + " is a whole number, " + from + " to " + to + ", was \"" + text + '"');
    }
    return Integer.parseInt(text);
  }

  private static Duration validity(String text) {
    if (!text.matches("[1-9][0-9]{0,4}[smhd]")) {
      throw new IllegalArgumentException(
          "dam.link-validity is a duration such as 10m, was \"" + text + '"');
    }
    long count = Long.parseLong(text.substring(0, text.length() - 1));
    Duration validity =
        switch (text.charAt(text.length() - 1)) {
          case 's' -> Duration.ofSeconds(count);
          case 'm' -> Duration.ofMinutes(count);
          case 'h' -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    if (validity.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "dam.link-validity is at most seven days, was \"" + text + '"');
    }
    return validity;
  }
}
