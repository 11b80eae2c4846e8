package dev.rendition.local.engine;

import java.io.IOException;
import java.util.Arrays;

/**
 * Fax rows that are coded one by one (ITU-T T.4, 4.1), read in spite of damage: after bits that are
 * no code, the rest of the row is white and the next one begins behind the next end of line.
 */
final class TiffFax {
  private static final int T4 = 3;
  private static final int ZEROS_BEFORE_END = 11;

  private final FaxCodes codes = new FaxCodes();
  private final ByteCursor in;
  private final boolean lowBitFirst;
  private long end;
  private int bits;
  private int count;

  private TiffFax(ByteCursor in, boolean lowBitFirst) {
    this.in = in;
    this.lowBitFirst = lowBitFirst;
  }

  /** Tells whether the rows of a file are coded so, with an end of line before each. */
  static boolean takes(TiffDirectory directory) {
    return directory.value(TiffDirectory.COMPRESSION, 0) == T4
        && (directory.value(TiffDirectory.FAX_OPTIONS, 0) & 3) == 0
        && directory.value(TiffDirectory.SAMPLES, 1) == 1
        && directory.value(TiffDirectory.PHOTOMETRIC, 0) <= 1;
  }

  /**
   * Reads what can be read.
   *
   * @throws StepException if there is not one row
   */
  static Picture read(
      SourceBytes source, SourceHeader header, TiffDirectory directory, Cancellation cancellation)
      throws IOException {
    Canvas canvas = new Canvas(Picture.Kind.GREY, header.width(), header.height(), false);
    boolean zeroIsWhite = directory.value(TiffDirectory.PHOTOMETRIC, 0) == 0;
    byte white = (byte) (zeroIsWhite ? 255 : 0);
    Arrays.fill(canvas.samples[0], white);
    TiffFax fax =
        new TiffFax(
            new ByteCursor(source, "TIFF"), directory.value(TiffDirectory.FILL_ORDER, 1) == 2);
    int found = 0;
    for (TiffDirectory.Piece piece : directory.pieces(header.width(), header.height())) {
      fax.begin(piece);
      int columns = Math.min(piece.width(), canvas.width - piece.x());
      int rows = Math.min(piece.height(), canvas.height - piece.y());
      for (int y = 0; y < rows && fax.toNextRow(); y++) {
        cancellation.check();
        int at = (piece.y() + y) * canvas.width + piece.x();
        fax.row(canvas.samples[0], at, columns, (byte) ~white);
        found++;
      }
    }
    if (found == 0) {
      throw StepException.damaged("TIFF: there is no end of line in the fax data; it is damaged");
    }
    return canvas.toPicture(SourceReader.bytes(header.iccProfile()));
  }

  private void begin(TiffDirectory.Piece piece) {
    in.seek(piece.start());
    end = piece.start() + piece.length();
    bits = 0;
    count = 0;
  }

  /** Goes behind the next end of line; says whether there is one. */
  private boolean toNextRow() throws IOException {
    int zeros = 0;
    while (fill()) {
      boolean one = take(1) != 0;
      if (one && zeros >= ZEROS_BEFORE_END) {
        return true;
      }
      zeros = one ? 0 : zeros + 1;
    }
    return false;
  }

  /** Blackens the runs of a row. */
  private void row(byte[] samples, int at, int width, byte ink) throws IOException {
    int x = 0;
    boolean black = false;
    while (x < width && fill()) {
      int more = count - FaxCodes.BITS;
      int look = (more >= 0 ? bits >>> more : bits << -more) & (1 << FaxCodes.BITS) - 1;
      int code = black ? codes.black[look] : codes.white[look];
      int length = code & 15;
      if (code == 0 || length > count) {
        return;
      }
      take(length);
      int run = Math.min(code >> 4, width - x);
      if (black) {
        Arrays.fill(samples, at + x, at + x + run, ink);
      }
      x += run;
      black ^= code >> 4 < 64;
    }
  }

  /** Makes the bits of a code ready, or as many as are left; says whether there are any. */
  private boolean fill() throws IOException {
    while (count < FaxCodes.BITS && in.position() < end) {
      int next = in.u8();
      bits = bits << 8 | (lowBitFirst ? Integer.reverse(next) >>> 24 : next);
      count += 8;
    }
    return count > 0;
  }

  private int take(int size) {
    count -= size;
    return bits >>> count & (1 << size) - 1;
  }
}
