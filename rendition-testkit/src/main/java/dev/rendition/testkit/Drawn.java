package dev.rendition.testkit;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/**
 * The pictures the generator's contract works with, drawn and encoded by the JDK. Their quarters
 * are {@link #TOP_LEFT}, {@link #TOP_RIGHT}, {@link #BOTTOM_LEFT} and {@link #BOTTOM_RIGHT}.
 */
final class Drawn {
  static final Color TOP_LEFT = new Color(200, 40, 40);
  static final Color TOP_RIGHT = new Color(40, 160, 60);
  static final Color BOTTOM_LEFT = new Color(40, 60, 190);
  static final Color BOTTOM_RIGHT = new Color(220, 200, 60);

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

  /**
   * Returns the picture a camera would have stored: turned by an EXIF orientation to {@code
   * upright} (EXIF 2.32, 4.6.4 A, tag 274).
   */
  static BufferedImage storedAs(int orientation, BufferedImage upright) {
    int w = upright.getWidth();
    int h = upright.getHeight();
    boolean turned = orientation >= 5;
    BufferedImage stored =
        new BufferedImage(turned ? h : w, turned ? w : h, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < stored.getHeight(); row++) {
      for (int column = 0; column < stored.getWidth(); column++) {
        int rgb =
            switch (orientation) {
              case 1 -> upright.getRGB(column, row);
              case 2 -> upright.getRGB(w - 1 - column, row);
              case 3 -> upright.getRGB(w - 1 - column, h - 1 - row);
              case 4 -> upright.getRGB(column, h - 1 - row);
              case 5 -> upright.getRGB(row, column);
              case 6 -> upright.getRGB(w - 1 - row, column);
              case 7 -> upright.getRGB(w - 1 - row, h - 1 - column);
              case 8 -> upright.getRGB(row, h - 1 - column);
              default -> throw new IllegalArgumentException("orientation " + orientation);
            };
        stored.setRGB(column, row, rgb);
      }
    }
    return stored;
  }

  static byte[] jpeg(BufferedImage picture) {
    return encode(picture, "jpeg");
  }

  static byte[] png(BufferedImage picture) {
    return encode(picture, "png");
  }

  static byte[] gif(BufferedImage picture) {
    return encode(picture, "gif");
  }

  /** Reads a picture with the JDK. */
  static BufferedImage decode(byte[] bytes) throws IOException {
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(bytes));
    if (picture == null) {
      throw new IOException("the JDK knows no picture of " + bytes.length + " bytes");
    }
    return picture;
  }

  /** Puts an EXIF segment that holds an orientation behind the start of a JPEG. */
  static byte[] withOrientation(int orientation, byte[] jpeg) {
    ByteBuffer exif = exif(32);
    entries(exif, 1);
    entry(exif, 0x0112, 3, 1, orientation << 16);
    exif.putInt(0);
    return insert(jpeg, segment(0xe1, exif.array()));
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
    return insert(packed, segment(0xe1, exif.array()));
  }

  private static byte[] encode(BufferedImage picture, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(picture, format, bytes)) {
        throw new IllegalArgumentException("the JDK writes no such " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
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
