package dev.rendition.testkit;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;

/** What the contract of generators looks for in a rendition of {@link Charts#orientation}. */
final class Looks {
  /** How far a colour channel may be off after JPEG has been written twice, of 255. */
  private static final int TOLERANCE = 12;

  private Looks() {}

  static void assertUpright(BufferedImage picture) {
    assertQuarters(
        picture, Charts.UPPER_LEFT, Charts.UPPER_RIGHT, Charts.LOWER_LEFT, Charts.LOWER_RIGHT);
  }

  /** Compares the middles of the quarters with four colours, in reading order. */
  static void assertQuarters(BufferedImage picture, Color... expected) {
    int left = picture.getWidth() / 4;
    int right = picture.getWidth() - 1 - left;
    int top = picture.getHeight() / 4;
    int bottom = picture.getHeight() - 1 - top;
    assertColour(picture, left, top, expected[0]);
    assertColour(picture, right, top, expected[1]);
    assertColour(picture, left, bottom, expected[2]);
    assertColour(picture, right, bottom, expected[3]);
  }

  static void assertColour(BufferedImage picture, int x, int y, Color expected) {
    ImageAssert.assertThatImage(picture).hasPixelNear(x, y, expected, TOLERANCE);
  }

  static int alpha(BufferedImage picture, int x, int y) {
    return picture.getRGB(x, y) >>> 24;
  }

  /** The first sample as it is stored, scaled to 8 bits: getRGB would brighten greys. */
  static int sample(BufferedImage picture, int x, int y) {
    int bits = picture.getColorModel().getComponentSize(0);
    int index = picture.getRaster().getSample(x, y, 0);
    return picture.getColorModel() instanceof IndexColorModel palette
        ? palette.getRed(index)
        : index >> (bits - 8);
  }
}
