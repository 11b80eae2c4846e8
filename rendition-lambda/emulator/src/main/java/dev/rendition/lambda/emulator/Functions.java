package dev.rendition.lambda.emulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The functions of an emulator by name, version and alias. Safe for use by many threads. */
final class Functions {
  private final Settings settings;
  private final Map<String, Map<String, EmulatedFunction>> byName = new HashMap<>();
  private final Map<String, String> aliases = new HashMap<>();

  Functions(Settings settings) {
    this.settings = settings;
  }

  /** Adds a function, and returns the one it takes the place of. */
  synchronized Optional<EmulatedFunction> put(EmulatedFunction function) {
    return Optional.ofNullable(
        byName
            .computeIfAbsent(function.name(), name -> new HashMap<>())
            .put(function.definition().version(), function));
  }

  synchronized void alias(String name, String alias, String version) {
    if (!byName.getOrDefault(name, Map.of()).containsKey(version)) {
      throw new IllegalArgumentException("version " + version + " of " + name + " is not deployed");
    }
    aliases.put(name + ":" + alias, version);
  }

  /**
   * Returns the function a caller means.
   *
   * @throws ServiceError if there is none
   */
  synchronized EmulatedFunction find(FunctionReference reference) {
    String name = reference.name();
    String qualifier = reference.qualifier().orElse(FunctionDefinition.LATEST);
    String version = aliases.getOrDefault(name + ":" + qualifier, qualifier);
    EmulatedFunction found = byName.getOrDefault(name, Map.of()).get(version);
    if (found == null) {
      throw ServiceError.notFound(
          settings.arn(name) + reference.qualifier().map(text -> ":" + text).orElse(""));
    }
    return found;
  }

  synchronized List<EmulatedFunction> all() {
    return byName.values().stream().flatMap(versions -> versions.values().stream()).toList();
  }
}
