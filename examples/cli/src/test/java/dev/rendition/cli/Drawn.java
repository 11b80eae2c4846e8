package dev.rendition.cli;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Pictures drawn for tests: the left half red, the right half blue. */
final class Drawn {
  private Drawn() {}

  /** Draws a file in the format its name ends with, and the folders it lies in. */
  static Path file(Path file, int width, int height) throws IOException {
    String name = file.getFileName().toString();
    return file(file, width, height, name.substring(name.lastIndexOf('.') + 1));
  }

  static Path file(Path file, int width, int height, String format) throws IOException {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    pen.setColor(Color.RED);
    pen.fillRect(0, 0, width / 2, height);
    pen.setColor(Color.BLUE);
    pen.fillRect(width / 2, 0, width - width / 2, height);
    pen.dispose();
    Files.createDirectories(file.toAbsolutePath().getParent());
    if (!ImageIO.write(picture, format, file.toFile())) {
      throw new IOException("the JDK writes no " + format);
    }
    return file;
  }
}
