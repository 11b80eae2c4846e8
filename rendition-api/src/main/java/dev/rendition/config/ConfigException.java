package dev.rendition.config;

import java.util.List;

/** A configuration cannot be used. Holds every mistake found, not just the first. */
public final class ConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /**
   * Tells some mistakes.
   *
   * @param problems one sentence each, at least one
   */
  public ConfigException(List<String> problems) {
    super(
        problems.size() == 1
            ? "the configuration cannot be used: " + problems.get(0)
            : "the configuration cannot be used, for "
                + problems.size()
                + " reasons:\n- "
                + String.join("\n- ", problems));
    this.problems = List.copyOf(problems);
  }

  /** Returns the mistakes, one sentence each. */
  public List<String> problems() {
    return problems;
  }
}
