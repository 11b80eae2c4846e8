package dev.rendition.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Compares the composited frames of the animated GIFs of the corpus with their truth. */
class CorpusAnimationTest {
  private static final double TOLERANCE = 2;

  private final List<String> wrong = new ArrayList<>();
  private int frames;

  @Test
  void everyGifFrameIsCompositedAsItShouldBe() throws IOException {
    Optional<Corpus> corpus = Corpus.find();
    assumeTrue(corpus.isPresent(), "RENDITION_CORPUS is not set: animations are not read");
    Path folder = corpus.get().folder();
    Map<String, List<String[]>> files = new LinkedHashMap<>();
    for (String line : Files.readAllLines(folder.resolve("ANIMATION.tsv"))) {
      String[] fields = line.split("\t", -1);
      if (fields[0].endsWith(".gif") && !fields[0].startsWith("broken")) {
        files.computeIfAbsent(fields[0], k -> new ArrayList<>()).add(fields);
      }
    }
    for (Map.Entry<String, List<String[]>> file : files.entrySet()) {
      compare(file.getKey(), Files.readAllBytes(folder.resolve(file.getKey())), file.getValue());
    }
    System.out.println("animation frames: " + frames + ", wrong: " + wrong.size());
    wrong.forEach(System.out::println);
    // The truth comes from Pillow, which clears to the background colour; browsers clear to
    // nothing.
    assertThat(wrong.size()).as("wrong frames of %d", frames).isLessThanOrEqualTo(frames / 20);
  }

  private void compare(String path, byte[] bytes, List<String[]> truth) throws IOException {
    try {
      SourceBytes source = SourceBytes.of(bytes);
      SourceHeader header = SourceProbe.probe(source);
      SourceLimits.DEFAULT.check(header);
      FrameReader reader = SourceReader.frames(source, header, Cancellation.NONE);
      for (String[] fields : truth) {
        if (fields[6].startsWith("ERR") || !reader.hasNext()) {
          break;
        }
        compare(path, fields, reader.next());
      }
    } catch (StepException e) {
      wrong.add(path + "\t" + e.reason() + "\t" + e.getMessage());
    }
  }

  private void compare(String path, String[] fields, FrameReader.Frame frame) {
    frames++;
    double[] mean = new Means(frame.picture(), 1).all().get(0);
    String[] expected = fields[6].split(",", -1);
    for (int c = 0; c < 3; c++) {
      if (Math.abs(mean[c] - Double.parseDouble(expected[c])) > TOLERANCE) {
        wrong.add(
            String.format(
                Locale.ROOT,
                "%s frame %s: %.1f,%.1f,%.1f expected %s",
                path,
                fields[1],
                mean[0],
                mean[1],
                mean[2],
                fields[6]));
        return;
      }
    }
  }
}
