package dev.rendition.benchmarks.picture;

import dev.rendition.local.icc.GammaProfile;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Attaches to a JPEG what cameras and phones attach. */
public final class Attached {
  /** White, red, green and blue of Display P3: x and y × 100,000 (SMPTE EG 432-1; D65). */
  private static final long[] P3 = {31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000};

  private Attached() {}

  /** Marks a JPEG as lying on its left side: EXIF orientation 6, shown turned right. */
  public static byte[] lying(byte[] jpeg) {
    ByteBuffer exif = ByteBuffer.allocate(32);
    exif.put("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8);
    // One entry: tag 274, of type SHORT, one value; no further directory.
    exif.putShort((short) 1).putShort((short) 274).putShort((short) 3).putInt(1);
    exif.putShort((short) 6).putShort((short) 0).putInt(0);
    return with(jpeg, 0xe1, exif.array());
  }

  /**
   * Returns a picture turned to the left, so that its upper right corner comes to the upper left.
   */
  public static BufferedImage turnedLeft(BufferedImage image) {
    return turned(image, -1);
  }

  /**
   * Returns a picture turned to the right, so that its lower left corner comes to the upper left.
   */
  public static BufferedImage turnedRight(BufferedImage image) {
    return turned(image, 1);
  }

  /** Gives a JPEG a profile of the primaries of Display P3 and a gamma of 2.2. */
  public static byte[] inP3(byte[] jpeg) {
    byte[] profile = GammaProfile.of(45_455, P3, false).orElseThrow();
    byte[] name = "ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII);
    return with(
        jpeg,
        0xe2,
        ByteBuffer.allocate(name.length + profile.length).put(name).put(profile).array());
  }

  private static BufferedImage turned(BufferedImage image, int quarters) {
    int width = image.getHeight();
    int height = image.getWidth();
    BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = copy.createGraphics();
    pen.translate(quarters > 0 ? width : 0, quarters > 0 ? 0 : height);
    pen.rotate(quarters * Math.PI / 2);
    pen.drawImage(image, 0, 0, null);
    pen.dispose();
    return copy;
  }

  /** Puts a segment behind the first one, which is JFIF's. */
  private static byte[] with(byte[] jpeg, int marker, byte[] content) {
    int behind = 4 + ((jpeg[4] & 0xff) << 8 | jpeg[5] & 0xff);
    ByteBuffer out = ByteBuffer.allocate(jpeg.length + 4 + content.length);
    out.put(jpeg, 0, behind).put((byte) 0xff).put((byte) marker);
    out.putShort((short) (content.length + 2)).put(content);
    return out.put(jpeg, behind, jpeg.length - behind).array();
  }
}
