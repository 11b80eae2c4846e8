package dev.rendition.benchmarks.kernel;

import dev.rendition.local.raster.Plane;
import dev.rendition.local.resample.Orientation;
import dev.rendition.local.resample.RowResampler;
import dev.rendition.local.resample.Scratch;
import dev.rendition.local.resample.Window;
import java.io.IOException;
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

/** One plane of a 12 megapixel picture decoded at a half, and the cascade of its five targets. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ResampleBenchmark {
  private static final int[] WIDTHS = {1600, 1200, 800, 400, 200};

  private final Scratch scratch = new Scratch();
  private Plane source = Plane.ofSize(1, 1);

  @Setup
  public void draw() throws IOException {
    Plane full = Material.plane(Material.picture(), 8);
    source = Plane.ofSize(Material.WIDTH / 2, Material.HEIGHT / 2);
    for (int y = 0; y < source.height(); y++) {
      for (int x = 0; x < source.width(); x++) {
        source.samples()[y * source.width() + x] = (byte) full.at(2 * x, 2 * y);
      }
    }
  }

  @Benchmark
  public Plane cascade() {
    Plane current = source;
    for (int width : WIDTHS) {
      current = scaled(current, width);
    }
    return current;
  }

  @Benchmark
  public Plane largest() {
    return scaled(source, WIDTHS[0]);
  }

  private Plane scaled(Plane from, int width) {
    Plane target = Plane.ofSize(width, from.height() * width / from.width());
    try (RowResampler resampler =
        new RowResampler(
            from.width(),
            from.height(),
            Window.whole(from.width(), from.height()),
            Orientation.UPRIGHT,
            target,
            scratch)) {
      resampler.rows(0, from.height(), from.samples(), 0, from.width());
    }
    return target;
  }
}
