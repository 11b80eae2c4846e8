package dev.rendition.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.IIOException;

/**
 * Runs every file of a corpus through {@code generate} in this process, each as a PNG of full size,
 * and compares what is stored with the corpus's independent truth.
 */
final class CorpusRunner {
  private static final int SECONDS = 10;

  /** What became of one file. */
  enum Verdict {
    /** Size and colours are those of the manifest. */
    RIGHT,
    /** Made; the manifest says nothing of its colours. */
    MADE,
    WRONG_SIZE,
    WRONG_COLOUR,
    /** Refused with a reason, and the manifest allows it. */
    REFUSED,
    /** Refused with a reason although it is a good file of a format that has a reader. */
    WRONGLY_REFUSED,
    /** A good file of a format that no reader here knows. */
    NO_READER,
    WRONGLY_ACCEPTED,
    /** Stored as something the JDK cannot decode. */
    UNREADABLE,
    /** No reason, or a defect of ours. */
    UNTYPED,
    /** Not answered within 10 s. */
    SLOW
  }

  /**
   * What became of all files.
   *
   * @param counts by category, expectation and format
   * @param remarks one line for each file that is not as it should be
   * @param assertable how many good files have known colours and a reader
   * @param wrong which of them are not right
   */
  record Report(
      Map<String, Map<Verdict, Integer>> counts,
      List<String> remarks,
      int assertable,
      List<String> wrong) {

    int sum(Verdict verdict) {
      return counts.values().stream().mapToInt(row -> row.getOrDefault(verdict, 0)).sum();
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-26s", ""));
      for (Verdict verdict : Verdict.values()) {
        text.append(' ').append(verdict.name().toLowerCase(Locale.ROOT).replace('_', '-'));
      }
      text.append('\n');
      counts.forEach((name, row) -> line(text, name, row));
      Map<Verdict, Integer> sums = new EnumMap<>(Verdict.class);
      for (Verdict verdict : Verdict.values()) {
        sums.put(verdict, sum(verdict));
      }
      line(text, "all", sums);
      text.append("right: ")
          .append(assertable - wrong.size())
          .append(" of ")
          .append(assertable)
          .append(" assertable\n");
      remarks.forEach(remark -> text.append(remark).append('\n'));
      return text.toString();
    }

    private static void line(StringBuilder text, String name, Map<Verdict, Integer> row) {
      text.append(String.format(Locale.ROOT, "%-26s", name));
      for (Verdict verdict : Verdict.values()) {
        String count = row.getOrDefault(verdict, 0) == 0 ? "." : row.get(verdict).toString();
        text.append(String.format(Locale.ROOT, " %" + verdict.name().length() + "s", count));
      }
      text.append('\n');
    }
  }

  private final Corpus corpus;
  private final Map<String, Map<Verdict, Integer>> counts = new TreeMap<>();
  private final List<String> remarks = new ArrayList<>();
  private int assertable;
  private final List<String> wrong = new ArrayList<>();

  CorpusRunner(Corpus corpus) {
    this.corpus = corpus;
  }

  /**
   * Runs everything.
   *
   * @param folder an empty one, for stores and the configuration
   */
  Report run(Path folder) throws IOException {
    Path config = folder.resolve("corpus.properties");
    Files.writeString(config, "rendition.timeout=" + SECONDS + "s\nrendition.recipe.png=png\n");
    Map<String, Map<String, Object>> lines = new TreeMap<>();
    String said = generate(folder, List.of(corpus.folder().toString()), lines);
    List<String> late =
        lines.values().stream()
            .filter(line -> "DEADLINE_EXCEEDED".equals(line.get("reason")))
            .map(line -> line.get("source").toString())
            .toList();
    for (String source : late) {
      // Alone, so that only the file's own time counts.
      said += generate(folder, List.of(source), lines);
    }
    for (Corpus.Entry entry : corpus.entries()) {
      judge(entry, lines.getOrDefault(entry.path(), Map.of()), said);
    }
    return new Report(counts, remarks, assertable, wrong);
  }

  /** Runs the program and returns what it said on the other stream. */
  private String generate(Path folder, List<String> files, Map<String, Map<String, Object>> lines) {
    List<String> arguments = new ArrayList<>(List.of("generate", "--json"));
    arguments.addAll(List.of("--config", folder.resolve("corpus.properties").toString()));
    arguments.addAll(List.of("--to", folder.resolve("out").toString()));
    arguments.addAll(files);
    CliRun run = CliRun.of(arguments.toArray(String[]::new));
    for (Map<String, Object> line : run.lines()) {
      Path source = Path.of(line.get("source").toString());
      lines.put(corpus.folder().relativize(source).toString().replace('\\', '/'), line);
    }
    return run.err();
  }

  private void judge(Corpus.Entry entry, Map<String, Object> line, String err) throws IOException {
    Verdict verdict = verdict(entry, line);
    String row = entry.category() + " " + entry.format() + " " + entry.expectation();
    counts
        .computeIfAbsent(row, name -> new EnumMap<>(Verdict.class))
        .merge(verdict, 1, Integer::sum);
    if (entry.assertable() && verdict != Verdict.NO_READER) {
      assertable++;
      if (verdict != Verdict.RIGHT) {
        wrong.add(entry.path());
      }
    }
    if (List.of(
            Verdict.WRONGLY_REFUSED,
            Verdict.WRONGLY_ACCEPTED,
            Verdict.UNREADABLE,
            Verdict.UNTYPED,
            Verdict.SLOW)
        .contains(verdict)) {
      String said =
          err.lines().filter(text -> text.contains(entry.path() + " [")).findFirst().orElse("");
      remarks.add(verdict + " " + entry.path() + " " + line + " " + said);
    }
  }

  private Verdict verdict(Corpus.Entry entry, Map<String, Object> line) throws IOException {
    String reason = String.valueOf(line.get("reason"));
    if ("failed".equals(line.get("status"))) {
      return switch (reason) {
        case "INTERNAL", "STORE_FAILED", "BACKEND_FAILED", "CANCELLED", "BUSY" -> Verdict.UNTYPED;
        case "DEADLINE_EXCEEDED" -> Verdict.SLOW;
        default -> refused(entry);
      };
    } else if (!"stored".equals(line.get("status"))) {
      return Verdict.UNTYPED;
    } else if (entry.expectation().equals("reject")) {
      return Verdict.WRONGLY_ACCEPTED;
    }
    PngMeans found;
    try {
      found = PngMeans.of(Path.of(line.get("path").toString()));
    } catch (IIOException e) {
      return Verdict.UNREADABLE;
    }
    if (found.width() != (long) line.get("width") || found.height() != (long) line.get("height")) {
      return Verdict.UNTYPED;
    }
    return entry.assertable() ? compare(entry, found) : Verdict.MADE;
  }

  private static Verdict refused(Corpus.Entry entry) {
    if (!entry.expectation().equals("ok")) {
      return Verdict.REFUSED;
    }
    return List.of("avif", "heic", "zip").contains(entry.format())
        ? Verdict.NO_READER
        : Verdict.WRONGLY_REFUSED;
  }

  private Verdict compare(Corpus.Entry entry, PngMeans found) {
    if (found.width() != entry.width() || found.height() != entry.height()) {
      remarks.add(
          "WRONG_SIZE "
              + entry.path()
              + " "
              + found.width()
              + "x"
              + found.height()
              + ", not "
              + entry.width()
              + "x"
              + entry.height());
      return Verdict.WRONG_SIZE;
    }
    for (int area = 0; area < found.means().size(); area++) {
      double tolerance = area == 0 ? entry.tolerance() : 2 * entry.tolerance() + 2;
      List<Double> expected = entry.means().get(area);
      List<Double> seen = found.means().get(area);
      for (int c = 0; c < Math.min(expected.size(), seen.size()); c++) {
        if (Math.abs(expected.get(c) - seen.get(c)) > tolerance + 0.05) {
          remarks.add(
              String.format(
                  Locale.ROOT,
                  "WRONG_COLOUR %s area %d: %.1f %.1f %.1f, not %s ± %.1f",
                  entry.path(),
                  area,
                  seen.get(0),
                  seen.get(1),
                  seen.get(2),
                  expected,
                  tolerance));
          return Verdict.WRONG_COLOUR;
        }
      }
    }
    return Verdict.RIGHT;
  }
}
