package dev.rendition.lambda.function;

import dev.rendition.RenditionConfig;
import dev.rendition.Renditions;
import dev.rendition.config.ConfigException;
import dev.rendition.config.ConfigKey;
import dev.rendition.config.Settings;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads the variables of the environment and opens what they name. Every mistake is told at once.
 */
final class FunctionSetup {
  private static final String MEMORY = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE";
  private static final String BUDGET = "RENDITION_LOCAL_MEMORY_BUDGET";

  /**
   * What differs from the library: how long an invocation may take is Lambda's to say, links are
   * keys, and originals come and go through others, so nothing is remembered of them.
   */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "RENDITION_TIMEOUT", "15m",
          "RENDITION_DELIVERY_LIMIT", "15m",
          "RENDITION_DELIVERY_ADDRESSES", "key",
          "RENDITION_DELIVERY_REMEMBER_FAILURES", "0s",
          "RENDITION_DELIVERY_REMEMBER_VERSIONS", "0s");

  /** The part of the heap pictures may take: the function has its process for itself. */
  private static final int SHARE_PERCENT = 60;

  /** The part of a function's memory that is left for the heap, beside the JVM's own needs. */
  private static final int HEAP_PERCENT = 85;

  private final Map<String, String> library = new TreeMap<>();
  private final Map<String, String> own = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();
  private final Clock clock;

  private FunctionSetup(Map<String, String> environment, long maxHeap, Clock clock) {
    this.clock = clock;
    List<String> beginnings =
        FunctionKeys.BEGINNINGS.stream().map(FunctionSetup::variable).toList();
    environment.forEach(
        (name, text) ->
            (beginnings.stream().anyMatch(name::startsWith) ? own : library).put(name, text));
    library.putIfAbsent(BUDGET, Long.toString(budget(environment, maxHeap)));
    DEFAULTS.forEach(library::putIfAbsent);
  }

  /**
   * Opens everything.
   *
   * @param environment the variables
   * @param maxHeap the most bytes the heap grows to
   * @throws ConfigException with every mistake, on one line
   */
  static FunctionParts open(Map<String, String> environment, long maxHeap, Clock clock) {
    return new FunctionSetup(environment, maxHeap, clock).open();
  }

  /** Reads the function's own settings alone. */
  static Settings settings(Map<String, String> environment) {
    return RenditionConfig.ofEnvironment(environment).read(FunctionKeys.ALL);
  }

  /**
   * Returns how many bytes pictures may take: the library would leave most of the heap to others.
   */
  static long budget(Map<String, String> environment, long maxHeap) {
    String megabytes = environment.getOrDefault(MEMORY, "");
    long most =
        megabytes.matches("[0-9]{1,6}")
            ? (Long.parseLong(megabytes) << 20) * HEAP_PERCENT / 100
            : maxHeap;
    return Math.max(32L << 20, Math.min(maxHeap, most) * SHARE_PERCENT / 100);
  }

  private FunctionParts open() {
    Settings settings = ownSettings();
    boolean complete = false;
    Renditions renditions = null;
    try {
      ClassLoader loader = FunctionSetup.class.getClassLoader();
      renditions = Renditions.builderFrom(RenditionConfig.ofEnvironment(library), loader).build();
      Places places =
          new Places(
              renditions.originalStore(),
              renditions.renditionStore(),
              renditions.layout(),
              settings.get(FunctionKeys.TENANTS));
      FunctionParts parts = new FunctionParts(renditions, places, settings, clock);
      complete = problems.isEmpty();
      if (complete) {
        return parts;
      }
    } catch (ConfigException e) {
      problems.addAll(e.problems());
    } finally {
      if (renditions != null && !complete) {
        close(renditions);
      }
    }
    throw new ConfigException(List.of(String.join("; ", problems)));
  }

  private void close(Renditions renditions) {
    try {
      renditions.close();
    } catch (IOException e) {
      problems.add("closing what was opened failed: " + e.getMessage());
    }
  }

  private Settings ownSettings() {
    Map<String, ConfigKey<?>> known =
        FunctionKeys.ALL.stream().collect(Collectors.toMap(ConfigKey::environmentName, key -> key));
    for (String name : own.keySet()) {
      if (!known.containsKey(name)) {
        problems.add(
            "there is no variable \""
                + Shown.text(name)
                + "\"; there are "
                + new TreeMap<>(known).keySet());
      }
    }
    own.keySet().retainAll(known.keySet());
    try {
      return settings(own);
    } catch (ConfigException e) {
      problems.addAll(e.problems());
      return settings(Map.of());
    }
  }

  private static String variable(String beginning) {
    return beginning.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
