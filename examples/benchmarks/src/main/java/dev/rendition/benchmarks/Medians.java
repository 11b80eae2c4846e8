package dev.rendition.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Medians of rounds. */
final class Medians {
  private Medians() {}

  /**
   * Returns the median of a figure: the middle one, or the mean of the middle two.
   *
   * @param samples 1 or more
   */
  static double of(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    return of(samples.stream().mapToDouble(figure).toArray());
  }

  /** Returns the median of the ratios of CPU, round by round. */
  static double ratio(List<Sample> ours, List<Sample> theirs) {
    double[] ratios = new double[Math.min(ours.size(), theirs.size())];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = ours.get(i).cpu() / theirs.get(i).cpu();
    }
    return of(ratios);
  }

  private static double of(double[] figures) {
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
