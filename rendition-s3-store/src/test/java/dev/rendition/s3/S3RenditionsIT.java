package dev.rendition.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.RenditionConfig;
import dev.rendition.Renditions;
import dev.rendition.UrlPolicy;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.compose.MirrorStore;
import dev.rendition.compose.Moved;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.local.FileAssetStore;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.s3.FaultProxy.Fault;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole library over S3, chosen by configuration alone. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class S3RenditionsIT {
  private static final AssetKey KEY = AssetKey.of("acme", "photos/beach.png");

  private static LocalS3 server;

  @BeforeAll
  static void startServer() throws Exception {
    server = new LocalS3();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @Test
  void aRenditionSetCostsOneGetOnePutEachAndALastLook() throws Exception {
    try (FaultProxy proxy = new FaultProxy(server.endpoint(), line -> Fault.NONE);
        Renditions renditions = open(proxy.endpoint(), Map.of())) {
      AssetInfo original = renditions.store(KEY, AssetSource.ofBytes(picture(), "image/png"));
      assertThat(methods(proxy)).isEqualTo(Map.of("PUT", 1L));
      proxy.forgetRequests();
      RenditionReport report =
          renditions
              .generate(original, renditions.recipes("card", "thumb", "hero"))
              .get(60, TimeUnit.SECONDS);
      assertThat(report.failed()).isEmpty();
      assertThat(methods(proxy)).isEqualTo(Map.of("GET", 1L, "PUT", 3L, "HEAD", 1L));
    }
  }

  @Test
  void aPurgeOfFiftyRenditionsIsTwoRequests() throws Exception {
    try (FaultProxy proxy = new FaultProxy(server.endpoint(), line -> Fault.NONE);
        Renditions renditions = open(proxy.endpoint(), Map.of())) {
      AssetInfo original = renditions.store(KEY, AssetSource.ofBytes(picture(), "image/png"));
      for (int i = 0; i < 50; i++) {
        NamedRecipe recipe = NamedRecipe.of("card", "fit:" + (i + 1) + ",png");
        AssetKey target = renditions.target(original, recipe);
        renditions.renditionStore().put(target, AssetSource.ofBytes(noise(i), "image/png"));
      }
      AssetKey other = KEY.withPath("photos/beach.png2/card-0123456789abcdef.png");
      renditions.renditionStore().put(other, AssetSource.ofBytes(noise(1), "image/png"));
      proxy.forgetRequests();
      assertThat(renditions.purgeRenditions(KEY).renditions()).hasSize(50);
      assertThat(methods(proxy)).isEqualTo(Map.of("GET", 1L, "POST", 1L));
      assertThat(renditions.originalStore().stat(KEY)).isPresent();
      assertThat(renditions.renditionStore().stat(other)).isPresent();
      // With the original: S3 has to be asked whether there was one.
      proxy.forgetRequests();
      assertThat(renditions.purge(KEY).originalDeleted()).isTrue();
      assertThat(methods(proxy)).isEqualTo(Map.of("HEAD", 1L, "DELETE", 1L, "GET", 1L));
      assertThat(renditions.purge(KEY).originalDeleted()).isFalse();
    }
  }

  @Test
  void linksAreOpenedByPlainHttpAndShowThePicture() throws Exception {
    try (Renditions renditions = open(server.endpoint(), Map.of())) {
      AssetInfo original = renditions.store(KEY, AssetSource.ofBytes(picture(), "image/png"));
      RenditionOutcome.Stored made =
          renditions
              .generate(original, renditions.recipes("card"))
              .get(60, TimeUnit.SECONDS)
              .stored()
              .get(0);
      URI link = renditions.url(made.spec().target(), UrlPolicy.signed(Duration.ofMinutes(1)));
      HttpResponse<byte[]> answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("content-type")).contains("image/jpeg");
      assertThat(answer.headers().firstValue("cache-control")).contains(Renditions.CACHE_FOR_EVER);
      BufferedImage shown = ImageIO.read(new ByteArrayInputStream(answer.body()));
      assertThat(shown.getWidth()).isEqualTo(80);
      assertThat(renditions.purge(KEY).renditions()).containsExactly(made.spec().target());
      assertThat(renditions.originalStore().stat(KEY)).isEmpty();
    }
  }

  @Test
  void aFolderMovesToS3WhileItIsUsedAndGoesOnWhereItBrokeOff(@TempDir Path folder)
      throws Exception {
    int assets = 60;
    String bucket = server.newBucket();
    AtomicInteger puts = new AtomicInteger();
    ExecutorService user = Executors.newSingleThreadExecutor();
    AtomicBoolean moving = new AtomicBoolean(true);
    // From the 26th write on S3 cannot be reached by whoever moves.
    try (FaultProxy proxy =
            new FaultProxy(
                server.endpoint(),
                line ->
                    line.startsWith("PUT ") && puts.incrementAndGet() > 25
                        ? Fault.RESET
                        : Fault.NONE);
        AssetStore old = FileAssetStore.open(folder);
        AssetStore fresh = S3AssetStore.builder(bucket).connection(server.connection()).build();
        AssetStore unreachable =
            S3AssetStore.builder(bucket)
                .connection(LocalS3.connection(proxy.endpoint()).attempts(1))
                .build()) {
      for (int i = 0; i < assets; i++) {
        old.put(key(i), AssetSource.ofBytes(noise(i), "image/jpeg"));
      }
      MirrorStore both = new MirrorStore(fresh, old);
      Future<Integer> written = user.submit(() -> use(both, assets, moving));
      Moved first = new MirrorStore(unreachable, old).move("acme", "photos/", 2);
      assertThat(first.isDone()).isFalse();
      assertThat(first.copied()).isEqualTo(25);
      assertThat(first.failed()).hasSize(assets - 25);
      Moved second = both.move("acme", "photos/", 2);
      assertThat(second.isDone()).isTrue();
      assertThat(second.copied()).as("nothing is moved twice").isEqualTo(assets - 25);
      assertThat(second.present()).isEqualTo(25);
      moving.set(false);
      int more = written.get();
      assertThat(both.move("acme", "", 1)).isEqualTo(new Moved(0, assets + more, Map.of(), true));
      try (Stream<AssetInfo> listed = fresh.list("acme", "")) {
        assertThat(listed.count()).isEqualTo(assets + more);
      }
      requireAll(fresh, assets);
    } finally {
      user.shutdownNow();
    }
  }

  /** Reads and writes until the move has ended; returns how many assets it wrote. */
  private static int use(AssetStore store, int assets, AtomicBoolean moving) throws IOException {
    int written = 0;
    do {
      requireAll(store, assets);
      store.put(
          AssetKey.of("acme", "new/" + written), AssetSource.ofBytes(noise(written), "image/jpeg"));
      written++;
    } while (moving.get());
    return written;
  }

  private static void requireAll(AssetStore store, int assets) throws IOException {
    for (int i = 0; i < assets; i++) {
      try (AssetContent content = store.open(key(i))) {
        assertThat(content.stream().readAllBytes()).isEqualTo(noise(i));
      }
    }
  }

  private static AssetKey key(int number) {
    return AssetKey.of("acme", "photos/" + number % 7 + "/" + number + ".jpg");
  }

  private static byte[] noise(int seed) {
    byte[] bytes = new byte[500 + seed];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static Map<String, Long> methods(FaultProxy proxy) {
    return proxy.requests().stream()
        .collect(
            Collectors.groupingBy(
                line -> line.substring(0, line.indexOf(' ')), TreeMap::new, Collectors.counting()));
  }

  private static Renditions open(URI endpoint, Map<String, String> more) {
    Map<String, String> settings =
        new TreeMap<>(
            Map.of(
                "rendition.originals",
                "s3://" + server.newBucket() + "/originals/{tenant}",
                "rendition.renditions",
                "s3://" + server.newBucket(),
                "rendition.s3.endpoint",
                endpoint.toString(),
                "rendition.s3.path-style",
                "true",
                "rendition.s3.access-key",
                LocalS3.ACCESS_KEY,
                "rendition.s3.secret-key",
                LocalS3.SECRET_KEY,
                "rendition.urls.signer",
                "s3",
                "rendition.recipe.card",
                "cover:80x60,jpeg",
                "rendition.recipe.thumb",
                "fit:30,png",
                "rendition.recipe.hero",
                "fit:90,jpeg:70"));
    settings.putAll(more);
    return Renditions.fromConfig(RenditionConfig.of(settings));
  }

  private static byte[] picture() throws IOException {
    BufferedImage image = new BufferedImage(120, 90, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 90; y++) {
      for (int x = 0; x < 120; x++) {
        image.setRGB(x, y, (2 * x << 16) | (2 * y << 8) | 0x40);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, "png", out)).isTrue();
    return out.toByteArray();
  }
}
