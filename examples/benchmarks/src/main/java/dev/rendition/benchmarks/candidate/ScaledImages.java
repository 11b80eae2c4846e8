package dev.rendition.benchmarks.candidate;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Decodes once with ImageIO, has somebody scale the whole picture for each target, encodes. */
final class ScaledImages implements Candidate {
  /** Scales a picture to a size. */
  @FunctionalInterface
  interface Scaler {
    BufferedImage scale(BufferedImage image, int width, int height) throws IOException;
  }

  private final Scaler scaler;

  ScaledImages(Scaler scaler) {
    this.scaler = scaler;
  }

  @Override
  public Map<Target, byte[]> make(Workload workload, byte[] source) throws IOException {
    BufferedImage image = JdkCodec.read(source);
    Map<Target, byte[]> made = new LinkedHashMap<>();
    for (Target target : workload.targets()) {
      int height = JdkCodec.height(image, target.width());
      BufferedImage small = scaler.scale(image, target.width(), height);
      made.put(target, JdkCodec.write(small, target.format()));
    }
    return made;
  }

  /** Halves with Java 2D as long as that leaves enough, then goes to the size. */
  static Scaler java2d(Object interpolation) {
    return (image, width, height) -> {
      BufferedImage current = image;
      while (current.getWidth() / 2 > width && current.getHeight() / 2 > height) {
        current = draw(current, current.getWidth() / 2, current.getHeight() / 2, interpolation);
      }
      return draw(current, width, height, interpolation);
    };
  }

  private static BufferedImage draw(
      BufferedImage image, int width, int height, Object interpolation) {
    boolean alpha = image.getColorModel().hasAlpha();
    int type = alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
    BufferedImage small = new BufferedImage(width, height, type);
    Graphics2D pen = small.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, interpolation);
    pen.drawImage(image, 0, 0, width, height, null);
    pen.dispose();
    return small;
  }
}
