package dev.rendition.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Settings whose keys are known and whose values have been read. Immutable. */
public final class Settings {
  private final Map<ConfigKey<?>, Object> values;
  private final Map<String, Map<String, String>> families;

  private Settings(Map<ConfigKey<?>, Object> values, Map<String, Map<String, String>> families) {
    this.values = values;
    this.families = families;
  }

  /**
   * Reads texts by keys.
   *
   * @param texts the settings, by full name
   * @param keys every key there is
   * @param families beginnings such as {@code rendition.recipe.} behind which any name may stand
   * @param problems takes one sentence for each unknown key and each text that cannot be read;
   *     values read wrongly hold their fallback
   */
  public static Settings read(
      Map<String, String> texts,
      Collection<ConfigKey<?>> keys,
      Collection<String> families,
      List<String> problems) {
    Map<String, ConfigKey<?>> known = new TreeMap<>();
    keys.forEach(key -> known.put(key.name(), key));
    Map<String, Map<String, String>> members = new LinkedHashMap<>();
    families.forEach(family -> members.put(family, new LinkedHashMap<>()));
    texts.forEach(
        (name, text) -> {
          String family = families.stream().filter(name::startsWith).findFirst().orElse("");
          if (name.length() > family.length() && members.containsKey(family)) {
            members
                .computeIfAbsent(family, any -> new LinkedHashMap<>())
                .put(name.substring(family.length()), text);
          } else if (!known.containsKey(name)) {
            problems.add(unknown(name, known.keySet(), families));
          }
        });
    Map<ConfigKey<?>, Object> values = new LinkedHashMap<>();
    // Two backends may declare one name, each with a key of its own: both are read.
    for (ConfigKey<?> key : keys) {
      String text = texts.getOrDefault(key.name(), key.fallback()).strip();
      try {
        values.put(key, key.read(text));
      } catch (IllegalArgumentException e) {
        String problem = key.name() + ": " + e.getMessage();
        if (!problems.contains(problem)) {
          problems.add(problem);
        }
        values.put(key, key.read(key.fallback()));
      }
    }
    return new Settings(values, members);
  }

  /**
   * Returns the value of a key.
   *
   * @throws IllegalStateException if the key is not among those the settings were read with: a
   *     defect of the backend
   */
  @SuppressWarnings("unchecked") // the value was read by this very key
  public <T> T get(ConfigKey<T> key) {
    Object value = values.get(key);
    if (value == null) {
      throw new IllegalStateException(key.name() + " is used and not declared");
    }
    return (T) value;
  }

  /** Returns what stands behind a family's beginning: name to text, in the order given. */
  public Map<String, String> family(String beginning) {
    return families.getOrDefault(beginning, Map.of());
  }

  /** Returns the names only: some values are secrets. */
  @Override
  public String toString() {
    return "settings for " + values.keySet();
  }

  /** Names the nearest key, in environment form where the unknown one is in that form. */
  private static String unknown(
      String given, Collection<String> known, Collection<String> families) {
    boolean variable = given.equals(ConfigKey.environmentName(given));
    UnaryOperator<String> form = variable ? ConfigKey::environmentName : UnaryOperator.identity();
    String found =
        nearest(given, known.stream().map(form).toList(), families.stream().map(form).toList());
    return "there is no "
        + (variable ? "variable" : "key")
        + " \""
        + ConfigKey.shown(given)
        + "\"; the nearest is "
        + found;
  }

  private static String nearest(
      String name, Collection<String> known, Collection<String> families) {
    String nearest = "";
    int least = Integer.MAX_VALUE;
    for (String candidate : known) {
      int distance = distance(name, candidate);
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    for (String family : families) {
      String begin = name.length() > family.length() ? name.substring(0, family.length()) : name;
      int distance = distance(begin, family);
      if (distance < least) {
        least = distance;
        nearest = family + "…";
      }
    }
    return nearest;
  }

  /**
   * Counts the single-character edits between two texts (Levenshtein distance); long texts are cut
   * to 100.
   */
  private static int distance(String one, String other) {
    String a = one.substring(0, Math.min(100, one.length()));
    String b = other.substring(0, Math.min(100, other.length()));
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
