package dev.rendition.local.engine;

import java.io.IOException;

/** Reads the pixels of a BMP, bottom row first or top row first. */
final class BmpReader {
  private final BmpHeader bmp;
  private final ByteCursor in;
  private final Cancellation cancellation;
  private final Palette palette = new Palette();
  private final Canvas canvas;

  private BmpReader(SourceBytes source, SourceHeader header, Cancellation stop) throws IOException {
    this.bmp = BmpHeader.read(source);
    this.cancellation = stop;
    this.in = new ByteCursor(source, "BMP", 16 << 10).littleEndian(true);
    boolean grey = false;
    if (bmp.bits <= 8) {
      readPalette();
      grey = palette.grey() && header.iccProfile().isEmpty();
    }
    Picture.Kind kind = grey ? Picture.Kind.GREY : Picture.Kind.RGB;
    this.canvas = new Canvas(kind, header.width(), header.height(), header.colour().alpha());
  }

  static Picture read(SourceBytes source, SourceHeader header, Cancellation cancellation)
      throws IOException {
    BmpReader reader = new BmpReader(source, header, cancellation);
    reader.in.seek(reader.bmp.pixels);
    if (reader.bmp.compression == BmpHeader.RLE8 || reader.bmp.compression == BmpHeader.RLE4) {
      reader.runs();
    } else {
      reader.rows();
    }
    return reader.canvas.toPicture(SourceReader.bytes(header.iccProfile()));
  }

  private void readPalette() throws IOException {
    in.seek(bmp.paletteAt());
    int colours = bmp.colours();
    for (int i = 0; i < colours; i++) {
      int blue = in.u8();
      int green = in.u8();
      palette.set(i, in.u8(), green, blue);
      in.skip(bmp.entrySize - 3);
    }
    palette.fillFrom(colours);
  }

  private int rowStart(int row) {
    return (bmp.topDown ? row : canvas.height - 1 - row) * canvas.width;
  }

  private void rows() throws IOException {
    int rowBytes = Math.toIntExact(((long) canvas.width * bmp.bits + 7) / 8);
    int padding = -rowBytes & 3;
    byte[] row = new byte[rowBytes];
    for (int y = 0; y < canvas.height; y++) {
      if ((y & 15) == 0) {
        cancellation.check();
      }
      if (in.readUpTo(row, 0, rowBytes) < rowBytes) {
        throw StepException.damaged(
            "BMP: the pixels end in row " + y + " of " + canvas.height + "; the file is truncated");
      }
      in.skip(padding);
      if (bmp.bits <= 8) {
        indexed(row, rowStart(y));
      } else if (bmp.bits == 24) {
        triples(row, rowStart(y));
      } else {
        masked(row, rowStart(y));
      }
    }
  }

  private void indexed(byte[] row, int start) {
    int mask = (1 << bmp.bits) - 1;
    for (int x = 0; x < canvas.width; x++) {
      int bit = x * bmp.bits;
      int index = (row[bit >> 3] & 0xff) >> 8 - bmp.bits - (bit & 7) & mask;
      palette.put(canvas, start + x, index);
    }
  }

  private void triples(byte[] row, int start) {
    for (int x = 0, i = 0; x < canvas.width; x++, i += 3) {
      canvas.samples[2][start + x] = row[i];
      canvas.samples[1][start + x] = row[i + 1];
      canvas.samples[0][start + x] = row[i + 2];
    }
  }

  private void masked(byte[] row, int start) {
    int bytes = bmp.bits / 8;
    for (int x = 0, i = 0; x < canvas.width; x++, i += bytes) {
      int v = row[i] & 0xff | (row[i + 1] & 0xff) << 8;
      if (bytes == 4) {
        v |= (row[i + 2] & 0xff) << 16 | (row[i + 3] & 0xff) << 24;
      }
      for (int c = 0; c < 3; c++) {
        canvas.samples[c][start + x] = channel(v, bmp.masks[c]);
      }
      if (canvas.alpha != null) {
        canvas.alpha[start + x] = channel(v, bmp.masks[3]);
      }
    }
  }

  private static byte channel(int pixel, int mask) {
    if (mask == 0) {
      return 0;
    }
    int shift = Integer.numberOfTrailingZeros(mask);
    return Canvas.scale((pixel & mask) >>> shift, mask >>> shift & 0xffff_ffffL);
  }

  /** Unpacks runs; a stream that ends early or leaves the picture keeps what it had. */
  private void runs() throws IOException {
    boolean four = bmp.compression == BmpHeader.RLE4;
    int x = 0;
    int y = 0;
    for (int i = 0; i < canvas.width * canvas.height; i++) {
      palette.put(canvas, i, 0);
    }
    while (y < canvas.height) {
      int count = in.readOrEnd();
      int value = in.readOrEnd();
      if (value < 0 || count == 0 && value == 1) {
        return;
      }
      if (count > 0) {
        for (int i = 0; i < count; i++) {
          put(x++, y, four ? nibble(value, i) : value);
        }
      } else if (value == 0) {
        cancellation.check();
        x = 0;
        y++;
      } else if (value == 2) {
        x += Math.max(0, in.readOrEnd());
        y += Math.max(0, in.readOrEnd());
      } else {
        int last = 0;
        for (int i = 0; i < value; i++) {
          last = !four || (i & 1) == 0 ? Math.max(0, in.readOrEnd()) : last;
          put(x++, y, four ? nibble(last, i) : last);
        }
        in.skip((four ? (value + 1) / 2 : value) & 1);
      }
    }
  }

  private static int nibble(int pair, int i) {
    return (i & 1) == 0 ? pair >> 4 : pair & 15;
  }

  private void put(int x, int y, int index) {
    // A run that leaves its row goes on in the next, until an end-of-line brings it back.
    long at = (long) y * canvas.width + x;
    int row = (int) Math.min(canvas.height, at / canvas.width);
    if (row < canvas.height) {
      palette.put(canvas, rowStart(row) + (int) (at % canvas.width), index);
    }
  }
}
