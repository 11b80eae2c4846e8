package dev.rendition.cli;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Draws a landscape of 4000 × 3000 pixels with smooth sky, hard edges, fine texture and lettering,
 * the same each time.
 */
final class SamplePicture {
  static final int WIDTH = 4_000;
  static final int HEIGHT = 3_000;
  private static final int HORIZON = 1_700;
  private static final float QUALITY = 0.92f;

  private static final List<String> LETTERS =
      List.of(
          "###. #### #..# ###. ### ### ### .##. #..#",
          "#..# #... ##.# #..# .#. .#. .#. #..# ##.#",
          "###. ###. #.## #..# .#. .#. .#. #..# #.##",
          "#.#. #... #..# #..# .#. .#. .#. #..# #..#",
          "#..# #### #..# ###. ### .#. ### .##. #..#");

  private SamplePicture() {}

  /** Returns the picture as a JPEG, drawn when it is opened. */
  static Original original(String tenant) {
    return new Original.Usable(
        "sample.jpg",
        AssetKey.of(tenant, "sample.jpg"),
        () -> AssetSource.ofBytes(jpeg(), "image/jpeg"));
  }

  static byte[] jpeg() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4 << 20);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(QUALITY);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(draw(), null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  static BufferedImage draw() {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    Random random = new Random(12);
    sky(pen);
    mountains(pen, random);
    meadow(pen, random);
    house(pen);
    pen.dispose();
    grain(picture, random);
    return picture;
  }

  private static void sky(Graphics2D pen) {
    pen.setPaint(
        new GradientPaint(0, 0, new Color(38, 84, 158), 0, HORIZON, new Color(244, 214, 182)));
    pen.fillRect(0, 0, WIDTH, HORIZON);
    for (int ring = 60; ring > 0; ring--) {
      pen.setColor(new Color(255, 240, 200, 6));
      double radius = 140 + ring * 9.0;
      pen.fill(new Ellipse2D.Double(2_950 - radius, 520 - radius, 2 * radius, 2 * radius));
    }
    pen.setColor(new Color(255, 248, 225));
    pen.fill(new Ellipse2D.Double(2_810, 380, 280, 280));
  }

  private static void mountains(Graphics2D pen, Random random) {
    for (int layer = 0; layer < 4; layer++) {
      Path2D.Double ridge = new Path2D.Double();
      ridge.moveTo(0, HORIZON + 1);
      double height = 620 - layer * 130;
      for (int x = 0; x <= WIDTH; x += 40) {
        double wave = Math.sin(x / (310.0 + 90 * layer) + layer * 2) * 0.5 + 0.5;
        ridge.lineTo(x, HORIZON - height * (0.35 + 0.65 * wave) - random.nextInt(28));
      }
      ridge.lineTo(WIDTH, HORIZON + 1);
      ridge.closePath();
      pen.setColor(new Color(120 - 24 * layer, 132 - 16 * layer, 160 - 28 * layer));
      pen.fill(ridge);
    }
  }

  private static void meadow(Graphics2D pen, Random random) {
    pen.setPaint(
        new GradientPaint(0, HORIZON, new Color(126, 148, 70), 0, HEIGHT, new Color(44, 78, 30)));
    pen.fillRect(0, HORIZON, WIDTH, HEIGHT - HORIZON);
    for (int blade = 0; blade < 60_000; blade++) {
      int y = HORIZON + (int) (Math.pow(random.nextDouble(), 0.6) * (HEIGHT - HORIZON));
      int x = random.nextInt(WIDTH);
      double near = (y - HORIZON) / (double) (HEIGHT - HORIZON);
      pen.setStroke(new BasicStroke((float) (0.8 + 2.4 * near)));
      int green = 90 + random.nextInt(110);
      boolean flower = random.nextInt(40) == 0;
      pen.setColor(
          flower
              ? Color.getHSBColor(random.nextFloat(), 0.7f, 0.95f)
              : new Color(green * 2 / 3, green, 40 + random.nextInt(30)));
      int length = (int) (6 + 60 * near);
      if (flower) {
        pen.fill(new Ellipse2D.Double(x, y - length, 3 + 14 * near, 3 + 14 * near));
      } else {
        pen.drawLine(x, y, x + random.nextInt(13) - 6, y - length);
      }
    }
  }

  private static void house(Graphics2D pen) {
    pen.setColor(new Color(236, 226, 208));
    pen.fillRect(700, 1_420, 760, 560);
    pen.setColor(new Color(150, 52, 40));
    Path2D.Double roof = new Path2D.Double();
    roof.moveTo(640, 1_430);
    roof.lineTo(1_080, 1_090);
    roof.lineTo(1_520, 1_430);
    roof.closePath();
    pen.fill(roof);
    pen.setColor(new Color(52, 66, 84));
    for (int window = 0; window < 3; window++) {
      pen.fillRect(770 + window * 230, 1_520, 150, 190);
    }
    pen.setColor(new Color(94, 62, 38));
    pen.fillRect(1_000, 1_760, 160, 220);
    pen.setColor(new Color(30, 30, 34));
    letters(pen, 855, 1_447);
    pen.setStroke(new BasicStroke(3));
    for (int line = 0; line < 24; line++) {
      pen.drawLine(1_560 + line * 22, 1_980, 1_560 + line * 22, 1_820 + (line % 2) * 12);
    }
    pen.drawLine(1_560, 1_860, 2_066, 1_860);
  }

  /** Writes RENDITION in blocks of our own, for a machine may have no fonts. */
  private static void letters(Graphics2D pen, int left, int top) {
    for (int row = 0; row < LETTERS.size(); row++) {
      String line = LETTERS.get(row);
      for (int column = 0; column < line.length(); column++) {
        if (line.charAt(column) == '#') {
          pen.fillRect(left + column * 11, top + row * 9, 11, 9);
        }
      }
    }
  }

  /** Adds the noise of a sensor, so that the picture weighs what a photo weighs. */
  private static void grain(BufferedImage picture, Random random) {
    int[] row = new int[WIDTH];
    for (int y = 0; y < HEIGHT; y++) {
      picture.getRGB(0, y, WIDTH, 1, row, 0, WIDTH);
      for (int x = 0; x < WIDTH; x++) {
        int noise = (random.nextInt() >>> 29) + (random.nextInt() >>> 29) - 7;
        row[x] =
            level(row[x] >> 16, noise) << 16
                | level(row[x] >> 8, noise) << 8
                | level(row[x], noise);
      }
      picture.setRGB(0, y, WIDTH, 1, row, 0, WIDTH);
    }
  }

  private static int level(int value, int noise) {
    return Math.max(0, Math.min(255, (value & 0xff) + noise));
  }
}
