package dev.rendition.local.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** Reads the composite picture of a Photoshop file, channel by channel; layers are stepped over. */
final class PsdReader {
  private final PsdHeader psd;
  private final SourceBytes source;
  private final Cancellation cancellation;
  private final int width;
  private final int height;
  private final int rowBytes;

  private PsdReader(SourceBytes source, SourceHeader header, Cancellation stop) throws IOException {
    this.psd = PsdHeader.read(source);
    this.source = source;
    this.cancellation = stop;
    this.width = header.width();
    this.height = header.height();
    this.rowBytes = Math.toIntExact(((long) width * psd.bits + 7) / 8);
  }

  static Picture read(SourceBytes source, SourceHeader header, Cancellation cancellation)
      throws IOException {
    return new PsdReader(source, header, cancellation).picture();
  }

  private Picture picture() throws IOException {
    if (!psd.composite) {
      return PsdLayers.compose(source, psd, width, height, cancellation);
    }
    int wanted = psd.colours() + (psd.transparency ? 1 : 0);
    byte[][] channels = new byte[wanted][Math.multiplyExact(width, height)];
    ByteCursor in = new ByteCursor(source, "PSD", 32 << 10).seek(psd.pixels);
    int compression = in.u16();
    switch (compression) {
      case 0 -> raw(in, channels);
      case 1 -> packed(in, channels);
      case 2, 3 -> deflated(in, channels, compression == 3);
      default -> throw StepException.damaged("PSD: compression " + compression + " is unknown");
    }
    return PsdColours.picture(psd, width, height, channels);
  }

  private void raw(ByteCursor in, byte[][] channels) throws IOException {
    byte[] row = new byte[rowBytes];
    for (byte[] channel : channels) {
      for (int y = 0; y < height; y++) {
        check(y);
        in.readFully(row, 0, rowBytes);
        samples(row, channel, y * width);
      }
    }
  }

  private void packed(ByteCursor in, byte[][] channels) throws IOException {
    int countBytes = psd.big ? 4 : 2;
    long table = in.position();
    long at = table + (long) psd.channels * height * countBytes;
    ByteCursor counts = new ByteCursor(source, "PSD").seek(table);
    byte[] row = new byte[rowBytes];
    for (byte[] channel : channels) {
      for (int y = 0; y < height; y++) {
        check(y);
        long count = psd.big ? counts.u32() : counts.u16();
        in.seek(at);
        PackBits.unpack(in, at + count, row);
        samples(row, channel, y * width);
        at += count;
      }
    }
  }

  private void deflated(ByteCursor in, byte[][] channels, boolean predicted) throws IOException {
    if (predicted && psd.bits == 32) {
      throw StepException.notSupported("PSD: predicted 32-bit samples; save it with 16 bits");
    }
    byte[] row = new byte[rowBytes];
    try (InputStream data = new InflaterInputStream(new CursorStream(in))) {
      for (byte[] channel : channels) {
        for (int y = 0; y < height; y++) {
          check(y);
          if (data.readNBytes(row, 0, rowBytes) < rowBytes) {
            throw in.truncated();
          }
          if (predicted) {
            sum(row);
          }
          samples(row, channel, y * width);
        }
      }
    } catch (ZipException | EOFException e) {
      throw StepException.damaged("PSD: the compressed pixels are damaged: " + e.getMessage());
    }
  }

  private void sum(byte[] row) {
    if (psd.bits == 8) {
      for (int i = 1; i < row.length; i++) {
        row[i] = (byte) (row[i] + row[i - 1]);
      }
    } else {
      for (int i = 2; i + 1 < row.length; i += 2) {
        int last = (row[i - 2] & 0xff) << 8 | row[i - 1] & 0xff;
        int v = last + ((row[i] & 0xff) << 8 | row[i + 1] & 0xff);
        row[i] = (byte) (v >> 8);
        row[i + 1] = (byte) v;
      }
    }
  }

  private void samples(byte[] row, byte[] channel, int start) {
    switch (psd.bits) {
      case 1 -> {
        for (int x = 0; x < width; x++) {
          channel[start + x] = (byte) ((row[x >> 3] >> 7 - (x & 7) & 1) == 1 ? 0 : 255);
        }
      }
      case 8 -> System.arraycopy(row, 0, channel, start, width);
      case 16 -> {
        for (int x = 0; x < width; x++) {
          channel[start + x] = Canvas.from16((row[2 * x] & 0xff) << 8 | row[2 * x + 1] & 0xff);
        }
      }
      default -> {
        for (int x = 0; x < width; x++) {
          int i = 4 * x;
          int word = (row[i] & 0xff) << 24 | (row[i + 1] & 0xff) << 16 | (row[i + 2] & 0xff) << 8;
          channel[start + x] = FloatSamples.toByte(Float.intBitsToFloat(word | row[i + 3] & 0xff));
        }
      }
    }
  }

  private void check(int y) {
    if ((y & 15) == 0) {
      cancellation.check();
    }
  }
}
