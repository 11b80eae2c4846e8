package dev.rendition.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.rendition.generate.FailureReason;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Reads every file of the corpus and compares size and colours with its independent truth. */
class CorpusReadTest {
  private static final String[] COLUMNS = {
    "right",
    "decoded",
    "wrong size",
    "wrong colour",
    "refused",
    "no reader",
    "wrongly accepted",
    "untyped",
    "slow"
  };

  private static final ThreadMXBean ALLOCATIONS =
      (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private int measured;
  private int over;
  private long slowest;
  private final Map<String, int[]> table = new TreeMap<>();
  private final List<String> lines = new ArrayList<>();

  @Test
  void everyFileIsReadRightOrRefusedWithAReason() throws IOException {
    Optional<Corpus> corpus = Corpus.find();
    assumeTrue(corpus.isPresent(), "RENDITION_CORPUS is not set: the corpus is not read");
    List<String> wrong = new ArrayList<>();
    int assertable = 0;
    for (Corpus.Entry entry : corpus.get().entries()) {
      byte[] bytes = corpus.get().bytes(entry);
      long start = System.nanoTime();
      String verdict = verdict(entry, bytes);
      long millis = (System.nanoTime() - start) / 1_000_000;
      if (millis > 2_000) {
        lines.add(entry.path() + "\ttook " + millis + " ms");
      }
      if (millis > 10_000) {
        verdict = "slow";
      }
      count(entry, verdict);
      if (entry.expectation().equals("ok")
          && entry.tolerance() >= 0
          && !verdict.equals("no reader")) {
        assertable++;
        if (!verdict.equals("right")) {
          wrong.add(entry.path());
        }
      }
    }
    report(assertable - wrong.size(), assertable);
    assertThat(sum("untyped")).as("failures without a reason").isZero();
    assertThat(sum("slow")).as("files over 10 s").isZero();
    assertThat(sum("wrongly accepted")).as("files that must be refused").isZero();
    String judged = Files.readString(Path.of("..", "docs", "formats.md"));
    assertThat(wrong)
        .as("wrong of %d, and not shown in docs/formats.md to have another truth", assertable)
        .allSatisfy(path -> assertThat(judged).contains("| `" + path + "` |"));
  }

  private String verdict(Corpus.Entry entry, byte[] bytes) throws IOException {
    boolean ok = entry.expectation().equals("ok");
    try (SourceBytes source = SourceBytes.of(bytes)) {
      SourceHeader header = probed(entry, source);
      SourceLimits.DEFAULT.check(header);
      Picture stored = measured(entry, source, header);
      Picture picture = SrgbConversion.apply(stored);
      if (entry.expectation().equals("reject")) {
        lines.add(entry.path() + "\taccepted\t" + header.colour() + "\t" + entry.note());
        return "wrongly accepted";
      }
      return compare(entry, header, picture);
    } catch (StepException e) {
      if (e.reason() == FailureReason.FORMAT_NOT_SUPPORTED
          && List.of("avif", "heic", "zip").contains(entry.format())) {
        return "no reader";
      }
      if (ok) {
        lines.add(entry.path() + "\t" + e.reason() + "\t" + e.getMessage() + "\t" + e.getCause());
      }
      return entry.category().equals("archives") ? "no reader" : "refused";
    } catch (RuntimeException | Error e) {
      lines.add(entry.path() + "\tUNTYPED\t" + e + "\t" + Arrays.toString(e.getStackTrace()));
      return "untyped";
    }
  }

  /** Takes the processor time of the better of two probes: the first ones warm caches and code. */
  private SourceHeader probed(Corpus.Entry entry, SourceBytes source) throws IOException {
    long best = Long.MAX_VALUE;
    try {
      for (int i = 0; i < 2; i++) {
        long start = ALLOCATIONS.getCurrentThreadCpuTime();
        SourceProbe.probe(source);
        best = Math.min(best, (ALLOCATIONS.getCurrentThreadCpuTime() - start) / 1_000);
      }
    } catch (StepException e) {
      best = 0;
    }
    if (best > 5_000) {
      lines.add(entry.path() + "\tprobed in " + best + " us");
    }
    slowest = Math.max(slowest, best);
    return SourceProbe.probe(source);
  }

  /** Everything a thread allocates while reading is more than it holds at any moment. */
  private Picture measured(Corpus.Entry entry, SourceBytes source, SourceHeader header)
      throws IOException {
    long before = ALLOCATIONS.getCurrentThreadAllocatedBytes();
    Picture picture = SourceReader.read(source, header, Cancellation.NONE);
    long taken = ALLOCATIONS.getCurrentThreadAllocatedBytes() - before;
    long need = SourceReader.memoryNeeded(header);
    measured++;
    if (taken > need) {
      over++;
      lines.add(
          String.format(
              Locale.ROOT,
              "%s\tallocated %d of %d: %.1f bytes for each of %d pixels, %s",
              entry.path(),
              taken,
              need,
              (double) taken / header.width() / header.height(),
              (long) header.width() * header.height(),
              header.variant()));
    }
    return picture;
  }

  private String compare(Corpus.Entry entry, SourceHeader header, Picture picture) {
    Means means = new Means(picture, header.orientation());
    if (entry.tolerance() < 0) {
      return "decoded";
    }
    String about =
        entry.path()
            + "\t"
            + entry.expectation()
            + "\t"
            + header.colour()
            + " "
            + header.variant()
            + "\t";
    if (means.width != entry.uprightWidth() || means.height != entry.uprightHeight()) {
      lines.add(
          about
              + "size "
              + means.width
              + "x"
              + means.height
              + " expected "
              + entry.uprightWidth()
              + "x"
              + entry.uprightHeight());
      return "wrong size";
    }
    List<double[]> found = means.all();
    for (int q = 0; q < 5; q++) {
      List<Double> expected = entry.mean().get(q);
      double tolerance = q == 0 ? entry.tolerance() : 2 * entry.tolerance() + 2;
      for (int c = 0; c < expected.size(); c++) {
        if (Math.abs(expected.get(c) - found.get(q)[c]) > tolerance + 0.05) {
          lines.add(
              String.format(
                  Locale.ROOT,
                  "%s area %d: %.1f,%.1f,%.1f expected %s (%.0f) icc %s %s",
                  about,
                  q,
                  found.get(q)[0],
                  found.get(q)[1],
                  found.get(q)[2],
                  expected,
                  entry.tolerance(),
                  header.iccProfile().isPresent(),
                  entry.note()));
          return "wrong colour";
        }
      }
    }
    return "right";
  }

  private void count(Corpus.Entry entry, String verdict) {
    String row = entry.category() + " " + entry.expectation() + " " + entry.format();
    int[] counts = table.computeIfAbsent(row, k -> new int[COLUMNS.length]);
    counts[Arrays.asList(COLUMNS).indexOf(verdict)]++;
  }

  private int sum(String column) {
    int index = Arrays.asList(COLUMNS).indexOf(column);
    return table.values().stream().mapToInt(counts -> counts[index]).sum();
  }

  private void report(int right, int assertable) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(String.format("%-28s", "")).append(String.join(" | ", COLUMNS)).append('\n');
    table.forEach(
        (row, counts) -> {
          text.append(String.format("%-28s", row));
          for (int i = 0; i < counts.length; i++) {
            int width = COLUMNS[i].length() + 3;
            text.append(String.format("%-" + width + "s", counts[i] == 0 ? "-" : counts[i]));
          }
          text.append('\n');
        });
    text.append("right ").append(right).append(" of ").append(assertable).append('\n');
    text.append("allocated more than estimated: ").append(over).append(" of ").append(measured);
    text.append("\nslowest probe: ").append(slowest).append(" us\n");
    lines.forEach(line -> text.append(line).append('\n'));
    Files.writeString(Path.of("target", "corpus-read.txt"), text);
    System.out.println(text);
  }
}
