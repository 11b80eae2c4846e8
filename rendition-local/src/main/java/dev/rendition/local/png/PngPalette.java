package dev.rendition.local.png;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The colours of a picture as long as there are at most 256 of them. Transparent ones come first,
 * so that tRNS is short; then dark before light.
 */
final class PngPalette {
  static final int MAX = 256;
  private static final int SLOTS = 1024;

  private final int[] slotColours = new int[SLOTS];

  /** Index of the colour in each slot plus one; 0 for a free slot. */
  private final int[] slotIndices = new int[SLOTS];

  private int size;
  private boolean full;
  private List<Integer> sorted = List.of();

  private PngPalette() {}

  static PngPalette of(PngPicture picture) {
    PngPalette palette = new PngPalette();
    int last = ~picture.rgba(0);
    for (int i = 0; i < picture.width() * picture.height() && !palette.full; i++) {
      int colour = picture.rgba(i);
      if (colour != last) {
        palette.add(colour);
        last = colour;
      }
    }
    palette.sort();
    return palette;
  }

  /** Whether all colours of the picture are here. */
  boolean holdsAll() {
    return !full;
  }

  int size() {
    return size;
  }

  /** Returns the bits of an index: 1, 2, 4 or 8. */
  int bitDepth() {
    return size <= 2 ? 1 : size <= 4 ? 2 : size <= 16 ? 4 : 8;
  }

  int indexOf(int rgba) {
    return slotIndices[slot(rgba)] - 1;
  }

  void writeTo(PngChunks chunks) throws IOException {
    byte[] colours = new byte[3 * size];
    byte[] alphas = new byte[size];
    int translucent = 0;
    for (int i = 0; i < size; i++) {
      int rgba = sorted.get(i);
      colours[3 * i] = (byte) (rgba >>> 24);
      colours[3 * i + 1] = (byte) (rgba >>> 16);
      colours[3 * i + 2] = (byte) (rgba >>> 8);
      alphas[i] = (byte) rgba;
      if ((rgba & 0xff) != 0xff) {
        translucent = i + 1;
      }
    }
    chunks.chunk("PLTE", colours, colours.length);
    if (translucent > 0) {
      chunks.chunk("tRNS", alphas, translucent);
    }
  }

  private void add(int rgba) {
    int slot = slot(rgba);
    if (slotIndices[slot] == 0) {
      if (size == MAX) {
        full = true;
      } else {
        slotColours[slot] = rgba;
        slotIndices[slot] = ++size;
      }
    }
  }

  private int slot(int rgba) {
    int slot = rgba * 0x9e3779b1 >>> 22;
    while (slotIndices[slot] != 0 && slotColours[slot] != rgba) {
      slot = (slot + 1) % SLOTS;
    }
    return slot;
  }

  private void sort() {
    int[] colours =
        IntStream.range(0, SLOTS)
            .filter(i -> slotIndices[i] != 0)
            .map(i -> slotColours[i])
            .toArray();
    sorted =
        Arrays.stream(colours)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(rgba -> rgba & 0xff)
                    .thenComparingInt(PngPalette::luma)
                    .thenComparing(Integer::compareUnsigned))
            .toList();
    for (int i = 0; i < size; i++) {
      slotIndices[slot(sorted.get(i))] = i + 1;
    }
  }

  private static int luma(int rgba) {
    return 299 * (rgba >>> 24) + 587 * (rgba >>> 16 & 0xff) + 114 * (rgba >>> 8 & 0xff);
  }
}
