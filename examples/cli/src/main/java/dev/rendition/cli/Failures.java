package dev.rendition.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says what failed in words: recipes that failed for one reason share a line. */
final class Failures {
  private Failures() {}

  /** Returns one line for each different reason among one picture's results. */
  static List<String> lines(List<Result> results) {
    Map<String, String> recipes = new LinkedHashMap<>();
    String source = "";
    for (Result result : results) {
      if (result instanceof Result.Failed failed) {
        source = failed.source();
        recipes.merge(
            failed.reason() + ": " + failed.detail(), failed.recipe(), (a, b) -> a + ", " + b);
      }
    }
    String name = printable(source);
    return recipes.entrySet().stream()
        .map(entry -> name + " [" + entry.getValue() + "] " + printable(entry.getKey()))
        .toList();
  }

  /** Takes out of hostile text what could drive a terminal or forge a line. */
  static String printable(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              int type = Character.getType(point);
              boolean hostile =
                  type == Character.CONTROL
                      || type == Character.FORMAT
                      || type == Character.LINE_SEPARATOR
                      || type == Character.PARAGRAPH_SEPARATOR
                      || type == Character.SURROGATE;
              shown.appendCodePoint(hostile ? '?' : point);
            });
    return shown.toString();
  }
}
