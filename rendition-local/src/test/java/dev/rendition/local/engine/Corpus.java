package dev.rendition.local.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The files of the test corpus and what is known about each. */
final class Corpus {
  /**
   * One file.
   *
   * @param category the first folder of its path
   * @param mean red, green, blue, then those of the four quadrants; empty if unknown
   * @param tolerance per channel; negative means: do not assert
   */
  record Entry(
      String path,
      String category,
      String format,
      int uprightWidth,
      int uprightHeight,
      String expectation,
      List<List<Double>> mean,
      double tolerance,
      String note) {}

  private final Path folder;
  private final List<Entry> entries = new ArrayList<>();

  private Corpus(Path folder) throws IOException {
    this.folder = folder;
    List<String> lines = Files.readAllLines(folder.resolve("MANIFEST.tsv"));
    for (String line : lines.subList(1, lines.size())) {
      entries.add(entry(line.split("\t", -1)));
    }
  }

  /** Returns the corpus of the property or environment variable RENDITION_CORPUS, if present. */
  static Optional<Corpus> find() throws IOException {
    String folder = System.getProperty("RENDITION_CORPUS", System.getenv("RENDITION_CORPUS"));
    if (folder == null || !Files.exists(Path.of(folder, "MANIFEST.tsv"))) {
      return Optional.empty();
    }
    return Optional.of(new Corpus(Path.of(folder)));
  }

  private static Entry entry(String[] f) {
    List<List<Double>> means = new ArrayList<>();
    for (int i = 12; i < 17; i++) {
      means.add(
          f[i].isEmpty()
              ? List.of()
              : Arrays.stream(f[i].split(",", -1)).map(Double::valueOf).toList());
    }
    return new Entry(
        f[0],
        f[0].substring(0, f[0].indexOf('/')),
        f[3],
        side(f[6]),
        side(f[7]),
        f[11],
        means,
        f[18].isEmpty() ? -1 : Double.parseDouble(f[18]),
        f[19]);
  }

  private static int side(String text) {
    return text.isEmpty() ? 0 : (int) Math.min(Integer.MAX_VALUE, Long.parseLong(text));
  }

  List<Entry> entries() {
    return entries;
  }

  Path folder() {
    return folder;
  }

  byte[] bytes(Entry entry) throws IOException {
    return Files.readAllBytes(folder.resolve(entry.path()));
  }
}
