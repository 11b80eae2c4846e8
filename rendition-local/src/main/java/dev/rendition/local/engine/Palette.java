package dev.rendition.local.engine;

/** Colours by number. Numbers that have no colour are opaque black. */
final class Palette {
  final byte[] red = new byte[256];
  final byte[] green = new byte[256];
  final byte[] blue = new byte[256];
  final byte[] alpha = new byte[256];

  Palette() {
    java.util.Arrays.fill(alpha, (byte) 255);
  }

  void set(int index, int r, int g, int b) {
    red[index] = (byte) r;
    green[index] = (byte) g;
    blue[index] = (byte) b;
  }

  /** Gives the numbers from {@code count} on the first colour. */
  void fillFrom(int count) {
    for (int i = count; i < 256; i++) {
      set(i, red[0], green[0], blue[0]);
    }
  }

  boolean grey() {
    return java.util.Arrays.equals(red, green) && java.util.Arrays.equals(green, blue);
  }

  /** Writes one pixel of a canvas that is grey or RGB, with or without alpha. */
  void put(Canvas canvas, int at, int index) {
    canvas.samples[0][at] = red[index];
    if (canvas.samples.length == 3) {
      canvas.samples[1][at] = green[index];
      canvas.samples[2][at] = blue[index];
    }
    if (canvas.alpha != null) {
      canvas.alpha[at] = alpha[index];
    }
  }
}
