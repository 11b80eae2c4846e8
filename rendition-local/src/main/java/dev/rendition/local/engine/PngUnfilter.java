package dev.rendition.local.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Undoes the row filters of PNG (PNG 3rd edition, section 9). Rows whose pixels are 4 bytes long
 * are done a pixel at a time, its bytes side by side in an {@code int} where the sums allow; Paeth
 * rows of pixels of 3 and 4 bytes keep the pixels to the left in variables.
 */
final class PngUnfilter {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int HIGH_BITS = 0x80808080;

  private PngUnfilter() {}

  /**
   * Undoes the filter of a row in place.
   *
   * @param row a whole number of pixels if they are longer than a byte
   * @param above the row above, undone, as long; zeros for the first
   * @param distance from one pixel to the next in bytes, 1 for smaller ones
   * @throws StepException if there is no such filter
   */
  static void undo(int filter, byte[] row, byte[] above, int distance) {
    switch (filter) {
      case 0 -> {}
      case 1 -> {
        if (distance == 4) {
          sub4(row);
        } else {
          sub(row, distance);
        }
      }
      case 2 -> up(row, above);
      case 3 -> {
        if (distance == 4) {
          average4(row, above);
        } else {
          average(row, above, distance);
        }
      }
      case 4 -> {
        switch (distance) {
          case 3 -> paeth3(row, above);
          case 4 -> paeth4(row, above);
          default -> paeth(row, above, distance);
        }
      }
      default -> throw StepException.damaged("PNG: row filter " + filter + " does not exist");
    }
  }

  private static void sub(byte[] row, int d) {
    for (int i = d; i < row.length; i++) {
      row[i] = (byte) (row[i] + row[i - d]);
    }
  }

  private static void sub4(byte[] row) {
    int left = 0;
    for (int i = 0; i <= row.length - 4; i += 4) {
      left = sum((int) INT.get(row, i), left);
      INT.set(row, i, left);
    }
  }

  private static void up(byte[] row, byte[] above) {
    for (int i = 0; i < row.length; i++) {
      row[i] = (byte) (row[i] + above[i]);
    }
  }

  private static void average(byte[] row, byte[] above, int d) {
    int head = Math.min(d, row.length);
    for (int i = 0; i < head; i++) {
      row[i] = (byte) (row[i] + ((above[i] & 0xff) >> 1));
    }
    for (int i = head; i < row.length; i++) {
      row[i] = (byte) (row[i] + ((row[i - d] & 0xff) + (above[i] & 0xff) >> 1));
    }
  }

  private static void average4(byte[] row, byte[] above) {
    int left = 0;
    for (int i = 0; i <= row.length - 4; i += 4) {
      int up = (int) INT.get(above, i);
      int mean = (left & up) + (((left ^ up) & ~0x01010101) >>> 1);
      left = sum((int) INT.get(row, i), mean);
      INT.set(row, i, left);
    }
  }

  /** Adds four bytes to four others, each modulo 256. */
  private static int sum(int a, int b) {
    return ((a & ~HIGH_BITS) + (b & ~HIGH_BITS)) ^ ((a ^ b) & HIGH_BITS);
  }

  private static void paeth(byte[] row, byte[] above, int d) {
    int head = Math.min(d, row.length);
    for (int i = 0; i < head; i++) {
      row[i] = (byte) (row[i] + above[i]);
    }
    for (int i = head; i < row.length; i++) {
      int predicted = paeth(row[i - d] & 0xff, above[i] & 0xff, above[i - d] & 0xff);
      row[i] = (byte) (row[i] + predicted);
    }
  }

  private static void paeth3(byte[] row, byte[] above) {
    int left0 = 0;
    int left1 = 0;
    int left2 = 0;
    int corner0 = 0;
    int corner1 = 0;
    int corner2 = 0;
    for (int i = 0; i <= row.length - 3; i += 3) {
      int up0 = above[i] & 0xff;
      int up1 = above[i + 1] & 0xff;
      int up2 = above[i + 2] & 0xff;
      left0 = row[i] + paeth(left0, up0, corner0) & 0xff;
      left1 = row[i + 1] + paeth(left1, up1, corner1) & 0xff;
      left2 = row[i + 2] + paeth(left2, up2, corner2) & 0xff;
      row[i] = (byte) left0;
      row[i + 1] = (byte) left1;
      row[i + 2] = (byte) left2;
      corner0 = up0;
      corner1 = up1;
      corner2 = up2;
    }
  }

  private static void paeth4(byte[] row, byte[] above) {
    int left0 = 0;
    int left1 = 0;
    int left2 = 0;
    int left3 = 0;
    int corner0 = 0;
    int corner1 = 0;
    int corner2 = 0;
    int corner3 = 0;
    for (int i = 0; i <= row.length - 4; i += 4) {
      int up0 = above[i] & 0xff;
      int up1 = above[i + 1] & 0xff;
      int up2 = above[i + 2] & 0xff;
      int up3 = above[i + 3] & 0xff;
      left0 = row[i] + paeth(left0, up0, corner0) & 0xff;
      left1 = row[i + 1] + paeth(left1, up1, corner1) & 0xff;
      left2 = row[i + 2] + paeth(left2, up2, corner2) & 0xff;
      left3 = row[i + 3] + paeth(left3, up3, corner3) & 0xff;
      row[i] = (byte) left0;
      row[i + 1] = (byte) left1;
      row[i + 2] = (byte) left2;
      row[i + 3] = (byte) left3;
      corner0 = up0;
      corner1 = up1;
      corner2 = up2;
      corner3 = up3;
    }
  }

  /**
   * Returns the one of three that is nearest to left + up − corner (PNG 3rd edition, 9.4), found
   * without distances: the corner wins only strictly in the middle third between the other two, and
   * beyond that the one on the far side of it does.
   */
  static int paeth(int left, int up, int corner) {
    int third = 3 * corner - left - up;
    int low = Math.min(left, up);
    int high = Math.max(left, up);
    int predicted = high <= third ? low : corner;
    return third <= low ? high : predicted;
  }
}
