package dev.rendition.local;

/** Puts a foreign exception into words. */
final class Defect {
  private static final int LONGEST = 300;

  private Defect() {}

  /**
   * Returns the class and the message, the latter cut at {@value #LONGEST} characters and without
   * control characters: it may quote hostile bytes.
   */
  static String text(Throwable problem) {
    String message = String.valueOf(problem.getMessage());
    String shown = message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message;
    return problem.getClass().getName() + ": " + shown.replaceAll("\\p{Cntrl}", " ");
  }
}
