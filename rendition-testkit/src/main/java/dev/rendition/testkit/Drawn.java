package dev.rendition.testkit;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The pictures the generator's contract works with, drawn by the JDK. Their quarters are {@link
 * #TOP_LEFT}, {@link #TOP_RIGHT}, {@link #BOTTOM_LEFT} and {@link #BOTTOM_RIGHT}.
 */
final class Drawn {
  static final Color TOP_LEFT = Charts.UPPER_LEFT;
  static final Color TOP_RIGHT = Charts.UPPER_RIGHT;
  static final Color BOTTOM_LEFT = Charts.LOWER_LEFT;
  static final Color BOTTOM_RIGHT = Charts.LOWER_RIGHT;

  private Drawn() {}

  static BufferedImage quarters(int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    pen.setColor(TOP_LEFT);
    pen.fillRect(0, 0, width / 2, height / 2);
    pen.setColor(TOP_RIGHT);
    pen.fillRect(width / 2, 0, width - width / 2, height / 2);
    pen.setColor(BOTTOM_LEFT);
    pen.fillRect(0, height / 2, width / 2, height - height / 2);
    pen.setColor(BOTTOM_RIGHT);
    pen.fillRect(width / 2, height / 2, width - width / 2, height - height / 2);
    pen.dispose();
    return picture;
  }

  /** A picture whose left half is transparent and whose right half is {@link #TOP_LEFT}. */
  static BufferedImage halfTransparent(int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D pen = picture.createGraphics();
    pen.setColor(TOP_LEFT);
    pen.fillRect(width / 2, 0, width - width / 2, height);
    pen.dispose();
    return picture;
  }

  /** A grey picture; the samples are written as they are, without any conversion of colour. */
  static BufferedImage grey(int width, int height, int type, int sample) {
    BufferedImage picture = new BufferedImage(width, height, type);
    WritableRaster raster = picture.getRaster();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        raster.setSample(x, y, 0, sample);
      }
    }
    return picture;
  }

  /** The quarters with a palette of four entries. */
  static BufferedImage indexed(int width, int height) {
    Color[] palette = {TOP_LEFT, TOP_RIGHT, BOTTOM_LEFT, BOTTOM_RIGHT};
    byte[] red = new byte[4];
    byte[] green = new byte[4];
    byte[] blue = new byte[4];
    for (int i = 0; i < 4; i++) {
      red[i] = (byte) palette[i].getRed();
      green[i] = (byte) palette[i].getGreen();
      blue[i] = (byte) palette[i].getBlue();
    }
    BufferedImage picture =
        new BufferedImage(
            width,
            height,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(2, 4, red, green, blue));
    WritableRaster raster = picture.getRaster();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        raster.setSample(x, y, 0, (x < width / 2 ? 0 : 1) + (y < height / 2 ? 0 : 2));
      }
    }
    return picture;
  }

  /** Encodes to JPEG as the picture is, grey as grey. */
  static byte[] jpeg(BufferedImage picture) {
    return Encoded.write(picture, "jpeg", 0.9);
  }

  /**
   * Puts what cameras and editors leave in a JPEG behind its start: an EXIF segment with a maker, a
   * place and a thumbnail, an XMP packet and a comment. {@code secret} stands in each; it has 11
   * characters of ASCII.
   */
  static byte[] withMetadata(String secret, byte[] jpeg) {
    byte[] thumbnail =
        insert(jpeg(quarters(16, 16)), segment(0xfe, secret.getBytes(StandardCharsets.US_ASCII)));
    byte[] text = (secret + '\0').getBytes(StandardCharsets.US_ASCII);
    if (text.length != 12) {
      throw new IllegalArgumentException("the secret has 11 characters, was " + secret);
    }
    // Offsets count from the TIFF header: IFD0 at 8, its text at 38, the GPS IFD at 50, its text
    // at 68, IFD1 at 80, the thumbnail at 110.
    ByteBuffer exif = exif(110 + thumbnail.length);
    entries(exif, 2);
    entry(exif, 0x010f, 2, 12, 38);
    entry(exif, 0x8825, 4, 1, 50);
    exif.putInt(80);
    exif.put(text);
    entries(exif, 1);
    entry(exif, 0x001d, 2, 12, 68);
    exif.putInt(0);
    exif.put(text);
    entries(exif, 2);
    entry(exif, 0x0201, 4, 1, 110);
    entry(exif, 0x0202, 4, 1, thumbnail.length);
    exif.putInt(0);
    exif.put(thumbnail);
    String xmp =
        "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf="
            + "'http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description xmlns:dc="
            + "'http://purl.org/dc/elements/1.1/' dc:format='"
            + secret
            + "'/></rdf:RDF></x:xmpmeta>";
    byte[] commented = insert(jpeg, segment(0xfe, secret.getBytes(StandardCharsets.US_ASCII)));
    byte[] packed = insert(commented, segment(0xe1, xmp.getBytes(StandardCharsets.UTF_8)));
    return insert(packed, segment(0xe1, bytes(exif)));
  }

  private static byte[] bytes(ByteBuffer filled) {
    byte[] bytes = new byte[filled.position()];
    filled.flip().get(bytes);
    return bytes;
  }

  /** Begins an EXIF segment's content: its name, then a big-endian TIFF of {@code size} bytes. */
  private static ByteBuffer exif(int size) {
    ByteBuffer exif = ByteBuffer.allocate(6 + size);
    exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    exif.put(new byte[] {'M', 'M', 0, 42});
    exif.putInt(8);
    return exif;
  }

  private static void entries(ByteBuffer exif, int count) {
    exif.putShort((short) count);
  }

  private static void entry(ByteBuffer exif, int tag, int type, int count, int value) {
    exif.putShort((short) tag);
    exif.putShort((short) type);
    exif.putInt(count);
    exif.putInt(value);
  }

  private static byte[] segment(int marker, byte[] content) {
    ByteBuffer segment = ByteBuffer.allocate(4 + content.length);
    segment.put((byte) 0xff);
    segment.put((byte) marker);
    segment.putShort((short) (2 + content.length));
    segment.put(content);
    return segment.array();
  }

  private static byte[] insert(byte[] jpeg, byte[] segment) {
    ByteBuffer all = ByteBuffer.allocate(jpeg.length + segment.length);
    all.put(jpeg, 0, 2);
    all.put(segment);
    all.put(jpeg, 2, jpeg.length - 2);
    return all.array();
  }
}
