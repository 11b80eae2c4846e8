package dev.rendition.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The files of the test corpus and what an independent decoder found in them.
 *
 * @param folder where they are
 * @param entries one for each file of the manifest
 */
record Corpus(Path folder, List<Entry> entries) {
  private static final String VARIABLE = "RENDITION_CORPUS";

  /**
   * One file.
   *
   * @param path below the corpus
   * @param category the first folder of the path
   * @param width upright, in pixels
   * @param height upright, in pixels
   * @param expectation {@code ok}, {@code reject} or {@code either}
   * @param means red, green, blue of all, then of the four quadrants
   * @param tolerance of each mean; negative means that nothing is asserted
   */
  record Entry(
      String path,
      String category,
      String format,
      long width,
      long height,
      String expectation,
      List<List<Double>> means,
      double tolerance) {

    /** Returns whether size and colours are known. */
    boolean assertable() {
      return expectation.equals("ok") && tolerance >= 0;
    }
  }

  /** Returns the corpus the property or environment variable names; empty if there is none. */
  static Optional<Corpus> find() throws IOException {
    String folder = System.getProperty(VARIABLE, System.getenv(VARIABLE));
    if (folder == null || !Files.exists(Path.of(folder, "MANIFEST.tsv"))) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(Path.of(folder, "MANIFEST.tsv"));
    List<String> columns = List.of(lines.get(0).split("\t", -1));
    return Optional.of(
        new Corpus(
            Path.of(folder).toAbsolutePath().normalize(),
            lines.stream().skip(1).map(line -> entry(columns, line.split("\t", -1))).toList()));
  }

  private static Entry entry(List<String> columns, String[] fields) {
    String path = fields[columns.indexOf("path")];
    List<List<Double>> means = new ArrayList<>();
    for (String area : List.of("mean_rgb", "q_tl", "q_tr", "q_bl", "q_br")) {
      String text = fields[columns.indexOf(area)];
      means.add(
          text.isEmpty()
              ? List.of()
              : Arrays.stream(text.split(",")).map(Double::valueOf).toList());
    }
    String tolerance = fields[columns.indexOf("tolerance")];
    return new Entry(
        path,
        path.substring(0, path.indexOf('/')),
        fields[columns.indexOf("format")],
        side(fields[columns.indexOf("upright_width")]),
        side(fields[columns.indexOf("upright_height")]),
        fields[columns.indexOf("expectation")],
        means,
        tolerance.isEmpty() ? -1 : Double.parseDouble(tolerance));
  }

  private static long side(String text) {
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }
}
