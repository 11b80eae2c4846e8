package dev.rendition.local.gif;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A box of cells of the colour cube, which becomes one colour of a palette. */
final class GifColourBox {
  private static final int SIDE = 32;

  /** How many cells the cube has: red × 1024 + green × 32 + blue, each of 5 bits. */
  static final int CELLS = SIDE * SIDE * SIDE;

  private final int[] counts;
  private final long[][] sums;

  /** By channel: the first cell inside and the first one behind. */
  private final int[] low;

  private final int[] high;
  private long count;
  private final long[] total = new long[3];
  private double error;
  private int widest;

  private GifColourBox(int[] counts, long[][] sums, int[] low, int[] high) {
    this.counts = counts;
    this.sums = sums;
    this.low = low;
    this.high = high;
    measure();
  }

  /**
   * Cuts the cube into boxes, always the worst one next, until there are enough or all are exact.
   *
   * @param counts by cell: how many pixels
   * @param sums by channel and cell: the sum of their samples
   */
  static List<GifColourBox> cut(int[] counts, long[][] sums, int limit) {
    List<GifColourBox> boxes = new ArrayList<>();
    boxes.add(new GifColourBox(counts, sums, new int[3], new int[] {SIDE, SIDE, SIDE}));
    while (boxes.size() < limit) {
      GifColourBox worst =
          boxes.stream().max(Comparator.comparingDouble(box -> box.error)).orElseThrow();
      if (worst.error <= 0) {
        break;
      }
      boxes.remove(worst);
      boxes.addAll(worst.halves());
    }
    return boxes;
  }

  /** Returns the mean of the pixels inside as opaque ARGB. */
  int mean() {
    int mean = 0xff;
    for (int channel = 0; channel < 3; channel++) {
      mean = mean << 8 | (int) ((total[channel] + count / 2) / count);
    }
    return mean;
  }

  /** Finds the squared error of the cells' means and the channel that has the most of it. */
  private void measure() {
    double[] squares = new double[3];
    for (int red = low[0]; red < high[0]; red++) {
      for (int green = low[1]; green < high[1]; green++) {
        for (int blue = low[2]; blue < high[2]; blue++) {
          int cell = red << 10 | green << 5 | blue;
          if (counts[cell] > 0) {
            count += counts[cell];
            for (int channel = 0; channel < 3; channel++) {
              double sum = sums[channel][cell];
              total[channel] += sums[channel][cell];
              squares[channel] += sum * sum / counts[cell];
            }
          }
        }
      }
    }
    double most = -1;
    for (int channel = 0; channel < 3; channel++) {
      double spread = squares[channel] - (double) total[channel] * total[channel] / count;
      if (high[channel] - low[channel] > 1) {
        error += Math.max(0, spread);
        if (spread > most) {
          most = spread;
          widest = channel;
        }
      }
    }
    if (most <= 0) {
      error = 0;
    }
  }

  /**
   * Cuts where the two halves' means explain the most: the greatest sum of (sum² / count). Returns
   * this box, from then on exact, where there is nothing to cut.
   */
  private List<GifColourBox> halves() {
    long[] countAt = new long[SIDE];
    long[] sumAt = new long[SIDE];
    for (int red = low[0]; red < high[0]; red++) {
      for (int green = low[1]; green < high[1]; green++) {
        for (int blue = low[2]; blue < high[2]; blue++) {
          int cell = red << 10 | green << 5 | blue;
          int slice = widest == 0 ? red : widest == 1 ? green : blue;
          countAt[slice] += counts[cell];
          sumAt[slice] += sums[widest][cell];
        }
      }
    }
    int place = bestPlace(countAt, sumAt);
    if (place < 0) {
      // Rounding made an error where all pixels lie in one slice.
      error = 0;
      return List.of(this);
    }
    int[] middleHigh = high.clone();
    int[] middleLow = low.clone();
    middleHigh[widest] = place;
    middleLow[widest] = place;
    return List.of(
        new GifColourBox(counts, sums, low, middleHigh),
        new GifColourBox(counts, sums, middleLow, high));
  }

  /**
   * Returns the first slice of the upper half, or -1 if one half would be empty wherever it is cut.
   */
  private int bestPlace(long[] countAt, long[] sumAt) {
    int best = -1;
    double most = -1;
    long lowerCount = 0;
    long lowerSum = 0;
    for (int place = low[widest] + 1; place < high[widest]; place++) {
      lowerCount += countAt[place - 1];
      lowerSum += sumAt[place - 1];
      long upperCount = count - lowerCount;
      if (lowerCount > 0 && upperCount > 0) {
        double upperSum = total[widest] - lowerSum;
        double explained =
            (double) lowerSum * lowerSum / lowerCount + upperSum * upperSum / upperCount;
        if (explained > most) {
          most = explained;
          best = place;
        }
      }
    }
    return best;
  }
}
