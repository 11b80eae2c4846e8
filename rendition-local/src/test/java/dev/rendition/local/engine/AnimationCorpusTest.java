package dev.rendition.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.Recipe;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Makes {@code gif,frames:all} of the animated GIFs of the corpus: the means stay the same. */
class AnimationCorpusTest {
  private static final double TOLERANCE = 3;

  private int frames;
  private final List<String> wrong = new ArrayList<>();

  @Test
  void everyFrameOfTheResultHasTheMeanOfItsTruth() throws IOException {
    Optional<Corpus> corpus = Corpus.find();
    assumeTrue(corpus.isPresent(), "RENDITION_CORPUS is not set: animations are not made");
    Path folder = corpus.get().folder();
    Map<String, List<String[]>> files = new LinkedHashMap<>();
    for (String line : Files.readAllLines(folder.resolve("ANIMATION.tsv"))) {
      String[] fields = line.split("\t", -1);
      if (fields[0].endsWith(".gif") && !fields[6].startsWith("ERR")) {
        files.computeIfAbsent(fields[0], k -> new ArrayList<>()).add(fields);
      }
    }
    for (Map.Entry<String, List<String[]>> file : files.entrySet()) {
      compare(file.getKey(), Files.readAllBytes(folder.resolve(file.getKey())), file.getValue());
    }
    assertThat(frames).as("frames compared").isPositive();
    // The truth clears to the background colour where browsers clear to nothing.
    assertThat(wrong.size()).as("%s", wrong).isLessThanOrEqualTo(frames / 20);
  }

  private void compare(String path, byte[] source, List<String[]> truth) throws IOException {
    Optional<byte[]> made = made(source);
    if (made.isEmpty()) {
      return;
    }
    SourceBytes bytes = SourceBytes.of(made.get());
    SourceHeader header = SourceProbe.probe(bytes);
    FrameReader reader = SourceReader.frames(bytes, header, Cancellation.NONE);
    for (String[] fields : truth) {
      if (!reader.hasNext()) {
        return;
      }
      double[] mean = new Means(reader.next().picture(), 1).all().get(0);
      frames++;
      String[] expected = fields[6].split(",", -1);
      for (int c = 0; c < 3; c++) {
        if (Math.abs(mean[c] - Double.parseDouble(expected[c])) > TOLERANCE) {
          wrong.add(
              String.format(
                  Locale.ROOT, "%s frame %s: %.1f for %s", path, fields[1], mean[c], fields[6]));
          break;
        }
      }
    }
  }

  private static Optional<byte[]> made(byte[] source) throws IOException {
    AssetKey key = AssetKey.of("t", "film.gif");
    AssetInfo info =
        new AssetInfo(
            key, source.length, "image/gif", "0".repeat(64), Instant.EPOCH, AssetAttributes.NONE);
    EngineTask task =
        new EngineTask(
            AssetContent.of(info, new ByteArrayInputStream(source)),
            List.of(new RenditionSpec("film", Recipe.parse("gif,frames:all"), key)),
            FocalPoint.CENTER,
            overlay -> {
              throw new FileNotFoundException(overlay.toString());
            },
            bytes -> assertThat(bytes).isPositive(),
            Cancellation.NONE);
    List<byte[]> made = new ArrayList<>();
    EngineSettings settings =
        new EngineSettings(
            SourceLimits.DEFAULT,
            Path.of(System.getProperty("java.io.tmpdir")),
            new CustomOperations(List.of()),
            Scaler.OURS,
            AnimationCorpusTest.class.getClassLoader());
    new StreamingEngine(settings)
        .render(
            task,
            new EngineSink() {
              @Override
              public void made(int spec, Encoded encoded) throws IOException {
                made.add(encoded.open().readAllBytes());
              }

              @Override
              public void failed(int spec, StepException problem) {
                throw problem;
              }
            });
    return made.stream().findFirst();
  }
}
