package dev.rendition;

import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;

/** Finds backends by their word. */
final class Providers {
  private Providers() {}

  /**
   * Returns every provider a class loader knows, by its word.
   *
   * @param problems takes a sentence for each word two providers claim and each provider that
   *     cannot be loaded
   */
  static <P> Map<String, P> find(
      Class<P> kind, Function<P, String> word, ClassLoader loader, List<String> problems) {
    Map<String, P> found = new TreeMap<>();
    try {
      for (P provider : ServiceLoader.load(kind, loader)) {
        P other = found.putIfAbsent(word.apply(provider), provider);
        if (other != null && other.getClass() != provider.getClass()) {
          problems.add(
              "two backends are named \""
                  + word.apply(provider)
                  + "\": "
                  + other.getClass().getName()
                  + " and "
                  + provider.getClass().getName()
                  + "; remove one from the class path");
        }
      }
    } catch (ServiceConfigurationError e) {
      problems.add("a backend on the class path cannot be loaded: " + e.getMessage());
    }
    return found;
  }
}
