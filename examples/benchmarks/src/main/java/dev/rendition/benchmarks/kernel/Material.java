package dev.rendition.benchmarks.kernel;

import dev.rendition.benchmarks.picture.Cutout;
import dev.rendition.benchmarks.picture.Pictures;
import dev.rendition.local.raster.Plane;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the kernels work on: the photo that the system property {@code photo} names, brought to 12
 * megapixels, or a drawing where none is named.
 */
final class Material {
  static final int WIDTH = 4000;
  static final int HEIGHT = 3000;

  private Material() {}

  static BufferedImage picture() throws IOException {
    String photo = System.getProperty("photo", "");
    BufferedImage image =
        photo.isEmpty()
            ? Cutout.draw(WIDTH, HEIGHT)
            : Pictures.read(Files.readAllBytes(Path.of(photo)));
    return Pictures.scaled(image, WIDTH, HEIGHT);
  }

  static byte[] jpeg(boolean progressive) throws IOException {
    return Pictures.jpeg(picture(), progressive);
  }

  /** Returns one of the colours of a picture: 16 for red, 8 for green, 0 for blue. */
  static Plane plane(BufferedImage image, int shift) {
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    byte[] samples = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      samples[i] = (byte) (pixels[i] >> shift);
    }
    return new Plane(image.getWidth(), image.getHeight(), samples);
  }
}
