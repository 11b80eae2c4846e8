package dev.rendition.benchmarks.kernel;

import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.deliver.Delivered;
import dev.rendition.deliver.DeliveryStore;
import dev.rendition.deliver.HttpAnswer;
import dev.rendition.deliver.HttpDelivery;
import dev.rendition.deliver.HttpQuestion;
import dev.rendition.deliver.ReadThrough;
import dev.rendition.deliver.Srcset;
import dev.rendition.deliver.UrlScheme;
import dev.rendition.layout.FingerprintLayout;
import dev.rendition.local.FileAssetStore;
import dev.rendition.local.LocalRenditionGenerator;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.Recipe;
import dev.rendition.recipe.RecipeBook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a hit in a folder costs over reading the file, and what addresses cost. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DeliveryBenchmark {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final NamedRecipe CARD = NamedRecipe.of("card", "fit:400,jpeg");
  private static final RecipeBook BOOK = RecipeBook.of(List.of(CARD));
  private static final Recipe FREE = Recipe.parse("cover:640x480:focus,jpeg:70");

  private final Parts parts = Parts.filled();

  @TearDown
  public void clear() throws IOException {
    parts.readThrough().close();
    parts.generator().close();
    parts.store().close();
    parts.originals().close();
    try (Stream<Path> all = Files.walk(parts.folder())) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Benchmark
  public byte[] aFile() throws IOException {
    return Files.readAllBytes(parts.file());
  }

  @Benchmark
  public byte[] aStore() throws IOException {
    try (AssetContent content = parts.store().open(parts.target())) {
      return content.stream().readAllBytes();
    }
  }

  @Benchmark
  public byte[] hit() throws IOException {
    try (Delivered found =
        parts.readThrough().get(parts.original(), CARD, FocalPoint.CENTER, LIMIT)) {
      return found.stream().readAllBytes();
    }
  }

  @Benchmark
  public byte[] hitOverHttpValues() throws IOException {
    HttpQuestion question =
        new HttpQuestion("GET", "/card/acme/photos/beach.jpg", Map.of("accept", "image/*"));
    try (HttpAnswer answer = parts.http().answer(question)) {
      return answer.body().readAllBytes();
    }
  }

  @Benchmark
  public String srcset() {
    URI address = parts.scheme().format(parts.original().key(), CARD);
    return Srcset.of(
            new Srcset.Candidate(address, 400),
            new Srcset.Candidate(address, 800),
            new Srcset.Candidate(address, 1_600))
        .toString();
  }

  @Benchmark
  public Object signedThereAndBack() {
    return parts.scheme().parse(parts.scheme().sign(parts.original().key(), FREE).getRawPath());
  }

  /** Two folders with one picture in each, and what works on them. */
  private record Parts(
      Path folder,
      Path file,
      FileAssetStore originals,
      FileAssetStore store,
      LocalRenditionGenerator generator,
      ReadThrough readThrough,
      UrlScheme scheme,
      HttpDelivery http,
      AssetInfo original,
      AssetKey target) {
    static Parts filled() {
      try {
        return fill();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Parts fill() throws IOException {
      Path folder = Files.createTempDirectory("delivery");
      FileAssetStore originals =
          FileAssetStore.open(Files.createDirectory(folder.resolve("originals")));
      FileAssetStore store =
          FileAssetStore.open(Files.createDirectory(folder.resolve("renditions")));
      DeliveryStore renditions = new DeliveryStore(store);
      LocalRenditionGenerator generator =
          LocalRenditionGenerator.builder(originals, renditions).build();
      FingerprintLayout layout = new FingerprintLayout(BOOK.names());
      ReadThrough readThrough =
          ReadThrough.builder(originals, renditions, generator, layout).build();
      UrlScheme scheme =
          UrlScheme.presets(BOOK)
              .base(URI.create("https://img.example.com/"))
              .key("k1", "0123456789abcdef".getBytes(StandardCharsets.US_ASCII))
              .build();
      ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
      if (!ImageIO.write(Material.picture(), "jpeg", jpeg)) {
        throw new IOException("the JDK writes no JPEG");
      }
      AssetInfo original =
          originals.put(
              AssetKey.of("acme", "photos/beach.jpg"),
              AssetSource.ofBytes(jpeg.toByteArray(), "image/jpeg"));
      AssetKey target = layout.target(original, CARD, FocalPoint.CENTER);
      try (Delivered made = readThrough.get(original, CARD, FocalPoint.CENTER, LIMIT)) {
        return new Parts(
            folder,
            Path.of(store.location(made.info().key()).orElseThrow()),
            originals,
            store,
            generator,
            readThrough,
            scheme,
            HttpDelivery.builder(readThrough, scheme).build(),
            original,
            target);
      }
    }
  }
}
