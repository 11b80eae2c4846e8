package dev.rendition.testkit;

import static dev.rendition.testkit.Looks.alpha;
import static dev.rendition.testkit.Looks.assertColour;
import static dev.rendition.testkit.Looks.assertQuarters;
import static dev.rendition.testkit.Looks.assertUpright;
import static dev.rendition.testkit.Looks.sample;
import static dev.rendition.testkit.Place.SOURCE;
import static dev.rendition.testkit.Place.TENANT;
import static dev.rendition.testkit.Place.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionMetadata;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.generate.WriteMode;
import dev.rendition.layout.Fingerprint;
import dev.rendition.recipe.Encoding;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.PixelSize;
import dev.rendition.testkit.FaultyStore.Call;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link RenditionGenerator} promises. Extend it, say how a generator is made, and every
 * test is a rule. Pictures are drawn here and decoded by the JDK; expected sizes are worked out by
 * hand.
 *
 * <p>A backend makes JPEG and PNG at least; {@link #supportedEncodings} says what else.
 */
@Timeout(120)
public abstract class RenditionGeneratorContract {
  /** What may become of damaged bytes, if they are not made something of. */
  private static final Set<FailureReason> DAMAGE =
      EnumSet.of(
          FailureReason.SOURCE_DAMAGED,
          FailureReason.FORMAT_UNKNOWN,
          FailureReason.FORMAT_NOT_SUPPORTED,
          FailureReason.LIMIT_EXCEEDED);

  private final List<RenditionGenerator> generators = new ArrayList<>();
  private final List<AssetStore> stores = new ArrayList<>();

  /**
   * Makes the generator to be tried.
   *
   * @param store where it reads originals and writes renditions; closed after the generator
   */
  protected abstract RenditionGenerator newGenerator(AssetStore store) throws Exception;

  /** Makes an empty store the generator can reach; one in memory unless overridden. */
  protected AssetStore newStore() throws Exception {
    return new MemoryAssetStore();
  }

  /**
   * Returns whether the generator calls the very store object it is given. A generator that works
   * in another process does not; rules that watch the calls, or let them fail, are then left to the
   * tests of that process.
   */
  protected boolean callsTheGivenStore() {
    return true;
  }

  /** Returns the encodings there are writers for; all of them unless overridden. */
  protected Set<Class<? extends Encoding>> supportedEncodings() {
    return Set.of(
        Encoding.Jpeg.class,
        Encoding.Png.class,
        Encoding.Gif.class,
        Encoding.Webp.class,
        Encoding.Avif.class,
        Encoding.Same.class);
  }

  @AfterEach
  void closeAll() throws IOException {
    generators.forEach(RenditionGenerator::close);
    for (AssetStore store : stores) {
      store.close();
    }
  }

  // The report

  @Test
  void outcomesStandInTheOrderOfTheSpecs() throws Exception {
    Place place = place(Encoded.jpegAsDrawn(Charts.orientation(60, 40)));
    RenditionRequest request =
        place.request("fit:10,png", "fit:50,jpeg", "crop:0,0,500,500,png", "fit:30,png", "jpeg");
    RenditionReport report = place.generator.generate(request).join();
    assertThat(report.outcomes())
        .extracting(RenditionOutcome::spec)
        .containsExactlyElementsOf(request.specs());
    assertThat(report.source()).isEqualTo(SOURCE);
  }

  @Test
  void aReportTellsTheTruthAboutWhatIsStored() throws Exception {
    Place place = place(Encoded.jpegAsDrawn(Charts.orientation(60, 40)));
    RenditionReport report = place.make("fit:30x30,jpeg", "fit:20x20,png");
    assertThat(report.sourceVersion()).isEqualTo(place.store.stat(SOURCE).orElseThrow().version());
    assertThat(report.stored()).hasSize(2);
    for (RenditionOutcome.Stored stored : report.stored()) {
      AssetInfo info = place.store.stat(stored.spec().target()).orElseThrow();
      BufferedImage picture = Encoded.decode(place.read(stored));
      assertThat(stored.bytes()).isEqualTo(info.length());
      assertThat(stored.version()).isEqualTo(info.version());
      assertThat(stored.mediaType()).isEqualTo(info.mediaType());
      assertThat(stored.created()).isTrue();
      assertThat(stored.elapsed().isNegative()).isFalse();
      assertThat(stored.size()).isEqualTo(PixelSize.of(picture.getWidth(), picture.getHeight()));
    }
    assertThat(report.stored())
        .extracting(RenditionOutcome.Stored::mediaType)
        .containsExactly("image/jpeg", "image/png");
  }

  @Test
  void cacheControlAndMetadataAreStored() throws Exception {
    Place place = place(Encoded.jpegAsDrawn(Charts.orientation(60, 40)));
    RenditionRequest request = place.request("fit:30,jpeg:82").cachedAs("max-age=31536000");
    RenditionReport report = place.generator.generate(request).join();
    AssetInfo info = place.store.stat(report.stored().get(0).spec().target()).orElseThrow();
    assertThat(info.attributes().cacheControl()).isEqualTo("max-age=31536000");
    assertThat(info.attributes().metadata())
        .containsEntry(RenditionMetadata.WIDTH, "30")
        .containsEntry(RenditionMetadata.HEIGHT, "20")
        .containsEntry(RenditionMetadata.RECIPE, "fit:30,jpeg")
        .containsEntry(RenditionMetadata.SOURCE_VERSION, report.sourceVersion())
        .containsEntry(
            RenditionMetadata.OUTPUT_VERSION, Integer.toString(Fingerprint.OUTPUT_VERSION));
  }

  // Sizes

  @Test
  void widthsOfAPhotoHaveTheSizesWorkedOutByHand() throws Exception {
    Place place = place(Encoded.jpegAsDrawn(Charts.orientation(1_000, 667)));
    // 667 x 0.9 = 600.3, x 0.5 = 333.5, x 0.333 = 222.1, x 0.1 = 66.7, x 0.037 = 24.7
    Map<String, PixelSize> expected = new LinkedHashMap<>();
    expected.put("fit:900,jpeg", PixelSize.of(900, 600));
    expected.put("fit:500,jpeg", PixelSize.of(500, 334));
    expected.put("fit:333,jpeg", PixelSize.of(333, 222));
    expected.put("fit:100,jpeg", PixelSize.of(100, 67));
    expected.put("fit:37,jpeg", PixelSize.of(37, 25));
    place.assertSizes(expected);
  }

  @Test
  void everyFitHasTheSizeWorkedOutByHandForLandscape() throws Exception {
    Map<String, PixelSize> expected = new LinkedHashMap<>();
    expected.put("fit:200x200,png", PixelSize.of(200, 150));
    expected.put("fit:100,png", PixelSize.of(100, 75));
    expected.put("fit:x100,png", PixelSize.of(133, 100));
    expected.put("fit:800x800,png", PixelSize.of(400, 300));
    expected.put("fit:800x800:enlarge,png", PixelSize.of(800, 600));
    expected.put("cover:200x200,png", PixelSize.of(200, 200));
    expected.put("cover:800x400,png", PixelSize.of(400, 200));
    expected.put("cover:800x400:enlarge,png", PixelSize.of(800, 400));
    expected.put("contain:200x200,png", PixelSize.of(200, 200));
    expected.put("contain:800x400,png", PixelSize.of(800, 400));
    expected.put("contain:800x400:enlarge,png", PixelSize.of(800, 400));
    expected.put("fill:200x100,png", PixelSize.of(200, 100));
    expected.put("fill:800x100,png", PixelSize.of(400, 100));
    expected.put("fill:800x100:enlarge,png", PixelSize.of(800, 100));
    place(Encoded.jpegAsDrawn(Charts.orientation(400, 300))).assertSizes(expected);
  }

  @Test
  void everyFitHasTheSizeWorkedOutByHandForPortrait() throws Exception {
    Map<String, PixelSize> expected = new LinkedHashMap<>();
    expected.put("fit:200x200,png", PixelSize.of(150, 200));
    expected.put("fit:100,png", PixelSize.of(100, 133));
    expected.put("fit:x100,png", PixelSize.of(75, 100));
    expected.put("fit:800x800,png", PixelSize.of(300, 400));
    expected.put("fit:800x800:enlarge,png", PixelSize.of(600, 800));
    expected.put("cover:200x200,png", PixelSize.of(200, 200));
    expected.put("cover:800x400,png", PixelSize.of(300, 150));
    expected.put("cover:800x400:enlarge,png", PixelSize.of(800, 400));
    expected.put("contain:200x200,png", PixelSize.of(200, 200));
    expected.put("contain:800x400,png", PixelSize.of(800, 400));
    expected.put("contain:800x400:enlarge,png", PixelSize.of(800, 400));
    expected.put("fill:200x100,png", PixelSize.of(200, 100));
    expected.put("fill:800x100,png", PixelSize.of(300, 100));
    expected.put("fill:800x100:enlarge,png", PixelSize.of(800, 100));
    place(Encoded.jpegAsDrawn(Charts.orientation(300, 400))).assertSizes(expected);
  }

  @Test
  void noSideBecomesShorterThanOnePixel() throws Exception {
    Map<String, PixelSize> expected = new LinkedHashMap<>();
    expected.put("fit:10,png", PixelSize.of(10, 1));
    expected.put("fit:1x1,png", PixelSize.of(1, 1));
    expected.put("cover:20x20,png", PixelSize.of(1, 1));
    place(Encoded.png(Charts.orientation(500, 1))).assertSizes(expected);
  }

  // What is seen

  @Test
  void containPutsThePictureInTheMiddleAndPadsTheRest() throws Exception {
    Place place = place(Encoded.png(Charts.orientation(400, 300)));
    RenditionReport report =
        place.make(
            "contain:200x200,png",
            "contain:200x200,jpeg",
            "background:0000ff,contain:800x300,jpeg");
    BufferedImage png = place.picture(report, 0);
    assertThat(alpha(png, 100, 8)).isZero();
    assertThat(alpha(png, 100, 192)).isZero();
    assertColour(png, 50, 60, Charts.UPPER_LEFT);
    assertColour(png, 150, 140, Charts.LOWER_RIGHT);
    BufferedImage jpeg = place.picture(report, 1);
    assertColour(jpeg, 100, 8, Color.WHITE);
    assertColour(jpeg, 150, 60, Charts.UPPER_RIGHT);
    BufferedImage blue = place.picture(report, 2);
    assertColour(blue, 100, 150, Color.BLUE);
    assertColour(blue, 700, 150, Color.BLUE);
    assertColour(blue, 300, 230, Charts.LOWER_LEFT);
  }

  @Test
  void coverKeepsWhatTheGravitySays() throws Exception {
    Place place = place(Encoded.png(Charts.orientation(400, 300)));
    RenditionReport report =
        place.make(
            "cover:100x200:w,png",
            "cover:100x200:e,png",
            "cover:400x100:n,png",
            "cover:400x100:s,png",
            "cover:100x100,png");
    assertQuarters(
        place.picture(report, 0),
        Charts.UPPER_LEFT,
        Charts.UPPER_LEFT,
        Charts.LOWER_LEFT,
        Charts.LOWER_LEFT);
    assertQuarters(
        place.picture(report, 1),
        Charts.UPPER_RIGHT,
        Charts.UPPER_RIGHT,
        Charts.LOWER_RIGHT,
        Charts.LOWER_RIGHT);
    assertQuarters(
        place.picture(report, 2),
        Charts.UPPER_LEFT,
        Charts.UPPER_RIGHT,
        Charts.UPPER_LEFT,
        Charts.UPPER_RIGHT);
    assertQuarters(
        place.picture(report, 3),
        Charts.LOWER_LEFT,
        Charts.LOWER_RIGHT,
        Charts.LOWER_LEFT,
        Charts.LOWER_RIGHT);
    assertUpright(place.picture(report, 4));
  }

  @Test
  void coverKeepsTheFocalPointOfTheRequest() throws Exception {
    Place place = place(Encoded.png(Charts.orientation(400, 300)));
    RenditionReport right =
        place
            .generator
            .generate(place.request("cover:100x200:focus,png").around(new FocalPoint(0.95, 0.5)))
            .join();
    assertQuarters(
        place.picture(right, 0),
        Charts.UPPER_RIGHT,
        Charts.UPPER_RIGHT,
        Charts.LOWER_RIGHT,
        Charts.LOWER_RIGHT);
    RenditionReport left =
        place
            .generator
            .generate(place.request("cover:100x200:focus,png").around(new FocalPoint(0.05, 0.5)))
            .join();
    assertQuarters(
        place.picture(left, 0),
        Charts.UPPER_LEFT,
        Charts.UPPER_LEFT,
        Charts.LOWER_LEFT,
        Charts.LOWER_LEFT);
  }

  @Test
  void operationsRunInTheirOrder() throws Exception {
    Place place = place(Encoded.png(Charts.orientation(120, 80)));
    RenditionReport report =
        place.make(
            "crop:0,0,60,40,rotate:90,png",
            "rotate:90,crop:0,0,40,60,png",
            "rotate:90,png",
            "flip:h,png",
            "flip:v,png");
    // Turned clockwise, what was at the bottom left is at the top left.
    assertThat(report.stored())
        .extracting(RenditionOutcome.Stored::size)
        .containsExactly(
            PixelSize.of(40, 60),
            PixelSize.of(40, 60),
            PixelSize.of(80, 120),
            PixelSize.of(120, 80),
            PixelSize.of(120, 80));
    assertColour(place.picture(report, 0), 20, 30, Charts.UPPER_LEFT);
    assertColour(place.picture(report, 1), 20, 30, Charts.LOWER_LEFT);
    assertQuarters(
        place.picture(report, 2),
        Charts.LOWER_LEFT,
        Charts.UPPER_LEFT,
        Charts.LOWER_RIGHT,
        Charts.UPPER_RIGHT);
    assertQuarters(
        place.picture(report, 3),
        Charts.UPPER_RIGHT,
        Charts.UPPER_LEFT,
        Charts.LOWER_RIGHT,
        Charts.LOWER_LEFT);
    assertQuarters(
        place.picture(report, 4),
        Charts.LOWER_LEFT,
        Charts.LOWER_RIGHT,
        Charts.UPPER_LEFT,
        Charts.UPPER_RIGHT);
  }

  @Test
  void everyOrientationComesOutUpright() throws Exception {
    BufferedImage upright = Charts.orientation(160, 96);
    for (int orientation = 1; orientation <= 8; orientation++) {
      Place place = place(Orientations.jpeg(upright, orientation, 0.9));
      RenditionReport report = place.make("fit:80,jpeg", "crop:0,0,80,48,png");
      assertThat(report.stored())
          .as("orientation %s", orientation)
          .extracting(RenditionOutcome.Stored::size)
          .containsExactly(PixelSize.of(80, 48), PixelSize.of(80, 48));
      assertUpright(place.picture(report, 0));
      assertColour(place.picture(report, 1), 40, 24, Charts.UPPER_LEFT);
    }
  }

  @Test
  void greyDeepAndIndexedPicturesKeepTheirColours() throws Exception {
    Map<String, byte[]> sources = new LinkedHashMap<>();
    sources.put(
        "grey JPEG", Encoded.jpegAsDrawn(Charts.grey(40, 40, BufferedImage.TYPE_BYTE_GRAY, 128)));
    sources.put("grey PNG", Encoded.png(Charts.grey(40, 40, BufferedImage.TYPE_BYTE_GRAY, 128)));
    sources.put(
        "16 bit PNG", Encoded.png(Charts.grey(40, 40, BufferedImage.TYPE_USHORT_GRAY, 128 * 257)));
    for (Map.Entry<String, byte[]> source : sources.entrySet()) {
      Place place = place(source.getValue());
      BufferedImage made = place.picture(place.make("fit:20,png"), 0);
      assertThat(sample(made, 10, 10)).as(source.getKey()).isBetween(125, 131);
    }
    Place indexed = place(Encoded.png(Charts.indexed(40, 40)));
    assertUpright(indexed.picture(indexed.make("fit:20,png"), 0));
  }

  @Test
  void transparencyIsFlattenedOnTheBackgroundForJpeg() throws Exception {
    Place place = place(Encoded.png(Charts.halfTransparent(80, 40)));
    RenditionReport report = place.make("fit:40,jpeg", "background:0000ff,fit:40,jpeg");
    assertColour(place.picture(report, 0), 8, 10, Color.WHITE);
    assertColour(place.picture(report, 0), 32, 10, Charts.UPPER_LEFT);
    assertColour(place.picture(report, 1), 8, 10, Color.BLUE);
    assertColour(place.picture(report, 1), 32, 10, Charts.UPPER_LEFT);
  }

  @Test
  void transparencyIsKeptForPng() throws Exception {
    Place place = place(Encoded.png(Charts.halfTransparent(80, 40)));
    RenditionReport report = place.make("fit:40,png", "background:0000ff,fit:40,png");
    assertThat(alpha(place.picture(report, 0), 8, 10)).isZero();
    assertThat(alpha(place.picture(report, 0), 32, 10)).isEqualTo(255);
    assertColour(place.picture(report, 0), 32, 10, Charts.UPPER_LEFT);
    assertThat(alpha(place.picture(report, 1), 8, 10)).isEqualTo(255);
    assertColour(place.picture(report, 1), 8, 10, Color.BLUE);
  }

  @Test
  void metadataIsStripped() throws Exception {
    String secret = "SECRET-4711";
    Place place = place(CameraTraces.in(secret, Encoded.jpegAsDrawn(Charts.orientation(64, 64))));
    RenditionReport report = place.make("fit:32,jpeg", "jpeg", "same", "fit:32,png");
    assertThat(report.stored()).hasSize(4);
    for (RenditionOutcome.Stored stored : report.stored()) {
      String bytes = new String(place.read(stored), StandardCharsets.ISO_8859_1);
      assertThat(bytes)
          .as(stored.spec().name())
          .doesNotContain(secret)
          .doesNotContain("Exif")
          .doesNotContain("ns.adobe.com");
      // A second start of a JPEG would be an embedded thumbnail.
      assertThat(bytes.lastIndexOf("\u00ff\u00d8\u00ff")).as(stored.spec().name()).isLessThan(1);
    }
  }

  // Encodings

  @Test
  void everyEncodingIsMadeOrRefusedByName() throws Exception {
    Map<Encoding, String> types = new LinkedHashMap<>();
    types.put(new Encoding.Jpeg(82), "image/jpeg");
    types.put(new Encoding.Png(), "image/png");
    types.put(new Encoding.Gif(), "image/gif");
    types.put(new Encoding.Webp(80), "image/webp");
    types.put(new Encoding.Avif(50), "image/avif");
    types.put(new Encoding.Same(), "image/png");
    Place place = place(Encoded.png(Charts.orientation(40, 30)));
    List<RenditionSpec> specs = new ArrayList<>();
    for (Encoding encoding : types.keySet()) {
      specs.add(RenditionSpec.to(target(specs.size())).encodeAs(encoding));
    }
    RenditionReport report = place.generator.generate(RenditionRequest.of(SOURCE, specs)).join();
    for (RenditionOutcome outcome : report.outcomes()) {
      Encoding encoding = outcome.spec().recipe().encoding();
      if (supportedEncodings().contains(encoding.getClass())) {
        assertThat(outcome).as("%s", encoding).isInstanceOf(RenditionOutcome.Stored.class);
        assertThat(((RenditionOutcome.Stored) outcome).mediaType()).isEqualTo(types.get(encoding));
      } else {
        place.assertFailed(outcome, FailureReason.ENCODING_NOT_SUPPORTED);
      }
    }
  }

  @Test
  void sameKeepsTheEncodingOfTheSource() throws Exception {
    Map<String, byte[]> sources = new LinkedHashMap<>();
    sources.put("image/jpeg", Encoded.jpegAsDrawn(Charts.orientation(40, 30)));
    sources.put("image/png", Encoded.png(Charts.orientation(40, 30)));
    if (supportedEncodings().contains(Encoding.Gif.class)) {
      sources.put("image/gif", Encoded.gif(Charts.indexed(40, 30)));
    }
    for (Map.Entry<String, byte[]> source : sources.entrySet()) {
      RenditionReport report = place(source.getValue()).make("fit:20,same");
      assertThat(report.stored())
          .extracting(RenditionOutcome.Stored::mediaType)
          .containsExactly(source.getKey());
    }
  }

  @Test
  void repeatingLeavesIdenticalBytes() throws Exception {
    byte[] source = Encoded.jpegAsDrawn(Charts.orientation(300, 200));
    Place one = place(source);
    Place two = place(source);
    String[] recipes = {"fit:100,jpeg", "cover:50x50,png", "fit:100,jpeg:60:progressive"};
    List<String> first = versions(one.make(recipes));
    assertThat(first).hasSize(3);
    assertThat(versions(one.make(recipes))).isEqualTo(first);
    assertThat(versions(two.make(recipes))).isEqualTo(first);
  }

  // Failure

  @Test
  void cropOutsideTheImageFailsThatSpecOnly() throws Exception {
    Place place = place(Encoded.jpegAsDrawn(Charts.orientation(60, 40)));
    RenditionReport report =
        place.make("fit:30,jpeg", "crop:50,0,20,20,jpeg", "crop:40,20,20,20,jpeg");
    assertThat(report.outcomes().get(0)).isInstanceOf(RenditionOutcome.Stored.class);
    place.assertFailed(report.outcomes().get(1), FailureReason.OPERATION_NOT_APPLICABLE);
    assertThat(report.outcomes().get(2)).isInstanceOf(RenditionOutcome.Stored.class);
    assertThat(report.failed().get(0).retryable()).isFalse();
  }

  @Test
  void unknownBytesFailEverySpec() throws Exception {
    byte[] noise = new byte[5_000];
    new Random(4_711).nextBytes(noise);
    noise[0] = 0x01;
    List<byte[]> sources =
        List.of("This is no picture at all.".getBytes(StandardCharsets.US_ASCII), noise);
    for (byte[] source : sources) {
      Place place = place(source);
      RenditionReport report = place.make("fit:30,jpeg", "png");
      assertThat(report.outcomes()).hasSize(2);
      for (RenditionOutcome outcome : report.outcomes()) {
        place.assertFailed(outcome, FailureReason.FORMAT_UNKNOWN);
      }
    }
  }

  @Test
  void damagedSourcesGiveTypedOutcomes() throws Exception {
    List<byte[]> sources = new ArrayList<>();
    Random random = new Random(815);
    for (byte[] whole :
        List.of(
            Encoded.jpegAsDrawn(Charts.orientation(64, 48)),
            Encoded.png(Charts.orientation(64, 48)))) {
      for (int cut : new int[] {0, 1, 2, 8, 20, 33, whole.length / 2, whole.length - 3}) {
        sources.add(Arrays.copyOf(whole, Math.min(cut, whole.length)));
      }
      for (int i = 0; i < 12; i++) {
        byte[] spoilt = whole.clone();
        for (int hit = 0; hit < 6; hit++) {
          spoilt[2 + random.nextInt(spoilt.length - 2)] = (byte) random.nextInt(256);
        }
        sources.add(spoilt);
      }
    }
    for (byte[] source : sources) {
      Place place = place(source);
      for (RenditionOutcome outcome : place.make("fit:30,jpeg").outcomes()) {
        if (outcome instanceof RenditionOutcome.Failed failed) {
          place.assertFailed(failed, failed.reason());
          assertThat(failed.reason()).as(failed.detail()).isIn(DAMAGE);
        }
      }
    }
  }

  @Test
  void anAbsentSourceIsNotFound() throws Exception {
    Place place = place(Encoded.jpegAsDrawn(Charts.orientation(60, 40)));
    assertThat(place.store.delete(SOURCE)).isTrue();
    RenditionException problem = problem(place.generator.generate(place.request("jpeg")));
    assertThat(problem.reason()).isEqualTo(FailureReason.SOURCE_NOT_FOUND);
    assertThat(problem).hasMessageContaining(SOURCE.toString());
  }

  @Test
  void aReplacedSourceIsRefused() throws Exception {
    Place place = place(Encoded.jpegAsDrawn(Charts.orientation(60, 40)));
    String old = place.store.stat(SOURCE).orElseThrow().version();
    RenditionRequest request = place.request("jpeg").ofVersion(old);
    assertThat(place.generator.generate(request).join().stored()).hasSize(1);
    AssetInfo now =
        place.store.put(
            SOURCE,
            AssetSource.ofBytes(Encoded.jpegAsDrawn(Charts.orientation(40, 60)), "image/jpeg"));
    assertThat(problem(place.generator.generate(request)).reason())
        .isEqualTo(FailureReason.SOURCE_CHANGED);
    assertThat(place.generator.generate(request.ofVersion(now.version())).join().stored())
        .hasSize(1);
  }

  @Test
  void aTargetThatCannotBeWrittenFailsThatSpecOnly() throws Exception {
    for (WriteMode mode : WriteMode.values()) {
      Place place = faulty(Encoded.jpegAsDrawn(Charts.orientation(60, 40)));
      Call write = mode == WriteMode.REPLACE ? Call.PUT : Call.PUT_IF_ABSENT;
      FaultyStore unused = place.faults.on(write).nth(2).fails();
      RenditionReport report =
          place
              .generator
              .generate(place.request("fit:30,jpeg", "fit:20,png", "png").writing(mode))
              .join();
      assertThat(report.stored()).hasSize(2);
      assertThat(report.failed()).hasSize(1);
      place.assertFailed(report.failed().get(0), FailureReason.STORE_FAILED);
      assertThat(report.failed().get(0).retryable()).isTrue();
    }
  }

  @Test
  void aSourceThatCannotBeReadFailsTheRequest() throws Exception {
    byte[] source = Encoded.jpegAsDrawn(Charts.orientation(60, 40));
    Place shut = faulty(source);
    FaultyStore unused = shut.faults.on(Call.OPEN).every().fails();
    List<Place> places = new ArrayList<>(List.of(shut));
    for (int cut : new int[] {0, 1, 20, source.length / 2, source.length - 1}) {
      Place place = faulty(source);
      unused = place.faults.on(Call.OPEN).every().cutsTheStreamAfter(cut);
      places.add(place);
    }
    for (Place place : places) {
      RenditionException problem = problem(place.generator.generate(place.request("jpeg")));
      assertThat(problem.reason()).isEqualTo(FailureReason.STORE_FAILED);
      assertThat(problem.retryable()).isTrue();
      assertThat(problem).hasMessageContaining(SOURCE.toString());
      assertThat(place.store.stat(target(0))).isEmpty();
    }
  }

  // Writing

  @Test
  void replaceReplacesWhatIsThere() throws Exception {
    Place place = place(Encoded.jpegAsDrawn(Charts.orientation(60, 40)));
    place.put(target(0), new byte[] {1, 2, 3});
    RenditionReport report =
        place.generator.generate(place.request("png").writing(WriteMode.REPLACE)).join();
    assertThat(report.stored().get(0).created()).isTrue();
    assertUpright(place.picture(report, 0));
  }

  @Test
  void createKeepsWhatIsThereAndReportsIt() throws Exception {
    Place place = place(Encoded.jpegAsDrawn(Charts.orientation(60, 40)));
    RenditionReport first =
        place.generator.generate(place.request("fit:30,png").writing(WriteMode.CREATE)).join();
    assertThat(first.stored().get(0).created()).isTrue();
    RenditionReport again =
        place
            .generator
            .generate(place.request("fit:10,jpeg", "fit:20,png").writing(WriteMode.CREATE))
            .join();
    place.assertKept(first.stored().get(0), again.stored().get(0));
    assertThat(again.stored().get(1).created()).isTrue();
  }

  @Test
  void missingMakesOnlyWhatIsNotThere() throws Exception {
    Place place = place(Encoded.jpegAsDrawn(Charts.orientation(60, 40)));
    RenditionReport first =
        place.generator.generate(place.request("fit:30,png").writing(WriteMode.MISSING)).join();
    assertThat(first.stored().get(0).created()).isTrue();
    RenditionReport more =
        place
            .generator
            .generate(place.request("fit:10,jpeg", "fit:20,png").writing(WriteMode.MISSING))
            .join();
    place.assertKept(first.stored().get(0), more.stored().get(0));
    assertThat(more.stored().get(1).created()).isTrue();
    assertThat(more.stored().get(1).size()).isEqualTo(PixelSize.of(20, 13));
  }

  @Test
  void missingDoesNotReadTheSourceIfAllIsThere() throws Exception {
    Place place = place(Encoded.jpegAsDrawn(Charts.orientation(60, 40)));
    assertThat(place.make("fit:30,png", "fit:20,png").stored()).hasSize(2);
    assertThat(place.store.delete(SOURCE)).isTrue();
    RenditionReport again =
        place
            .generator
            .generate(place.request("fit:30,png", "fit:20,png").writing(WriteMode.MISSING))
            .join();
    assertThat(again.stored())
        .extracting(RenditionOutcome.Stored::size)
        .containsExactly(PixelSize.of(30, 20), PixelSize.of(20, 13));
  }

  // Time

  @Test
  void theSourceIsReadOnceForAllSpecs() throws Exception {
    Place place = faulty(Encoded.jpegAsDrawn(Charts.orientation(200, 100)));
    List<String> recipes = new ArrayList<>();
    for (int width = 10; width <= 100; width += 10) {
      recipes.add("fit:" + width + ",jpeg");
    }
    assertThat(place.make(recipes.toArray(String[]::new)).stored()).hasSize(10);
    assertThat(place.faults.calls(Call.OPEN)).isEqualTo(1);
  }

  @Test
  void theCallerIsNotBlocked() throws Exception {
    Place place = faulty(Encoded.jpegAsDrawn(Charts.orientation(60, 40)));
    Hold hold = place.hold(patience());
    CompletableFuture<RenditionReport> report = place.generator.generate(place.request("jpeg"));
    assertThat(report).isNotDone();
    hold.release();
    assertThat(report.join().stored()).hasSize(1);
  }

  @Test
  void aDeadlineInThePastIsExceeded() throws Exception {
    Place place = place(Encoded.jpegAsDrawn(Charts.orientation(60, 40)));
    RenditionRequest request = place.request("jpeg").before(Instant.now().minusMillis(1));
    assertThat(problem(place.generator.generate(request)).reason())
        .isEqualTo(FailureReason.DEADLINE_EXCEEDED);
    assertThat(place.store.stat(target(0))).isEmpty();
  }

  @Test
  void aDeadlineThatPassesIsAnsweredWhileTheStoreStillWaits() throws Exception {
    Place place = faulty(Encoded.jpegAsDrawn(Charts.orientation(60, 40)));
    Hold hold = place.hold(patience());
    RenditionRequest request = place.request("jpeg").before(Instant.now().plusMillis(100));
    assertThat(problem(place.generator.generate(request)).reason())
        .isEqualTo(FailureReason.DEADLINE_EXCEEDED);
    hold.release();
    place.generator.close();
    assertThat(place.store.stat(target(0))).isEmpty();
  }

  @Test
  void aCancelledRequestWritesNothingMore() throws Exception {
    Place place = faulty(Encoded.jpegAsDrawn(Charts.orientation(60, 40)));
    Hold hold = place.hold(patience());
    CompletableFuture<RenditionReport> report = place.generator.generate(place.request("jpeg"));
    assertThat(report.cancel(true)).isTrue();
    hold.release();
    assertThat(report).isCancelled();
    place.generator.close();
    assertThat(place.store.stat(target(0))).isEmpty();
  }

  @Test
  void aClosedGeneratorRefusesEveryRequest() throws Exception {
    Place place = place(Encoded.jpegAsDrawn(Charts.orientation(60, 40)));
    assertThat(place.make("jpeg").stored()).hasSize(1);
    place.generator.close();
    place.generator.close();
    assertThat(problem(place.generator.generate(place.request("png"))).reason())
        .isEqualTo(FailureReason.CANCELLED);
    assertThat(place.store.stat(SOURCE)).isPresent();
  }

  @Test
  void aProbeOfAGeneratorThatWorksFindsNothingWrongAndMakesNothing() throws Exception {
    Place place = place(Encoded.jpegAsDrawn(Charts.orientation(60, 40)));
    assertThat(place.generator.probe().join()).isNotNull();
    assertThat(place.store.list(TENANT, "")).hasSize(1);
    assertThat(place.make("jpeg").stored()).hasSize(1);
  }

  private Place place(byte[] source) throws Exception {
    AssetStore store = newStore();
    stores.add(store);
    return new Place(store, store, source, this::made);
  }

  private Place faulty(byte[] source) throws Exception {
    assumeTrue(callsTheGivenStore(), "the generator does not call the store it is given");
    AssetStore store = newStore();
    stores.add(store);
    return new Place(store, FaultyStore.around(store), source, this::made);
  }

  private RenditionGenerator made(AssetStore store) throws Exception {
    RenditionGenerator generator = newGenerator(store);
    generators.add(generator);
    return generator;
  }

  private static List<String> versions(RenditionReport report) {
    return report.stored().stream()
        .map(RenditionOutcome.Stored::version)
        .collect(Collectors.toList());
  }

  /** Waits for what a future fails with, and takes off the wrapper a dependent may have added. */
  private static RenditionException problem(CompletableFuture<RenditionReport> future) {
    Throwable problem =
        future
            .handle((report, e) -> e == null ? new AssertionError("answered " + report) : e)
            .join();
    assertThat(problem).isInstanceOf(RenditionException.class);
    return (RenditionException) problem;
  }

  /** Returns how long a store is kept waiting at most. */
  Duration patience() {
    return Duration.ofSeconds(5);
  }
}
