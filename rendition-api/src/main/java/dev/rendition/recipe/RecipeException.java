package dev.rendition.recipe;

/** A text is no recipe. The message says what is wrong, where, and what would be right. */
public final class RecipeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int position;

  RecipeException(String problem, int position, String text) {
    super(problem + " (at position " + (position + 1) + " of \"" + shown(text) + "\")");
    this.position = position;
  }

  /** Returns where in the text the problem begins, counted in characters from 0. */
  public int position() {
    return position;
  }

  /** Shortens hostile text for a message and takes out what could forge a log line. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    int end = Math.min(text.length(), 120);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      shown.append(c >= ' ' && c <= '~' ? c : '?');
    }
    return shown.append(end < text.length() ? "…" : "").toString();
  }
}
