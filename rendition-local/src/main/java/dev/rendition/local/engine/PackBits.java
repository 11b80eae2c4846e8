package dev.rendition.local.engine;

import java.io.IOException;
import java.util.Arrays;

/** The run-length packing of TIFF 6.0, section 9, which Photoshop uses too. */
final class PackBits {
  private PackBits() {}

  /**
   * Unpacks one row.
   *
   * @param end where the packed row ends
   */
  static void unpack(ByteCursor in, long end, byte[] row) throws IOException {
    int x = 0;
    while (x < row.length && in.position() < end) {
      int n = (byte) in.u8();
      if (n >= 0) {
        int count = Math.min(n + 1, row.length - x);
        in.readFully(row, x, count);
        x += count;
      } else if (n > -128) {
        int count = Math.min(1 - n, row.length - x);
        Arrays.fill(row, x, x + count, (byte) in.u8());
        x += count;
      }
    }
    if (x < row.length) {
      throw StepException.damaged(
          "PSD: a packed row has only " + x + " of " + row.length + " bytes");
    }
  }
}
