package dev.rendition;

import dev.rendition.config.ConfigKey;
import dev.rendition.config.Settings;
import dev.rendition.ingest.Existing;
import dev.rendition.ingest.IngestRules;
import dev.rendition.ingest.IngestValidator;
import dev.rendition.ingest.Mismatch;
import dev.rendition.ingest.UrlRules;
import dev.rendition.ingest.ZipRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The keys that say what is taken in. */
final class IngestKeys {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final long MOST_BYTES = 1L << 44;

  static final ConfigKey<Long> MAX_BYTES =
      ConfigKey.bytes(
          "rendition.ingest.max-bytes",
          "256MiB",
          1,
          MOST_BYTES,
          "The most bytes an original may have that is taken in.");
  static final ConfigKey<String> ACCEPT =
      ConfigKey.text(
          "rendition.ingest.accept",
          String.join(",", new TreeSet<>(IngestRules.READABLE)),
          "The media types that are taken in, by content, separated by commas.");
  static final ConfigKey<String> MISMATCH =
      ConfigKey.word(
          "rendition.ingest.mismatch",
          "store-as-found",
          List.of("store-as-found", "refuse"),
          "What happens where bytes are of another kind than declared or named.");
  static final ConfigKey<String> EXISTING =
      ConfigKey.word(
          "rendition.ingest.existing",
          "replace",
          List.of("replace", "keep"),
          "What happens where the key already holds an asset.");
  static final ConfigKey<String> QUARANTINE =
      ConfigKey.text(
          "rendition.ingest.quarantine",
          "",
          "The folder refused uploads are moved to, inside their tenant; empty to delete them.");
  static final ConfigKey<String> TEMP =
      ConfigKey.text(
          "rendition.ingest.temp",
          "",
          "The folder where bytes wait that are too many for memory; empty for the system's own.");
  static final ConfigKey<String> SCHEMES =
      ConfigKey.text(
          "rendition.ingest.url.schemes",
          "https,http",
          "The schemes URLs may have, separated by commas.");
  static final ConfigKey<String> PORTS =
      ConfigKey.text(
          "rendition.ingest.url.ports", "443,80", "The ports URLs may have, separated by commas.");
  static final ConfigKey<String> HOSTS =
      ConfigKey.text(
          "rendition.ingest.url.hosts",
          "",
          "The only hosts URLs may have, separated by commas, .example.com for all below; empty for any.");
  static final ConfigKey<String> OPEN =
      ConfigKey.text(
          "rendition.ingest.url.open",
          "",
          "Networks URLs may lead to although they are not public, such as 10.1.2.0/24, separated by commas.");
  static final ConfigKey<Integer> REDIRECTS =
      ConfigKey.count(
          "rendition.ingest.url.max-redirects", "5", 0, 20, "How many redirects are followed.");
  static final ConfigKey<Duration> CONNECT =
      ConfigKey.duration(
          "rendition.ingest.url.connect-timeout",
          "5s",
          SHORTEST,
          LONGEST,
          "How long a name, a connection, a cipher may take, each.");
  static final ConfigKey<Duration> FIRST_BYTE =
      ConfigKey.duration(
          "rendition.ingest.url.first-byte-timeout",
          "10s",
          SHORTEST,
          LONGEST,
          "How long a server may take to begin its answer.");
  static final ConfigKey<Duration> STALL =
      ConfigKey.duration(
          "rendition.ingest.url.stall-timeout",
          "10s",
          SHORTEST,
          LONGEST,
          "How long a server may pause in its answer.");
  static final ConfigKey<Duration> TIMEOUT =
      ConfigKey.duration(
          "rendition.ingest.url.timeout",
          "60s",
          SHORTEST,
          LONGEST,
          "How long fetching a URL may take, redirects included.");
  static final ConfigKey<Long> ZIP_BYTES =
      ConfigKey.bytes(
          "rendition.ingest.zip.max-bytes",
          "2GiB",
          1,
          MOST_BYTES,
          "The most bytes an archive may have.");
  static final ConfigKey<Integer> ZIP_ENTRIES =
      ConfigKey.count(
          "rendition.ingest.zip.max-entries",
          "10000",
          1,
          ZipRules.MOST_ENTRIES,
          "The most entries an archive may have.");
  static final ConfigKey<Integer> ZIP_RATIO =
      ConfigKey.count(
          "rendition.ingest.zip.max-ratio",
          "200",
          1,
          1_000_000,
          "How many times its bytes an entry of an archive may unfold to, beyond the first MiB.");
  static final ConfigKey<Long> ZIP_TOTAL =
      ConfigKey.bytes(
          "rendition.ingest.zip.max-total-bytes",
          "8GiB",
          1,
          MOST_BYTES,
          "The most bytes all entries of an archive may unfold to.");
  static final ConfigKey<String> ZIP_FOLD =
      ConfigKey.word(
          "rendition.ingest.zip.fold-case",
          "false",
          List.of("true", "false"),
          "Whether names in an archive that differ in case only count as one.");

  static final List<ConfigKey<?>> ALL =
      List.of(
          MAX_BYTES,
          ACCEPT,
          MISMATCH,
          EXISTING,
          QUARANTINE,
          TEMP,
          SCHEMES,
          PORTS,
          HOSTS,
          OPEN,
          REDIRECTS,
          CONNECT,
          FIRST_BYTE,
          STALL,
          TIMEOUT,
          ZIP_BYTES,
          ZIP_ENTRIES,
          ZIP_RATIO,
          ZIP_TOTAL,
          ZIP_FOLD);

  private IngestKeys() {}

  /** Returns the rules the settings make. */
  static IngestRules rules(Settings settings) {
    String temp = settings.get(TEMP);
    return new IngestRules(
        settings.get(MAX_BYTES),
        words(settings.get(ACCEPT)),
        settings.get(MISMATCH).equals("refuse") ? Mismatch.REFUSE : Mismatch.STORE_AS_FOUND,
        settings.get(EXISTING).equals("keep") ? Existing.KEEP : Existing.REPLACE,
        IngestValidator.ACCEPT_ALL,
        settings.get(QUARANTINE),
        temp.isEmpty() ? IngestRules.DEFAULT.temporaryFolder() : Path.of(temp),
        urls(settings),
        new ZipRules(
            settings.get(ZIP_BYTES),
            settings.get(ZIP_ENTRIES),
            settings.get(ZIP_RATIO),
            settings.get(ZIP_TOTAL),
            settings.get(ZIP_FOLD).equals("true")));
  }

  private static UrlRules urls(Settings settings) {
    return new UrlRules(
        words(settings.get(SCHEMES)),
        words(settings.get(PORTS)).stream().map(IngestKeys::port).collect(Collectors.toSet()),
        words(settings.get(HOSTS)),
        List.copyOf(words(settings.get(OPEN))),
        settings.get(REDIRECTS),
        settings.get(CONNECT),
        settings.get(FIRST_BYTE),
        settings.get(STALL),
        settings.get(TIMEOUT));
  }

  private static int port(String text) {
    if (!text.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          PORTS + ": a port is a number, was \"" + Shown.text(text) + '"');
    }
    return Integer.parseInt(text);
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
