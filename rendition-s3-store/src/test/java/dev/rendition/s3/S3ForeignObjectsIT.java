package dev.rendition.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.RenditionConfig;
import dev.rendition.Renditions;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.lifecycle.Rate;
import dev.rendition.lifecycle.RegenerationPlan;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What other programs leave under the prefix: temporary files, markers of folders, notes. It is
 * neither counted nor deleted by whoever tidies up.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class S3ForeignObjectsIT {
  private static final AssetKey KEY = AssetKey.of("acme", "photos/beach.png");

  /** Names no key has; those with a slash at the end are what consoles make of folders. */
  private static final List<String> NO_KEYS =
      List.of(
          "acme/",
          "acme/photos/",
          "acme/photos/beach.png/",
          "acme/photos/beach.png//card-0123456789abcdef.jpg",
          "acme/photos/beach.png/../card-0123456789abcdef.jpg",
          "acme/photos/beach.png/./card-0123456789abcdef.jpg",
          "acme/photos/beach.png/cafe\u0301-0123456789abcdef.jpg",
          "acme",
          "README");

  /** Names that are keys, and not those of renditions. */
  private static final List<String> KEYS =
      List.of(
          "acme/photos/beach.png/notes.txt",
          "acme/photos/beach.png/.card-0123456789abcdef.jpg.tmp",
          "acme/photos/beach.png/card-0123456789abcdef.jpg.part",
          "acme/photos/beach.png/card-0123456789abcdef",
          "acme/photos/beach.png/card-0123456789abcde.jpg",
          "acme/photos/beach.png/card-0123456789ABCDEF.jpg",
          "acme/photos/beach.png/-0123456789abcdef.jpg",
          "acme/photos/beach.png_$folder$",
          "acme/photos/.DS_Store",
          "acme/Thumbs.db");

  private LocalS3 server;
  private S3Client client;
  private String originals;
  private String renditions;

  @BeforeEach
  void startServer() throws Exception {
    server = new LocalS3();
    client = server.client();
    originals = server.newBucket();
    renditions = server.newBucket();
  }

  @AfterEach
  void stopServer() throws Exception {
    client.close();
    server.close();
  }

  @Test
  void listingsPassOverWhatIsNoAsset() throws Exception {
    Map<String, String> left = leave(renditions, NO_KEYS);
    left.putAll(leave(renditions, KEYS));
    try (Renditions library = open("cover:80x60,jpeg")) {
      List<AssetKey> made = generate(library);
      List<String> expected =
          Stream.concat(
                  KEYS.stream().map(name -> name.substring("acme/".length())),
                  made.stream().map(AssetKey::path))
              .sorted()
              .toList();
      try (Stream<AssetInfo> listed = library.renditionStore().list("acme", "")) {
        assertThat(listed.map(info -> info.key().path()).sorted()).isEqualTo(expected);
      }
      try (Stream<AssetKey> listed = library.renditionStore().keys("acme", "")) {
        assertThat(listed.map(AssetKey::path).sorted()).isEqualTo(expected);
      }
    }
    requireLeft(renditions, left);
  }

  @Test
  void aPurgeDeletesRenditionsAndNothingElse() throws Exception {
    Map<String, String> left = leave(renditions, NO_KEYS);
    left.putAll(leave(renditions, KEYS));
    Map<String, String> besideOriginals = leave(originals, NO_KEYS);
    try (Renditions library = open("cover:80x60,jpeg")) {
      List<AssetKey> made = generate(library);
      assertThat(library.purgeRenditions(KEY).renditions())
          .containsExactlyInAnyOrderElementsOf(made);
      requireLeft(renditions, left);
      List<AssetKey> again = generate(library);
      assertThat(library.purge(KEY).renditions()).containsExactlyInAnyOrderElementsOf(again);
      assertThat(library.purge(KEY).renditions()).isEmpty();
    }
    assertThat(objects(renditions)).isEqualTo(left);
    assertThat(objects(originals)).isEqualTo(besideOriginals);
  }

  @Test
  void aPlanNeitherCountsNorDeletesWhatIsNoRendition() throws Exception {
    Map<String, String> left = leave(renditions, NO_KEYS);
    left.putAll(leave(renditions, KEYS));
    Map<String, String> besideOriginals = leave(originals, NO_KEYS);
    List<AssetKey> made;
    try (Renditions library = open("cover:80x60,jpeg")) {
      made = generate(library);
      for (RegenerationPlan nothing :
          List.of(library.plan(List.of(KEY)), library.planTenant("acme"))) {
        assertThat(nothing.originals()).isEqualTo(1);
        assertThat(nothing.isEmpty()).as("%s", nothing).isTrue();
        assertThat(nothing.execute(Rate.perSecond(100))).isEmpty();
      }
      requireLeft(renditions, left);
    }
    // Another recipe for cards: the old card is stale, and nothing else.
    try (Renditions library = open("cover:60x80,jpeg")) {
      RegenerationPlan change = library.planTenant("acme");
      assertThat(change.missingRenditions()).isEqualTo(1);
      assertThat(change.stale()).extracting(each -> each.key()).containsExactly(made.get(0));
      assertThat(change.execute(Rate.perSecond(100)))
          .allSatisfy(one -> assertThat(one).isInstanceOf(RenditionOutcome.Stored.class));
      requireLeft(renditions, left);
      assertThat(library.originalStore().delete(KEY)).isTrue();
      RegenerationPlan orphans = library.planTenant("acme");
      assertThat(orphans.orphanRenditions()).isEqualTo(2);
      assertThat(orphans.staleRenditions()).isEqualTo(2);
      assertThat(orphans.execute(Rate.perSecond(100))).isEmpty();
    }
    assertThat(objects(renditions)).isEqualTo(left);
    assertThat(objects(originals)).isEqualTo(besideOriginals);
  }

  /**
   * Every object with a key is an original: browsers put those, too. One that is no picture fails.
   */
  @Test
  void whatIsNoPictureAmongTheOriginalsFailsByItselfAndStays() throws Exception {
    String name = "acme/photos/.upload-17.tmp";
    leave(originals, List.of(name));
    try (Renditions library = open("cover:80x60,jpeg")) {
      List<AssetKey> made = generate(library);
      RegenerationPlan plan = library.planTenant("acme");
      assertThat(plan.originals()).isEqualTo(2);
      assertThat(plan.execute(Rate.perSecond(100)))
          .hasSize(2)
          .allSatisfy(one -> assertThat(one).isInstanceOf(RenditionOutcome.Failed.class));
      assertThat(objects(originals)).containsOnlyKeys(name, "acme/" + KEY.path());
      assertThat(objects(renditions))
          .containsOnlyKeys(
              made.stream().map(each -> "acme/" + each.path()).toArray(String[]::new));
    }
  }

  /** Stores the picture, makes card and thumb; returns their keys in this order. */
  private static List<AssetKey> generate(Renditions library) throws Exception {
    AssetInfo original = library.store(KEY, AssetSource.ofBytes(picture(), "image/png"));
    RenditionReport report =
        library.generate(original, library.recipes("card", "thumb")).get(60, TimeUnit.SECONDS);
    assertThat(report.failed()).isEmpty();
    return report.stored().stream().map(each -> each.spec().target()).toList();
  }

  /** Puts what others leave; returns names and entity tags. */
  private Map<String, String> leave(String bucket, List<String> names) {
    Map<String, String> left = new TreeMap<>();
    for (String name : names) {
      String text = name.endsWith("/") ? "" : "theirs: " + name;
      left.put(
          name,
          client
              .putObject(put -> put.bucket(bucket).key(name), RequestBody.fromString(text))
              .eTag());
    }
    return left;
  }

  private void requireLeft(String bucket, Map<String, String> left) {
    assertThat(objects(bucket)).containsAllEntriesOf(left);
  }

  private Map<String, String> objects(String bucket) {
    Map<String, String> objects = new TreeMap<>();
    client
        .listObjectsV2Paginator(list -> list.bucket(bucket))
        .contents()
        .forEach(object -> objects.put(object.key(), object.eTag()));
    return objects;
  }

  private Renditions open(String card) {
    return Renditions.fromConfig(
        RenditionConfig.of(
            Map.of(
                "rendition.originals",
                "s3://" + originals,
                "rendition.renditions",
                "s3://" + renditions,
                "rendition.s3.endpoint",
                server.endpoint().toString(),
                "rendition.s3.path-style",
                "true",
                "rendition.s3.access-key",
                LocalS3.ACCESS_KEY,
                "rendition.s3.secret-key",
                LocalS3.SECRET_KEY,
                "rendition.recipe.card",
                card,
                "rendition.recipe.thumb",
                "fit:30,png")));
  }

  private static byte[] picture() throws IOException {
    BufferedImage image = new BufferedImage(120, 90, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 120 * 90; i++) {
      image.setRGB(i % 120, i / 120, i * 0x010305);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, "png", out)).isTrue();
    return out.toByteArray();
  }
}
