package dev.rendition.benchmarks.kernel;

import dev.rendition.benchmarks.picture.Pictures;
import dev.rendition.local.jpeg.JpegAttachments;
import dev.rendition.local.jpeg.JpegEncoder;
import dev.rendition.local.jpeg.JpegSettings;
import dev.rendition.local.jpeg.JpegSubsampling;
import dev.rendition.local.png.PngEncoder;
import dev.rendition.local.png.PngSettings;
import dev.rendition.local.raster.Plane;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The encoders alone on 1600 × 1200 pixels: JPEG of quality 80 from three equally large planes, and
 * PNG. The planes are red, green and blue: to the encoder they are planes like any other.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EncodeBenchmark {
  private static final JpegSettings STANDARD =
      JpegSettings.ofQuality(80).with(JpegSubsampling.FULL);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 20);
  private final JpegEncoder standard = JpegEncoder.of(STANDARD);
  private final JpegEncoder optimised =
      JpegEncoder.of(STANDARD.with(JpegSettings.Tables.OPTIMISED));
  private final JpegEncoder progressive =
      JpegEncoder.of(STANDARD.with(JpegSettings.Layout.PROGRESSIVE));
  private final PngEncoder png = PngEncoder.of(PngSettings.DEFAULT);
  private List<Plane> planes = List.of();

  @Setup
  public void draw() throws IOException {
    BufferedImage image = Pictures.scaled(Material.picture(), 1600, 1200);
    planes = List.of(Material.plane(image, 16), Material.plane(image, 8), Material.plane(image, 0));
  }

  @Benchmark
  public int jpegStandard() throws IOException {
    return jpeg(standard);
  }

  @Benchmark
  public int jpegOptimised() throws IOException {
    return jpeg(optimised);
  }

  @Benchmark
  public int jpegProgressive() throws IOException {
    return jpeg(progressive);
  }

  @Benchmark
  public int png() throws IOException {
    out.reset();
    png.encode(planes, out);
    return out.size();
  }

  private int jpeg(JpegEncoder encoder) throws IOException {
    out.reset();
    encoder.encode(planes.get(0), planes.get(1), planes.get(2), JpegAttachments.NONE, out);
    return out.size();
  }
}
