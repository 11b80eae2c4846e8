package dev.rendition.local.engine;

import dev.rendition.local.icc.LuvColours;
import java.io.IOException;

/**
 * Light on a logarithmic scale, with CIE u' v' for the colour (G. W. Larson, "LogLuv Encoding for
 * Full-Gamut, High-Dynamic Range Images", Journal of Graphics Tools 3, 1998; compressions 34676 and
 * 34677 of TIFF). Light of 1 is white; what is brighter becomes white too. Rows whose data are
 * missing stay black.
 */
final class TiffLogLuv {
  private static final int PACKED_24 = 34_677;
  private static final int LIGHT_ONLY = 32_844;

  private final ByteCursor in;
  private final Canvas canvas;
  private final boolean grey;
  private final boolean packed;

  private TiffLogLuv(ByteCursor in, Canvas canvas, boolean grey, boolean packed) {
    this.in = in;
    this.canvas = canvas;
    this.grey = grey;
    this.packed = packed;
  }

  static Picture read(SourceBytes source, SourceHeader header, Cancellation cancellation)
      throws IOException {
    TiffDirectory directory = TiffDirectory.read(source);
    boolean grey = directory.value(TiffDirectory.PHOTOMETRIC, 0) == LIGHT_ONLY;
    boolean packed = directory.value(TiffDirectory.COMPRESSION, 0) == PACKED_24;
    if (grey && packed || directory.value(TiffDirectory.SAMPLES, 1) != (grey ? 1 : 3)) {
      throw StepException.notSupported(
          "TIFF: LogLuv is read with 1 sample of light or 3 of light and colour; save it otherwise");
    }
    Canvas canvas =
        new Canvas(
            grey ? Picture.Kind.GREY : Picture.Kind.RGB, header.width(), header.height(), false);
    TiffLogLuv reader = new TiffLogLuv(new ByteCursor(source, "TIFF"), canvas, grey, packed);
    for (TiffDirectory.Piece piece : directory.pieces(header.width(), header.height())) {
      cancellation.check();
      reader.piece(piece);
    }
    return canvas.toPicture(null);
  }

  private void piece(TiffDirectory.Piece piece) throws IOException {
    in.seek(piece.start());
    long end = piece.start() + piece.length();
    int[] row = new int[piece.width()];
    int rows = Math.min(piece.height(), canvas.height - piece.y());
    int columns = Math.min(piece.width(), canvas.width - piece.x());
    for (int y = 0; y < rows; y++) {
      boolean whole = packed ? packedRow(row, end) : runs(row, end);
      if (!whole) {
        return;
      }
      int at = (piece.y() + y) * canvas.width + piece.x();
      for (int x = 0; x < columns; x++) {
        pixel(row[x], at + x);
      }
    }
  }

  private void pixel(int code, int at) {
    if (grey) {
      canvas.samples[0][at] = LuvColours.grey(code);
    } else if (packed) {
      LuvColours.toSrgb24(code, canvas.samples, at);
    } else {
      LuvColours.toSrgb32(code, canvas.samples, at);
    }
  }

  private boolean packedRow(int[] row, long end) throws IOException {
    if (end - in.position() < 3L * row.length) {
      return false;
    }
    for (int x = 0; x < row.length; x++) {
      row[x] = in.u8() << 16 | in.u8() << 8 | in.u8();
    }
    return true;
  }

  /** Reads a row whose bytes of equal weight are packed together; says whether it was all there. */
  private boolean runs(int[] row, long end) throws IOException {
    java.util.Arrays.fill(row, 0);
    for (int shift = grey ? 8 : 24; shift >= 0; shift -= 8) {
      int x = 0;
      while (x < row.length) {
        if (end - in.position() < 2) {
          return false;
        }
        int head = in.u8();
        boolean run = head >= 128;
        int count = Math.min(run ? head - 126 : head, row.length - x);
        if (!run && end - in.position() < count) {
          return false;
        }
        int value = run ? in.u8() : 0;
        for (int i = 0; i < count; i++, x++) {
          row[x] |= (run ? value : in.u8()) << shift;
        }
      }
    }
    return true;
  }
}
