package dev.rendition.local.gif;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the blocks of GIF89a; numbers have their low byte first. */
final class GifBlocks {
  private final OutputStream out;

  GifBlocks(OutputStream out) {
    this.out = out;
  }

  /** Writes the header, the logical screen and the palette that all frames may use. */
  void screen(int width, int height, GifPalette palette) throws IOException {
    out.write("GIF89a".getBytes(StandardCharsets.US_ASCII));
    writeShort(width);
    writeShort(height);
    out.write(0x80 | 0x70 | palette.bits() - 1);
    out.write(0);
    out.write(0);
    colours(palette);
  }

  /** Writes Netscape's application block: how often to repeat, 0 for without end. */
  void loop(int repeats) throws IOException {
    out.write(new byte[] {0x21, (byte) 0xff, 11});
    out.write("NETSCAPE2.0".getBytes(StandardCharsets.US_ASCII));
    out.write(new byte[] {3, 1});
    writeShort(repeats);
    out.write(0);
  }

  /** Writes a graphic control block; a transparent index of −1 means none. */
  void control(int disposal, int delay, int transparent) throws IOException {
    out.write(new byte[] {0x21, (byte) 0xf9, 4});
    out.write(disposal << 2 | (transparent < 0 ? 0 : 1));
    writeShort(delay);
    out.write(Math.max(0, transparent));
    out.write(0);
  }

  /** Writes an image descriptor and, if asked, its own palette. */
  void image(GifArea area, GifPalette palette, boolean own) throws IOException {
    out.write(0x2c);
    writeShort(area.left());
    writeShort(area.top());
    writeShort(area.width());
    writeShort(area.height());
    out.write(own ? 0x80 | palette.bits() - 1 : 0);
    if (own) {
      colours(palette);
    }
  }

  void write(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
  }

  void trailer() throws IOException {
    out.write(0x3b);
  }

  private void colours(GifPalette palette) throws IOException {
    int places = 1 << palette.bits();
    byte[] table = new byte[3 * places];
    for (int i = 0; i < places; i++) {
      int colour = palette.colour(i);
      table[3 * i] = (byte) (colour >> 16);
      table[3 * i + 1] = (byte) (colour >> 8);
      table[3 * i + 2] = (byte) colour;
    }
    out.write(table);
  }

  private void writeShort(int value) throws IOException {
    out.write(value);
    out.write(value >> 8);
  }
}
