package dev.rendition.local.jpeg;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Measures what decoding costs: {@code JpegDecoderBench folder [rounds]} prints for each JPEG of a
 * folder the lowest CPU time in milliseconds at each scale, and that of the JDK's decoder.
 */
final class JpegDecoderBench {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private JpegDecoderBench() {}

  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 15;
    List<Path> photos;
    try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
      photos = files.filter(f -> f.toString().endsWith(".jpg")).sorted().toList();
    }
    DecoderScratch scratch = new DecoderScratch();
    System.out.printf(Locale.ROOT, "%-42s %7s %7s %7s %7s %7s%n", "", "1", "2", "4", "8", "JDK");
    for (Path photo : photos) {
      byte[] bytes = Files.readAllBytes(photo);
      double[][] millis = new double[5][rounds];
      for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < 4; i++) {
          long start = THREADS.getCurrentThreadCpuTime();
          decode(bytes, 1 << i, scratch);
          millis[i][round] = (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
        }
        long start = THREADS.getCurrentThreadCpuTime();
        decodeByJdk(bytes);
        millis[4][round] = (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
      }
      StringBuilder line = new StringBuilder();
      for (double[] each : millis) {
        Arrays.sort(each);
        line.append(String.format(Locale.ROOT, " %7.1f", each[0]));
      }
      System.out.printf(Locale.ROOT, "%-42s%s%n", photo.getFileName(), line);
    }
  }

  private static void decode(byte[] bytes, int scale, DecoderScratch scratch) throws IOException {
    JpegDecoder decoder =
        JpegDecoder.open(new ByteArrayInputStream(bytes), JpegLimits.DEFAULT, scratch);
    decoder.decode(scale, (plane, first, count, samples, offset, stride) -> {}, () -> false);
  }

  private static void decodeByJdk(byte[] bytes) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    try {
      reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)));
      Raster raster = reader.readRaster(0, null);
      if (raster.getWidth() < 1) {
        throw new IllegalStateException();
      }
    } finally {
      reader.dispose();
    }
  }
}
