package dev.rendition.local.resample;

import dev.rendition.local.raster.Plane;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * Prints the CPU time of the cascade of one photograph: luma of 2000 × 1500 and two chroma planes
 * of 1000 × 750 to 1600, 1200, 800, 400 and 200 wide, 4:2:0. First argument: rounds.
 */
final class ResampleBench {
  private static final int[] WIDTHS = {1600, 1200, 800, 400, 200};

  private ResampleBench() {}

  public static void main(String[] arguments) {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 150;
    Plane luma = noise(2000, 1500);
    Plane[] chroma = {noise(1000, 750), noise(1000, 750)};
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Resampler resampler = new Resampler(new Scratch());
    long[][] times = new long[WIDTHS.length + 1][rounds];
    for (int round = 0; round < rounds; round++) {
      Plane[] from = {luma, chroma[0], chroma[1]};
      for (int i = 0; i < WIDTHS.length; i++) {
        long before = threads.getCurrentThreadCpuTime();
        int width = WIDTHS[i];
        int height = width * 3 / 4;
        for (int plane = 0; plane < 3; plane++) {
          int half = plane == 0 ? 1 : 2;
          Window whole = Window.whole(from[plane].width(), from[plane].height());
          from[plane] = resampler.scale(from[plane], whole, width / half, height / half);
        }
        long spent = threads.getCurrentThreadCpuTime() - before;
        times[i][round] = spent;
        times[WIDTHS.length][round] += spent;
      }
    }
    for (int i = 0; i <= WIDTHS.length; i++) {
      Arrays.sort(times[i]);
      System.out.printf(
          Locale.ROOT,
          "%s: median %.2f ms, best tenth %.2f ms of CPU%n",
          i < WIDTHS.length ? "to " + WIDTHS[i] : "all five",
          times[i][rounds / 2] / 1e6,
          times[i][rounds / 10] / 1e6);
    }
  }

  private static Plane noise(int width, int height) {
    Plane plane = Plane.ofSize(width, height);
    Random random = new Random(1);
    for (int i = 0; i < plane.samples().length; i++) {
      plane.samples()[i] = (byte) (60 + random.nextInt(120));
    }
    return plane;
  }
}
