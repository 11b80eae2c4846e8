package dev.rendition;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;

/** Finds backends by their word. */
final class Providers {
  private static final int MOST_FAILURES = 16;

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
    Iterator<P> providers = ServiceLoader.load(kind, loader).iterator();
    // One that cannot be loaded hides none of the others; the bound is for one that fails for ever.
    for (int failures = 0; failures < MOST_FAILURES; ) {
      try {
        if (!providers.hasNext()) {
          return found;
        }
        add(providers.next(), word, found, problems);
      } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
        failures++;
        problems.add("a backend on the class path cannot be loaded: " + e.getMessage());
      }
    }
    return found;
  }

  private static <P> void add(
      P provider, Function<P, String> word, Map<String, P> found, List<String> problems) {
    String name = word.apply(provider);
    P other = found.putIfAbsent(name, provider);
    if (other != null && other.getClass() != provider.getClass()) {
      problems.add(
          "two backends are named \""
              + name
              + "\": "
              + other.getClass().getName()
              + " and "
              + provider.getClass().getName()
              + "; remove one from the class path");
    }
  }
}
