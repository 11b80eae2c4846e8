package dev.rendition.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says what failed, and how things were made, in words: recipes of which one says the same share a
 * line.
 */
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

  /** Returns one line for each different remark among one picture's results, in order. */
  static List<String> traces(List<Result> results) {
    Map<String, String> recipes = new LinkedHashMap<>();
    for (Result result : results) {
      for (String line : result.trace()) {
        recipes.merge(line, result.recipe(), (a, b) -> a + ", " + b);
      }
    }
    return recipes.entrySet().stream()
        .map(entry -> "[" + entry.getValue() + "] " + printable(entry.getKey()))
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
