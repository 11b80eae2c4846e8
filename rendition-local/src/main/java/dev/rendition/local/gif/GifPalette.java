package dev.rendition.local.gif;

import java.util.Arrays;

/**
 * Up to 256 opaque colours and where to find them. A free place behind the last one serves as
 * transparent.
 */
final class GifPalette {
  static final int MAX = 256;
  private static final int SLOTS = 1024;

  private final int limit;
  private final int[] colours = new int[MAX];
  private final int[] slots = new int[SLOTS];
  private int size;
  private boolean exact = true;

  /**
   * Starts without colours.
   *
   * @param limit how many there may be: 256, or 255 beside transparency
   */
  GifPalette(int limit) {
    this.limit = limit;
  }

  /** Collects the opaque colours of some pixels, as long as there is room. */
  static GifPalette of(int[] pixels) {
    GifPalette palette = new GifPalette(hasTransparent(pixels) ? MAX - 1 : MAX);
    int last = 0;
    for (int pixel : pixels) {
      if (pixel != last && pixel != 0) {
        last = pixel;
        if (!palette.add(pixel)) {
          palette.exact = false;
          break;
        }
      }
    }
    return palette;
  }

  private static boolean hasTransparent(int[] pixels) {
    return Arrays.stream(pixels).anyMatch(pixel -> pixel == 0);
  }

  /** Adds an opaque colour for which there is room. */
  void addIfNew(int colour) {
    if (!add(colour)) {
      throw new IllegalStateException("a palette holds at most " + limit + " colours");
    }
  }

  /** Adds an opaque colour; false if it is new and there is no room. */
  private boolean add(int colour) {
    int slot = slot(colour);
    if (slots[slot] == 0) {
      if (size == limit) {
        return false;
      }
      colours[size++] = colour;
      slots[slot] = size;
    }
    return true;
  }

  boolean isExact() {
    return exact;
  }

  int limit() {
    return limit;
  }

  int size() {
    return size;
  }

  int colour(int index) {
    return index < size ? colours[index] : 0;
  }

  /** Returns the bits of the table's size, 1 to 8: room for all colours and transparency. */
  int bits() {
    int places = limit < MAX ? size + 1 : size;
    return Math.max(1, 32 - Integer.numberOfLeadingZeros(places - 1));
  }

  /** Whether this has the other's colours, and transparency where the other has it. */
  boolean holds(GifPalette other) {
    if (other.limit < MAX && size == 1 << bits()) {
      return false;
    }
    for (int i = 0; i < other.size; i++) {
      if (slots[slot(other.colours[i])] == 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns the index of transparency, or −1 if no pixel needs it. */
  int transparentIndex(int[] pixels) {
    return hasTransparent(pixels) ? size : -1;
  }

  byte[] indices(int[] pixels) {
    byte[] indices = new byte[pixels.length];
    int last = 0;
    int lastIndex = size;
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i] != last) {
        last = pixels[i];
        lastIndex = last == 0 ? size : slots[slot(last)] - 1;
      }
      indices[i] = (byte) lastIndex;
    }
    return indices;
  }

  private int slot(int colour) {
    int slot = colour * 0x9e3779b1 >>> 22;
    while (slots[slot] != 0 && colours[slots[slot] - 1] != colour) {
      slot = (slot + 1) % SLOTS;
    }
    return slot;
  }
}
