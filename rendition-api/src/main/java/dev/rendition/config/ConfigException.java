package dev.rendition.config;

import java.util.List;

/** A configuration cannot be used. Holds every mistake found, not just the first. */
public final class ConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String[] problems;

  /**
   * Tells some mistakes.
   *
   * @param problems one sentence each, at least one; control characters in them, which could forge
   *     a log line, become {@code ?}
   */
  public ConfigException(List<String> problems) {
    this(clean(problems));
  }

  private ConfigException(String[] problems) {
    super(
        problems.length == 1
            ? "the configuration cannot be used: " + problems[0]
            : "the configuration cannot be used, for "
                + problems.length
                + " reasons:\n- "
                + String.join("\n- ", problems));
    this.problems = problems;
  }

  /** Returns the mistakes, one sentence each. */
  public List<String> problems() {
    return List.of(problems);
  }

  private static String[] clean(List<String> problems) {
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("a configuration problem says what it is, there was none");
    }
    return problems.stream()
        .map(problem -> problem.replaceAll("[\\p{Cc}\\u2028\\u2029]", "?"))
        .toArray(String[]::new);
  }
}
