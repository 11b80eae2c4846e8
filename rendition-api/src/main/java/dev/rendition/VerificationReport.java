package dev.rendition;

import dev.rendition.config.ConfigException;
import java.util.List;

/**
 * What {@link Renditions#verify()} found.
 *
 * @param checks in the order they were made
 */
public record VerificationReport(List<Check> checks) {
  public VerificationReport {
    checks = List.copyOf(checks);
  }

  /**
   * One thing that was tried.
   *
   * @param name what was tried
   * @param ok whether it worked
   * @param detail one sentence: what was seen, or what to do
   */
  public record Check(String name, boolean ok, String detail) {}

  /** Returns whether everything worked. */
  public boolean ok() {
    return checks.stream().allMatch(Check::ok);
  }

  /**
   * Does nothing if everything worked.
   *
   * @throws ConfigException otherwise, with one sentence per failed check
   */
  public void throwIfBroken() {
    if (!ok()) {
      throw new ConfigException(
          checks.stream()
              .filter(check -> !check.ok())
              .map(check -> check.name() + ": " + check.detail())
              .toList());
    }
  }

  /** Returns one line per check. */
  @Override
  public String toString() {
    StringBuilder lines = new StringBuilder();
    for (Check check : checks) {
      lines
          .append(check.ok() ? "ok      " : "BROKEN  ")
          .append(check.name())
          .append(": ")
          .append(check.detail())
          .append('\n');
    }
    return lines.toString();
  }
}
