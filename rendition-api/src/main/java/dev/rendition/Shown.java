package dev.rendition;

/** Hostile text in messages. */
final class Shown {
  private static final int MOST = 80;

  private Shown() {}

  /** Shortens a text and leaves nothing in it that could forge a log line. */
  static String text(String hostile) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(hostile.length(), MOST); i++) {
      char c = hostile.charAt(i);
      shown.append(c >= ' ' && c <= '~' ? c : '?');
    }
    return shown.append(hostile.length() > MOST ? "…" : "").toString();
  }
}
