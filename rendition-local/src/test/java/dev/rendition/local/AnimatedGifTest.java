package dev.rendition.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.local.engine.SourceLimits;
import dev.rendition.recipe.Recipe;
import java.awt.AlphaComposite;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.NodeList;

/**
 * Animated GIFs under {@code frames:all}: written and read by the JDK, composed here by the rules
 * of GIF89a (section 23), compared frame by frame.
 */
class AnimatedGifTest {
  private static final String METADATA = "javax_imageio_gif_image_1.0";
  private static final int WIDTH = 48;
  private static final int HEIGHT = 36;
  private static final AssetKey SOURCE = AssetKey.of("t", "film.gif");
  private static final AssetKey TARGET = AssetKey.of("t", "made");

  /** A composed animation: ARGB pixels of each frame, hundredths of a second, and repeats. */
  private record Film(
      int width, int height, List<int[]> frames, List<Integer> delays, int repeats) {}

  /** A frame to write: where, which colour, and what becomes of it. */
  private record Shot(Rectangle place, int argb, String disposal, int delay) {}

  @ParameterizedTest
  @CsvSource({
    "doNotDispose, gif",
    "restoreToBackgroundColor, gif",
    "restoreToPrevious, gif",
    "none, gif"
  })
  void unscaledFramesComeBackAsTheyWereComposed(String disposal, String recipe) throws IOException {
    byte[] source = written(shots(disposal), 0);
    Film expected = read(source);
    Film made = read(make(source, recipe + ",frames:all"));
    assertThat(made.frames()).hasSameSizeAs(expected.frames());
    for (int i = 0; i < expected.frames().size(); i++) {
      assertThat(made.frames().get(i)).as("frame %d", i).isEqualTo(expected.frames().get(i));
    }
    assertThat(made.delays()).isEqualTo(expected.delays());
  }

  @ParameterizedTest
  @CsvSource({"doNotDispose", "restoreToBackgroundColor", "restoreToPrevious"})
  void scaledFramesAreThoseOfTheComposedSource(String disposal) throws IOException {
    byte[] source = written(shots(disposal), 0);
    Film whole = read(source);
    Film made = read(make(source, "fit:24,gif,frames:all"));
    assertThat(made.width()).isEqualTo(24);
    assertThat(made.height()).isEqualTo(18);
    assertThat(made.frames()).hasSameSizeAs(whole.frames());
    int compared = 0;
    for (int i = 0; i < whole.frames().size(); i++) {
      for (int y = 0; y < 18; y++) {
        for (int x = 0; x < 24; x++) {
          if (plainAround(whole.frames().get(i), 2 * x, 2 * y)) {
            int expected = whole.frames().get(i)[2 * y * WIDTH + 2 * x];
            int found = made.frames().get(i)[y * 24 + x];
            assertThat(near(found, expected))
                .as("frame %d at %d, %d: %08x for %08x", i, x, y, found, expected)
                .isTrue();
            compared++;
          }
        }
      }
    }
    assertThat(compared).isGreaterThan(600);
  }

  /** Tells whether all that the kernel sees, six source pixels to each side, has one colour. */
  private static boolean plainAround(int[] frame, int left, int top) {
    for (int y = Math.max(0, top - 6); y <= Math.min(HEIGHT - 1, top + 7); y++) {
      for (int x = Math.max(0, left - 6); x <= Math.min(WIDTH - 1, left + 7); x++) {
        if (frame[y * WIDTH + x] != frame[top * WIDTH + left]) {
          return false;
        }
      }
    }
    return true;
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "7", "-1"})
  void delaysAndRepeatsAreKept(int repeats) throws IOException {
    Film made = read(make(written(shots("doNotDispose"), repeats), "fit:20,gif,frames:all"));
    assertThat(made.delays()).containsExactly(7, 0, 250, 12);
    assertThat(made.repeats()).isEqualTo(repeats);
  }

  @Test
  void onlyTheFirstFrameIsMadeUnlessAllAreAskedFor() throws IOException {
    byte[] source = written(shots("doNotDispose"), 0);
    int[] first = read(source).frames().get(0);
    for (String recipe : List.of("gif", "gif,frames:first")) {
      Film made = read(make(source, recipe));
      assertThat(made.frames()).hasSize(1);
      assertThat(made.frames().get(0)).isEqualTo(first);
    }
    BufferedImage png = ImageIO.read(new ByteArrayInputStream(make(source, "png,frames:all")));
    assertThat(png.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH)).isEqualTo(first);
  }

  @Test
  void aSingleFrameStaysOne() throws IOException {
    byte[] source = written(shots("none").subList(0, 1), 0);
    Film made = read(make(source, "gif,frames:all"));
    assertThat(made.frames()).hasSize(1);
    assertThat(made.frames().get(0)).isEqualTo(read(source).frames().get(0));
  }

  @Test
  void greyFramesAreWrittenToo() throws IOException {
    Film made = read(make(written(shots("doNotDispose"), 0), "grey,gif,frames:all"));
    assertThat(made.frames()).hasSize(4);
    for (int[] frame : made.frames()) {
      for (int argb : frame) {
        assertThat(argb & 0xff).isEqualTo(argb >> 8 & 0xff).isEqualTo(argb >> 16 & 0xff);
      }
    }
  }

  @Test
  void aGreyPictureIsWrittenAsAGif() throws IOException {
    BufferedImage grey = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    assertThat(ImageIO.write(grey, "png", png)).isTrue();
    assertThat(read(make(png.toByteArray(), "gif")).frames().get(0)).containsOnly(0xff000000);
  }

  @Test
  void moreFramesThanTheLimitHasPixelsForAreRefused() throws IOException {
    byte[] source = written(shots("doNotDispose"), 0);
    SourceLimits limits = new SourceLimits(4L * WIDTH * HEIGHT, 1 << 20, 100, 100, 5_000, false);
    assertThat(outcome(source, "gif,frames:all", limits))
        .isInstanceOf(RenditionOutcome.Stored.class);
    assertThat(outcome(source, "contain:49x37,gif,frames:all", limits))
        .isInstanceOfSatisfying(
            RenditionOutcome.Failed.class,
            failed -> {
              assertThat(failed.reason()).isEqualTo(FailureReason.LIMIT_EXCEEDED);
              assertThat(failed.detail()).contains("4 frames of 1813 pixels", "max-pixels");
            });
    assertThat(outcome(source, "contain:49x37,gif", limits))
        .isInstanceOf(RenditionOutcome.Stored.class);
  }

  private static boolean near(int one, int other) {
    boolean near = true;
    for (int shift = 0; shift < 32; shift += 8) {
      near &= Math.abs((one >> shift & 0xff) - (other >> shift & 0xff)) <= 2;
    }
    return near || (one >>> 24) == 0 && (other >>> 24) == 0;
  }

  private static byte[] make(byte[] source, String recipe) throws IOException {
    try (MemoryAssetStore store = new MemoryAssetStore()) {
      assertThat(outcome(store, source, recipe, SourceLimits.DEFAULT))
          .isInstanceOf(RenditionOutcome.Stored.class);
      try (AssetContent content = store.open(TARGET)) {
        return content.stream().readAllBytes();
      }
    }
  }

  private static RenditionOutcome outcome(byte[] source, String recipe, SourceLimits limits)
      throws IOException {
    try (MemoryAssetStore store = new MemoryAssetStore()) {
      return outcome(store, source, recipe, limits);
    }
  }

  private static RenditionOutcome outcome(
      MemoryAssetStore store, byte[] source, String recipe, SourceLimits limits)
      throws IOException {
    store.put(SOURCE, AssetSource.ofBytes(source, "image/gif"));
    RenditionSpec spec = new RenditionSpec("film", Recipe.parse(recipe), TARGET);
    try (LocalRenditionGenerator generator =
        LocalRenditionGenerator.builder(store, store).threads(1).limits(limits).build()) {
      return generator.generate(RenditionRequest.of(SOURCE, spec)).join().outcomes().get(0);
    }
  }

  private static List<Shot> shots(String disposal) {
    return List.of(
        new Shot(new Rectangle(0, 0, WIDTH, HEIGHT), 0xff2040d0, "doNotDispose", 7),
        new Shot(new Rectangle(12, 8, 20, 16), 0xffd02020, disposal, 0),
        new Shot(new Rectangle(24, 16, 24, 20), 0xff20b030, disposal, 250),
        new Shot(new Rectangle(0, 20, 16, 16), 0xffe8d020, disposal, 12));
  }

  // The JDK's writer and reader.

  /**
   * Writes with the JDK.
   *
   * @param repeats how often after the first time, 0 for ever, -1 for no word about it
   */
  private static byte[] written(List<Shot> shots, int repeats) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.prepareWriteSequence(null);
      for (Shot shot : shots) {
        Rectangle place = shot.place();
        BufferedImage image =
            new BufferedImage(place.width, place.height, BufferedImage.TYPE_BYTE_INDEXED);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new java.awt.Color(shot.argb()));
        pen.fillRect(0, 0, place.width, place.height);
        pen.dispose();
        IIOMetadata metadata =
            writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(METADATA);
        IIOMetadataNode where = child(root, "ImageDescriptor");
        where.setAttribute("imageLeftPosition", Integer.toString(place.x));
        where.setAttribute("imageTopPosition", Integer.toString(place.y));
        IIOMetadataNode control = child(root, "GraphicControlExtension");
        control.setAttribute("disposalMethod", shot.disposal());
        control.setAttribute("delayTime", Integer.toString(shot.delay()));
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "FALSE");
        control.setAttribute("transparentColorIndex", "0");
        if (repeats >= 0) {
          IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
          loop.setAttribute("applicationID", "NETSCAPE");
          loop.setAttribute("authenticationCode", "2.0");
          loop.setUserObject(new byte[] {1, (byte) repeats, 0});
          child(root, "ApplicationExtensions").appendChild(loop);
        }
        metadata.setFromTree(METADATA, root);
        writer.writeToSequence(new IIOImage(image, null, metadata), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private static IIOMetadataNode child(IIOMetadataNode root, String name) {
    NodeList found = root.getElementsByTagName(name);
    if (found.getLength() > 0) {
      return (IIOMetadataNode) found.item(0);
    }
    IIOMetadataNode made = new IIOMetadataNode(name);
    root.appendChild(made);
    return made;
  }

  private static Film read(byte[] gif) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream stream = ImageIO.createImageInputStream(new ByteArrayInputStream(gif))) {
      reader.setInput(stream);
      int width = (gif[6] & 0xff) | (gif[7] & 0xff) << 8;
      int height = (gif[8] & 0xff) | (gif[9] & 0xff) << 8;
      BufferedImage canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
      List<int[]> frames = new ArrayList<>();
      List<Integer> delays = new ArrayList<>();
      int repeats = -1;
      for (int i = 0; i < reader.getNumImages(true); i++) {
        IIOMetadataNode root = (IIOMetadataNode) reader.getImageMetadata(i).getAsTree(METADATA);
        int[] before = pixels(canvas);
        IIOMetadataNode where = child(root, "ImageDescriptor");
        int left = Integer.parseInt(where.getAttribute("imageLeftPosition"));
        int top = Integer.parseInt(where.getAttribute("imageTopPosition"));
        BufferedImage frame = reader.read(i);
        Graphics2D pen = canvas.createGraphics();
        pen.drawImage(frame, left, top, null);
        frames.add(pixels(canvas));
        IIOMetadataNode control = child(root, "GraphicControlExtension");
        delays.add(Integer.valueOf(control.getAttribute("delayTime")));
        switch (control.getAttribute("disposalMethod")) {
          case "restoreToBackgroundColor" -> {
            pen.setComposite(AlphaComposite.Clear);
            pen.fillRect(left, top, frame.getWidth(), frame.getHeight());
          }
          case "restoreToPrevious" -> canvas.setRGB(0, 0, width, height, before, 0, width);
          default -> {}
        }
        pen.dispose();
        NodeList loops = root.getElementsByTagName("ApplicationExtension");
        if (i == 0 && loops.getLength() > 0) {
          byte[] data = (byte[]) ((IIOMetadataNode) loops.item(0)).getUserObject();
          repeats = (data[1] & 0xff) | (data[2] & 0xff) << 8;
        }
      }
      return new Film(width, height, frames, delays, repeats);
    } finally {
      reader.dispose();
    }
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
