package dev.rendition.testkit;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.util.Random;

/**
 * Pictures that are drawn, the same at every call, each for one question. Sizes are in pixels, 1 to
 * 20000 a side. {@link Encoded} turns them into files.
 */
public final class Charts {
  /** Colour of {@link #orientation}'s upper left quadrant. */
  public static final Color UPPER_LEFT = new Color(0xd0, 0x20, 0x20);

  /** Colour of {@link #orientation}'s upper right quadrant. */
  public static final Color UPPER_RIGHT = new Color(0x20, 0xb0, 0x30);

  /** Colour of {@link #orientation}'s lower left quadrant. */
  public static final Color LOWER_LEFT = new Color(0x20, 0x40, 0xd0);

  /** Colour of {@link #orientation}'s lower right quadrant. */
  public static final Color LOWER_RIGHT = new Color(0xe8, 0xd0, 0x20);

  private Charts() {}

  /**
   * Draws which way up a picture is: four quadrants of four colours, and a white bar along the
   * upper side of the left upper one, a tenth of the height thick, so that turning and mirroring
   * each show. Quadrants meet at {@code width / 2}, {@code height / 2}, rounded down.
   */
  public static BufferedImage orientation(int width, int height) {
    BufferedImage image = opaque(width, height);
    Graphics2D pen = image.createGraphics();
    int x = width / 2;
    int y = height / 2;
    fill(pen, UPPER_LEFT, 0, 0, x, y);
    fill(pen, UPPER_RIGHT, x, 0, width - x, y);
    fill(pen, LOWER_LEFT, 0, y, x, height - y);
    fill(pen, LOWER_RIGHT, x, y, width - x, height - y);
    fill(pen, Color.WHITE, 0, 0, width / 4, height / 10);
    pen.dispose();
    return image;
  }

  /**
   * Draws red rising from left to right, green from top to bottom, blue falling from left to right:
   * the sample at {@code x} of {@code n} is {@code round(255 x / (n - 1))}.
   */
  public static BufferedImage gradient(int width, int height) {
    BufferedImage image = opaque(width, height);
    for (int y = 0; y < height; y++) {
      int green = ramp(y, height);
      for (int x = 0; x < width; x++) {
        int red = ramp(x, width);
        image.setRGB(x, y, red << 16 | green << 8 | 255 - red);
      }
    }
    return image;
  }

  private static int ramp(int at, int count) {
    return count == 1 ? 0 : (int) Math.round(255.0 * at / (count - 1));
  }

  /** Draws one colour. */
  public static BufferedImage plain(int width, int height, Color colour) {
    BufferedImage image = opaque(width, height);
    Graphics2D pen = image.createGraphics();
    fill(pen, colour, 0, 0, width, height);
    pen.dispose();
    return image;
  }

  /** Draws columns of one pixel, black and white in turn, black first: what aliasing spoils. */
  public static BufferedImage stripes(int width, int height) {
    BufferedImage image = opaque(width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 1; x < width; x += 2) {
        image.setRGB(x, y, 0xffffff);
      }
    }
    return image;
  }

  /**
   * Draws transparency: the left half wholly transparent (and green underneath, which must never
   * show), the right half red whose alpha rises from 0 at the top to 255 at the bottom.
   */
  public static BufferedImage alphaEdge(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < height; y++) {
      int alpha = ramp(y, height);
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, x < width / 2 ? 0x0000ff00 : alpha << 24 | 0xff0000);
      }
    }
    return image;
  }

  /** Draws a left half that is transparent beside a right half of {@link #UPPER_LEFT}. */
  static BufferedImage halfTransparent(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D pen = image.createGraphics();
    fill(pen, UPPER_LEFT, width / 2, 0, width - width / 2, height);
    pen.dispose();
    return image;
  }

  /** Draws one grey; the samples are written as they are, without any conversion of colour. */
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

  /** Draws the quadrants of {@link #orientation}, without the bar, by a palette of four. */
  static BufferedImage indexed(int width, int height) {
    Color[] palette = {UPPER_LEFT, UPPER_RIGHT, LOWER_LEFT, LOWER_RIGHT};
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
   * Draws something with the statistics of a photo: soft light, edges at all angles, fine lines and
   * sensor noise. A seed stands for a scene.
   */
  public static BufferedImage photo(int width, int height, long seed) {
    BufferedImage image = gradient(width, height);
    Random random = new Random(seed);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    double side = Math.max(2, Math.min(width, height));
    for (int i = 0; i < 60; i++) {
      double size = side * (0.02 + 0.25 * random.nextDouble());
      pen.setColor(
          new Color(
              random.nextInt(256),
              random.nextInt(256),
              random.nextInt(256),
              60 + random.nextInt(196)));
      double x = random.nextDouble() * width;
      double y = random.nextDouble() * height;
      if (i % 3 == 0) {
        pen.setStroke(new BasicStroke((float) (1 + side / 400)));
        pen.drawLine((int) x, (int) y, (int) (x + size * 2 - side / 4), (int) (y + size));
      } else {
        pen.fill(new Ellipse2D.Double(x - size / 2, y - size / 2, size, size * 0.7));
      }
    }
    pen.dispose();
    addNoise(image, random);
    return image;
  }

  private static void addNoise(BufferedImage image, Random random) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        int noise = random.nextInt(13) - 6;
        image.setRGB(
            x,
            y,
            clamp((rgb >> 16 & 255) + noise) << 16
                | clamp((rgb >> 8 & 255) + noise) << 8
                | clamp((rgb & 255) + noise));
      }
    }
  }

  private static int clamp(int sample) {
    return Math.max(0, Math.min(255, sample));
  }

  private static BufferedImage opaque(int width, int height) {
    return new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
  }

  private static void fill(Graphics2D pen, Color colour, int x, int y, int width, int height) {
    pen.setColor(colour);
    pen.fillRect(x, y, width, height);
  }
}
