package dev.rendition.local.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes encoded sources by hand, field by field. */
final class Bytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private boolean little;

  static Bytes big() {
    return new Bytes();
  }

  static Bytes little() {
    Bytes bytes = new Bytes();
    bytes.little = true;
    return bytes;
  }

  Bytes text(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  Bytes u8(int... values) {
    for (int v : values) {
      out.write(v);
    }
    return this;
  }

  Bytes u16(int... values) {
    for (int v : values) {
      out.writeBytes(buffer(2).putShort((short) v).array());
    }
    return this;
  }

  Bytes u32(long... values) {
    for (long v : values) {
      out.writeBytes(buffer(4).putInt((int) v).array());
    }
    return this;
  }

  Bytes raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  Bytes zeros(int count) {
    out.writeBytes(new byte[count]);
    return this;
  }

  /** Appends a PNG chunk with a right checksum. */
  Bytes chunk(String type, byte[] data) {
    CRC32 crc = new CRC32();
    crc.update(type.getBytes(StandardCharsets.ISO_8859_1));
    crc.update(data);
    return u32(data.length).text(type).raw(data).u32(crc.getValue());
  }

  private ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }

  byte[] done() {
    return out.toByteArray();
  }

  static byte[] deflate(byte[] data) {
    Deflater deflater = new Deflater();
    deflater.setInput(data);
    deflater.finish();
    byte[] packed = new byte[data.length + 100];
    int n = deflater.deflate(packed);
    deflater.end();
    return java.util.Arrays.copyOf(packed, n);
  }

  /** Returns the start of a PNG: signature and IHDR. */
  static Bytes png(long width, long height, int bits, int colourType) {
    byte[] header = big().u32(width, height).u8(bits, colourType, 0, 0, 0).done();
    return big().u8(0x89).text("PNG\r\n\u001a\n").chunk("IHDR", header);
  }

  /** Returns a complete PNG of black pixels. */
  static byte[] blackPng(int width, int height) {
    byte[] rows = new byte[(width * 3 + 1) * height];
    return png(width, height, 8, 2).chunk("IDAT", deflate(rows)).chunk("IEND", new byte[0]).done();
  }

  /** Returns the header of a GIF with a palette of two colours: black and white. */
  static Bytes gif(int width, int height) {
    return little().text("GIF89a").u16(width, height).u8(0x80, 0, 0).u8(0, 0, 0, 255, 255, 255);
  }

  /** Appends a GIF frame whose pixels are all of colour 1, for at most 126 of them. */
  Bytes whiteFrame(int x, int y, int width, int height) {
    u8(0x2c).u16(x, y, width, height).u8(0, 2);
    // Codes of three bits with a clear code before every second pixel keep the width at three.
    int bits = 0;
    int count = 0;
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    int pixels = width * height;
    int[] codes = new int[2 * pixels + 2];
    int n = 0;
    for (int i = 0; i < pixels; i++) {
      codes[n++] = 4;
      codes[n++] = 1;
    }
    codes[n++] = 5;
    for (int i = 0; i < n; i++) {
      bits |= codes[i] << count;
      for (count += 3; count >= 8; count -= 8) {
        data.write(bits);
        bits >>>= 8;
      }
    }
    data.write(bits);
    return u8(data.size()).raw(data.toByteArray()).u8(0);
  }

  /** Returns a JPEG header up to the start of its first scan. */
  static Bytes jpeg(int process, int bits, int width, int height, int components) {
    Bytes jpeg = big().u8(0xff, 0xd8, 0xff, 0xc0 + process).u16(8 + 3 * components);
    jpeg.u8(bits).u16(height, width).u8(components);
    for (int i = 1; i <= components; i++) {
      jpeg.u8(i, 0x11, 0);
    }
    return jpeg;
  }

  /** Appends a start-of-scan marker for some components. */
  Bytes scan(int components) {
    u8(0xff, 0xda).u16(6 + 2 * components).u8(components);
    for (int i = 1; i <= components; i++) {
      u8(i, 0);
    }
    return u8(0, 63, 0);
  }

  /** Returns a classic TIFF of one directory with entries of tag, type, count and value. */
  static byte[] tiff(long[]... entries) {
    Bytes tiff = little().text("II").u16(42).u32(8).u16(entries.length);
    for (long[] e : entries) {
      tiff.u16((int) e[0], (int) e[1]).u32(e[2], e[3]);
    }
    return tiff.u32(0).zeros(64).done();
  }

  /** Returns the header of a BMP of version 3, without pixels. */
  static Bytes bmp(int width, int height, int bits, int compression, long colours) {
    return little()
        .text("BM")
        .u32(0, 0, 54)
        .u32(40, width, height)
        .u16(1, bits)
        .u32(compression, 0, 0, 0, colours, 0);
  }

  /** Returns the header of a Photoshop file with empty sections. */
  static Bytes psd(int channels, long width, long height, int bits, int mode) {
    return big()
        .text("8BPS")
        .u16(1)
        .zeros(6)
        .u16(channels)
        .u32(height, width)
        .u16(bits, mode)
        .u32(0, 0, 0);
  }

  /** Returns a RIFF container around chunks. */
  static byte[] webp(byte[] chunks) {
    return little().text("RIFF").u32(4 + chunks.length).text("WEBP").raw(chunks).done();
  }
}
