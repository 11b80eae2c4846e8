package dev.rendition.lambda.function;

/** Brings hostile text into messages: short, and without what could forge a log line. */
final class Shown {
  private static final int MAX_TEXT = 120;
  private static final int MAX_LINE = 2_000;

  private Shown() {}

  /** Returns a text of somebody else's, at most {@value #MAX_TEXT} characters of it. */
  static String text(String text) {
    return clean(text, MAX_TEXT);
  }

  /** Returns a message of ours, which may contain such texts, on one line. */
  static String line(String message) {
    return clean(message, MAX_LINE);
  }

  private static String clean(String text, int most) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), most); i++) {
      char c = text.charAt(i);
      shown.append(isUnfit(c) ? '?' : c);
    }
    return shown.append(text.length() > most ? "…" : "").toString();
  }

  private static boolean isUnfit(char c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
