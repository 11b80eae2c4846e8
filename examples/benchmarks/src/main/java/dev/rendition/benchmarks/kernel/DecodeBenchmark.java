package dev.rendition.benchmarks.kernel;

import dev.rendition.local.jpeg.JpegDecoder;
import dev.rendition.local.jpeg.JpegLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The JPEG decoder alone, rows thrown away. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecodeBenchmark {
  @Param({"1", "2", "4", "8"})
  int scale;

  @Param({"false", "true"})
  boolean progressive;

  private byte[] source = {};

  @Setup
  public void draw() throws IOException {
    source = Material.jpeg(progressive);
  }

  @Benchmark
  public void decode(Blackhole sink) throws IOException {
    sink.consume(
        JpegDecoder.open(new ByteArrayInputStream(source), JpegLimits.DEFAULT)
            .decode(
                scale,
                (plane, firstRow, rowCount, samples, offset, stride) ->
                    sink.consume(samples[offset]),
                () -> false));
  }
}
