package dev.rendition.local.engine;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Turns unfiltered rows into samples of 8 bits (PNG 3rd edition, 7.2 and 13.12). */
final class PngPixels {
  private final SourceHeader header;
  private final int colourType;
  private final int bits;
  private final int channels;
  private final Palette palette = new Palette();
  private int colours;
  private int @Nullable [] transparent;
  private @Nullable Canvas canvas;

  PngPixels(SourceHeader header, int colourType) {
    this.header = header;
    this.colourType = colourType;
    this.bits = header.colour().bits();
    this.channels =
        switch (colourType) {
          case 2 -> 3;
          case 4 -> 2;
          case 6 -> 4;
          default -> 1;
        };
  }

  int bitsPerPixel() {
    return bits * channels;
  }

  /**
   * Reads the palette and the transparent colour, up to the first data chunk, and makes room for
   * some rows.
   */
  IdatStream untilPixels(ByteCursor in, int rows) throws IOException {
    in.seek(33);
    while (true) {
      long length = in.u32();
      int type = in.i32();
      long start = in.position();
      if (type == PngProbe.IDAT) {
        prepare(rows);
        return new IdatStream(in, length);
      }
      if (type == PngProbe.IEND) {
        throw StepException.damaged("PNG: the file ends before any pixel data");
      }
      if (type == PngProbe.PLTE && colourType == 3) {
        palette(in.bytes((int) Math.min(768, length)));
      } else if (type == PngProbe.TRNS) {
        transparency(in.bytes((int) Math.min(256, length)));
      }
      in.seek(start + length + 4);
    }
  }

  private void palette(byte[] rgb) {
    colours = rgb.length / 3;
    for (int i = 0; i < colours; i++) {
      palette.set(i, rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]);
    }
  }

  private void transparency(byte[] values) {
    if (colourType == 3) {
      System.arraycopy(values, 0, palette.alpha, 0, values.length);
    } else if (channels != 2 && channels != 4 && values.length >= 2 * channels) {
      int[] colour = new int[channels];
      for (int i = 0; i < channels; i++) {
        colour[i] = (values[2 * i] & 0xff) << 8 | values[2 * i + 1] & 0xff;
        colour[i] &= (1 << bits) - 1;
      }
      transparent = colour;
    }
  }

  private void prepare(int rows) {
    if (colourType == 3 && colours == 0) {
      throw StepException.damaged("PNG: an indexed picture without a palette");
    }
    boolean grey =
        colourType == 3 ? palette.grey() && header.iccProfile().isEmpty() : (colourType & 2) == 0;
    Picture.Kind kind = grey ? Picture.Kind.GREY : Picture.Kind.RGB;
    canvas = new Canvas(kind, header.width(), rows, header.colour().alpha());
  }

  /** Returns where the rows go. */
  Canvas canvas() {
    return requireNonNull(canvas, "canvas");
  }

  /**
   * Takes a row.
   *
   * @param start where in the planes of the canvas its first pixel goes
   * @param step from one pixel to the next
   */
  void row(byte[] row, int columns, int start, int step) {
    if (bits == 16) {
      wide(row, columns, start, step);
    } else if (channels > 1) {
      bytes(row, columns, start, step);
    } else {
      packed(row, columns, start, step);
    }
  }

  private void packed(byte[] row, int columns, int start, int step) {
    Canvas to = canvas();
    int mask = (1 << bits) - 1;
    int key = transparent == null ? -1 : transparent[0];
    for (int x = 0, at = start; x < columns; x++, at += step) {
      int bit = x * bits;
      int v = (row[bit >> 3] & 0xff) >> 8 - bits - (bit & 7) & mask;
      if (colourType == 3) {
        palette.put(to, at, v);
      } else {
        to.samples[0][at] = (byte) (v * 255 / mask);
        if (to.alpha != null) {
          to.alpha[at] = (byte) (v == key ? 0 : 255);
        }
      }
    }
  }

  private void bytes(byte[] row, int columns, int start, int step) {
    Canvas to = canvas();
    int planes = to.samples.length;
    boolean own = channels > planes;
    if (channels == 4 && to.alpha != null) {
      four(row, columns, start, step, to.samples, to.alpha);
      return;
    }
    for (int c = 0; c < planes; c++) {
      byte[] plane = to.samples[c];
      for (int x = 0, at = start, i = c; x < columns; x++, at += step, i += channels) {
        plane[at] = row[i];
      }
    }
    if (to.alpha != null) {
      for (int x = 0, at = start, i = 0; x < columns; x++, at += step, i += channels) {
        to.alpha[at] = own ? row[i + planes] : opaque(row, i);
      }
    }
  }

  private static void four(
      byte[] row, int columns, int start, int step, byte[][] samples, byte[] alpha) {
    byte[] red = samples[0];
    byte[] green = samples[1];
    byte[] blue = samples[2];
    for (int x = 0, at = start, i = 0; x < columns; x++, at += step, i += 4) {
      red[at] = row[i];
      green[at] = row[i + 1];
      blue[at] = row[i + 2];
      alpha[at] = row[i + 3];
    }
  }

  private byte opaque(byte[] row, int i) {
    int[] key = transparent;
    if (key == null) {
      return (byte) 255;
    }
    boolean same =
        (row[i] & 0xff) == key[0] && (row[i + 1] & 0xff) == key[1] && (row[i + 2] & 0xff) == key[2];
    return (byte) (same ? 0 : 255);
  }

  private void wide(byte[] row, int columns, int start, int step) {
    Canvas to = canvas();
    int planes = to.samples.length;
    int[] pixel = new int[channels];
    for (int x = 0, at = start, i = 0; x < columns; x++, at += step) {
      for (int c = 0; c < channels; c++, i += 2) {
        pixel[c] = (row[i] & 0xff) << 8 | row[i + 1] & 0xff;
      }
      for (int c = 0; c < planes; c++) {
        to.samples[c][at] = Canvas.from16(pixel[c]);
      }
      if (to.alpha != null) {
        to.alpha[at] =
            channels > planes
                ? Canvas.from16(pixel[planes])
                : (byte) (Arrays.equals(pixel, transparent) ? 0 : 255);
      }
    }
  }

  Picture toPicture() {
    byte[] icc = SourceReader.bytes(header.iccProfile());
    return canvas().toPicture(icc);
  }
}
