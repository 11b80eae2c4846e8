package dev.rendition.local.png;

/** The five predictors of PNG, 9.2, tried on one row after the other. Holds seven rows. */
final class PngFilters {
  private static final int NONE = 0;
  private static final int SUB = 1;
  private static final int UP = 2;
  private static final int AVERAGE = 3;
  private static final int PAETH = 4;

  private final int pixelBytes;
  private final byte[][] filtered;
  private byte[] current;
  private byte[] previous;

  PngFilters(int rowBytes, int pixelBytes) {
    this.pixelBytes = pixelBytes;
    current = new byte[rowBytes + 1];
    previous = new byte[rowBytes + 1];
    filtered = new byte[5][rowBytes + 1];
    for (int type = 0; type < 5; type++) {
      filtered[type][0] = (byte) type;
    }
  }

  /** Returns the row to be filled from index 1 on; index 0 stays 0. */
  byte[] current() {
    return current;
  }

  /** Returns the row as this filter leaves it, behind its filter type. Valid until the next row. */
  byte[] row(PngSettings.Filter filter) {
    return filter == PngSettings.Filter.NONE ? current : best();
  }

  /**
   * Returns the row by the predictor with the least sum of magnitudes, behind its filter type.
   * Those that win most often come first, so that the others' sums end early; the first of equals
   * is taken. Valid until the next row.
   */
  private byte[] best() {
    average(current, previous, filtered[AVERAGE], pixelBytes);
    byte[] best = filtered[AVERAGE];
    int least = sum(best, Integer.MAX_VALUE);
    for (int type = PAETH; type >= NONE && least > 0; type--) {
      byte[] candidate = filter(type);
      int sum = sum(candidate, least);
      if (sum < least) {
        least = sum;
        best = candidate;
      }
    }
    return best;
  }

  private byte[] filter(int type) {
    byte[] out = filtered[type];
    switch (type) {
      case SUB -> sub(current, out, pixelBytes);
      case UP -> up(current, previous, out);
      case PAETH -> paeth(current, previous, out, pixelBytes);
      default -> {
        return type == NONE ? current : out;
      }
    }
    return out;
  }

  /** Makes the current row the one before. */
  void next() {
    byte[] old = previous;
    previous = current;
    current = old;
  }

  private static void sub(byte[] row, byte[] out, int step) {
    int head = Math.min(row.length, step + 1);
    System.arraycopy(row, 1, out, 1, head - 1);
    for (int i = head; i < row.length; i++) {
      out[i] = (byte) (row[i] - row[i - step]);
    }
  }

  private static void up(byte[] row, byte[] above, byte[] out) {
    for (int i = 1; i < row.length; i++) {
      out[i] = (byte) (row[i] - above[i]);
    }
  }

  private static void average(byte[] row, byte[] above, byte[] out, int step) {
    int head = Math.min(row.length, step + 1);
    for (int i = 1; i < head; i++) {
      out[i] = (byte) (row[i] - ((above[i] & 0xff) >> 1));
    }
    for (int i = head; i < row.length; i++) {
      out[i] = (byte) (row[i] - ((row[i - step] & 0xff) + (above[i] & 0xff) >> 1));
    }
  }

  private static void paeth(byte[] row, byte[] above, byte[] out, int step) {
    int head = Math.min(row.length, step + 1);
    for (int i = 1; i < head; i++) {
      out[i] = (byte) (row[i] - above[i]);
    }
    for (int i = head; i < row.length; i++) {
      int left = row[i - step] & 0xff;
      int up = above[i] & 0xff;
      int corner = above[i - step] & 0xff;
      int toLeft = Math.abs(up - corner);
      int toUp = Math.abs(left - corner);
      int toCorner = Math.abs(left + up - 2 * corner);
      int predicted = toUp <= toCorner ? up : corner;
      predicted = toLeft <= toUp && toLeft <= toCorner ? left : predicted;
      out[i] = (byte) (row[i] - predicted);
    }
  }

  /** Returns the sum of magnitudes, or some number above {@code limit} as soon as it is passed. */
  private static int sum(byte[] row, int limit) {
    int sum = 0;
    for (int from = 1; from < row.length && sum <= limit; from += 256) {
      int end = Math.min(row.length, from + 256);
      for (int i = from; i < end; i++) {
        sum += Math.abs(row[i]);
      }
    }
    return sum;
  }
}
