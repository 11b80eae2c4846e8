package dev.rendition.local.gif;

import java.io.IOException;
import java.util.Arrays;

/** The compression of GIF89a, Appendix F: codes of 3 to 12 bits, lowest bit first. */
final class GifLzw {
  private static final int MAX_CODES = 4096;
  private static final int SLOTS = 1 << 13;
  private static final int BLOCK = 255;

  private final GifBlocks blocks;
  private final int clear;

  /** Slots hold {@code (prefix code << 8 | next index) + 1}; 0 is free. */
  private final int[] keys = new int[SLOTS];

  private final short[] codes = new short[SLOTS];
  private int nextCode;
  private int codeBits;

  private final byte[] block = new byte[BLOCK + 1];
  private int blockLength;
  private int bits;
  private int bitCount;

  private GifLzw(GifBlocks blocks, int minimum) {
    this.blocks = blocks;
    clear = 1 << minimum;
    reset();
  }

  /**
   * Writes the image data of a frame with its code size before and its end after.
   *
   * @param indices at least one, each below 2^minimum
   * @param minimum the code size to start from, 2 to 8
   */
  static void write(byte[] indices, int minimum, GifBlocks blocks) throws IOException {
    blocks.write(new byte[] {(byte) minimum}, 1);
    new GifLzw(blocks, minimum).write(indices);
  }

  private void write(byte[] indices) throws IOException {
    put(clear);
    int prefix = indices[0] & 0xff;
    for (int i = 1; i < indices.length; i++) {
      int index = indices[i] & 0xff;
      int key = (prefix << 8 | index) + 1;
      int slot = slot(key);
      if (keys[slot] == key) {
        prefix = codes[slot];
      } else {
        put(prefix);
        learn(slot, key);
        prefix = index;
      }
    }
    put(prefix);
    grow();
    put(clear + 1);
    end();
  }

  private int slot(int key) {
    int slot = key * 0x9e3779b1 >>> 19;
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) % SLOTS;
    }
    return slot;
  }

  /** Gives the next code to a string, or forgets all when there is none left. */
  private void learn(int slot, int key) throws IOException {
    if (nextCode == MAX_CODES) {
      put(clear);
      reset();
    } else {
      keys[slot] = key;
      codes[slot] = (short) nextCode;
      grow();
    }
  }

  /** Counts a code as given: the reader does so after each code, and widens when it must. */
  private void grow() {
    if (nextCode == 1 << codeBits && codeBits < 12) {
      codeBits++;
    }
    nextCode++;
  }

  private void reset() {
    Arrays.fill(keys, 0);
    nextCode = clear + 2;
    codeBits = 32 - Integer.numberOfLeadingZeros(clear);
  }

  private void put(int code) throws IOException {
    bits |= code << bitCount;
    bitCount += codeBits;
    while (bitCount >= 8) {
      putByte(bits);
      bits >>>= 8;
      bitCount -= 8;
    }
  }

  private void putByte(int value) throws IOException {
    block[++blockLength] = (byte) value;
    if (blockLength == BLOCK) {
      flush();
    }
  }

  private void end() throws IOException {
    if (bitCount > 0) {
      putByte(bits);
    }
    flush();
    blocks.write(new byte[1], 1);
  }

  private void flush() throws IOException {
    if (blockLength > 0) {
      block[0] = (byte) blockLength;
      blocks.write(block, blockLength + 1);
      blockLength = 0;
    }
  }
}
