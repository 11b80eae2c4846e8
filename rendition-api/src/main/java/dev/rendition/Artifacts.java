package dev.rendition;

import dev.rendition.config.ConfigKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which artifact of this project brings which backend: what to add where one is missing. */
final class Artifacts {
  private static final Map<String, String> BY_WORD =
      Map.of(
          "local", "rendition-local",
          "file", "rendition-local",
          "hmac", "rendition-local",
          "lambda", "rendition-lambda",
          "http", "rendition-lambda",
          "s3", "rendition-s3-store",
          "cloudfront", "rendition-s3-store");

  private static final Map<String, String> BY_BEGINNING =
      Map.of(
          "rendition.local.", "rendition-local",
          "rendition.limits.", "rendition-local",
          "rendition.urls.hmac.", "rendition-local",
          "rendition.lambda.", "rendition-lambda",
          "rendition.http.", "rendition-lambda",
          "rendition.s3.", "rendition-s3-store",
          "rendition.cloudfront.", "rendition-s3-store",
          "rendition.urls.s3.", "rendition-s3-store",
          "rendition.urls.cloudfront.", "rendition-s3-store");

  private Artifacts() {}

  /** Says what to do where no backend has a word. */
  static String remedy(String word, Collection<String> there) {
    String artifact = BY_WORD.get(word);
    return artifact == null ? "there are " + there : "add the artifact dev.rendition:" + artifact;
  }

  /**
   * Returns the settings but those of backends that are not on the class path.
   *
   * @param texts the settings, by full name or name of variable
   * @param keys every key there is
   * @param problems takes a sentence for each setting left out
   */
  static Map<String, String> known(
      Map<String, String> texts, Collection<ConfigKey<?>> keys, List<String> problems) {
    Map<String, String> known = new LinkedHashMap<>();
    texts.forEach(
        (name, text) -> {
          Optional<String> absent = beginningOfAnAbsent(name, keys);
          if (absent.isEmpty()) {
            known.put(name, text);
          } else {
            problems.add(
                "there is no "
                    + (name.startsWith("rendition.") ? "key" : "variable")
                    + " \""
                    + Shown.text(name)
                    + "\" here: keys of "
                    + absent.get()
                    + "… come with dev.rendition:"
                    + BY_BEGINNING.get(absent.get())
                    + ", which is not on the class path");
          }
        });
    return known;
  }

  private static Optional<String> beginningOfAnAbsent(String name, Collection<ConfigKey<?>> keys) {
    return BY_BEGINNING.keySet().stream()
        .filter(
            beginning ->
                name.startsWith(beginning)
                    || name.startsWith(RenditionConfig.environmentName(beginning)))
        .filter(beginning -> keys.stream().noneMatch(key -> key.name().startsWith(beginning)))
        .findFirst();
  }
}
