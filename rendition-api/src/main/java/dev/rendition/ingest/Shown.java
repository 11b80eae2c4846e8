package dev.rendition.ingest;

import java.util.Locale;

/** Hostile text in messages. */
final class Shown {
  private static final int MOST = 120;

  private Shown() {}

  /** Quotes a text, shortened; what could forge a log line or turn its direction is escaped. */
  static String text(String hostile) {
    StringBuilder shown = new StringBuilder("\"");
    int end = Math.min(hostile.length(), MOST);
    for (int i = 0; i < end; i++) {
      char c = hostile.charAt(i);
      int type = Character.getType(c);
      boolean plain =
          type != Character.CONTROL
              && type != Character.FORMAT
              && type != Character.LINE_SEPARATOR
              && type != Character.PARAGRAPH_SEPARATOR
              && type != Character.SURROGATE
              && type != Character.UNASSIGNED;
      if (plain) {
        shown.append(c);
      } else {
        shown.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return shown.append(end < hostile.length() ? "…\"" : "\"").toString();
  }
}
