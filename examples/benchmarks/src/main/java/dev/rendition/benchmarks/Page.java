package dev.rendition.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts generated text into a Markdown file, between two marker lines. */
final class Page {
  static final String BEGIN = "<!-- benchmarks: begin; written by examples/benchmarks/run -->";
  static final String END = "<!-- benchmarks: end -->";

  private Page() {}

  /**
   * Replaces what stands between the markers.
   *
   * @throws IOException if the file has no markers, or cannot be written
   */
  static void fill(Path file, String markdown) throws IOException {
    String page = Files.readString(file);
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(file + " has no lines \"" + BEGIN + "\" and \"" + END + '"');
    }
    Files.writeString(
        file,
        page.substring(0, begin + BEGIN.length())
            + "\n\n"
            + markdown.strip()
            + "\n\n"
            + page.substring(end));
  }
}
