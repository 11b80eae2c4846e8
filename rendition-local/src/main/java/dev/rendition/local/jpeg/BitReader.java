package dev.rendition.local.jpeg;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bits of entropy-coded segments: stuffed bytes and fill bytes are taken out, a marker or the
 * end of the stream is followed by zeros without end. Not safe for use by many threads.
 */
final class BitReader {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** As many zeros an arithmetic coder may leave out before a marker: more make no picture. */
  private static final int MOST_ZEROS = 1 << 23;

  /** As many bits an arithmetic decoder looks ahead. */
  private static final int LOOK_AHEAD = 24;

  final JpegSource source;

  /** The next bits, the first one highest. */
  long bits;

  /** How many of them are there. */
  int count;

  private int padded;
  private boolean stopped;
  private boolean zerosFollow;

  /** How many bits may be made up before the data count as used up. */
  private int spare;

  BitReader(JpegSource source) {
    this.source = source;
  }

  /** Lets zeros follow each segment: arithmetic coders leave them out (ITU-T T.81, D.1.8). */
  void letZerosFollow() {
    zerosFollow = true;
  }

  /** Forgets bits left over and begins at the next byte. */
  void align() {
    bits = 0;
    count = 0;
    padded = 0;
    stopped = false;
  }

  /** Says whether more bits were taken than there were. */
  boolean exhausted() {
    return padded - count > spare;
  }

  /** Makes at least 56 bits ready. */
  void fill() throws IOException {
    JpegSource s = source;
    if (s.pos + 8 <= s.limit && !stopped) {
      long next = (long) LONG.get(s.data, s.pos);
      if (((~next - LOW_BITS) & next & HIGH_BITS) == 0) {
        bits |= next >>> count;
        int taken = (63 - count) >>> 3;
        s.pos += taken;
        count += taken << 3;
        return;
      }
    }
    fillByBytes();
  }

  private void fillByBytes() throws IOException {
    while (count <= 56) {
      int next = stopped ? -1 : nextByte();
      if (next < 0) {
        if (!stopped) {
          stopped = true;
          boolean cut = source.limit - source.pos < 2;
          spare = !zerosFollow ? 0 : cut ? LOOK_AHEAD : MOST_ZEROS;
        }
        padded += 8;
      } else {
        bits |= (long) next << (56 - count);
      }
      count += 8;
    }
  }

  private int nextByte() throws IOException {
    JpegSource s = source;
    while (s.pos < s.limit || s.ensure(1)) {
      int next = s.data[s.pos] & 0xff;
      if (next != 0xff) {
        s.pos++;
        return next;
      }
      if (!s.ensure(2)) {
        return -1;
      }
      int after = s.data[s.pos + 1] & 0xff;
      if (after == 0) {
        s.pos += 2;
        return next;
      }
      if (after != 0xff) {
        return -1;
      }
      s.pos++;
    }
    return -1;
  }

  /** Takes up to 16 bits. */
  int take(int size) throws IOException {
    if (size == 0) {
      return 0;
    }
    if (count < size) {
      fill();
    }
    int value = (int) (bits >>> (64 - size));
    bits <<= size;
    count -= size;
    return value;
  }

  /** Takes one bit. */
  boolean takeBit() throws IOException {
    if (count < 1) {
      fill();
    }
    boolean set = bits < 0;
    bits <<= 1;
    count--;
    return set;
  }

  /** Takes one symbol; 0 where the bits are no code. */
  int takeSymbol(HuffmanTable table) throws IOException {
    if (count < 17) {
      fill();
    }
    int found = table.quick[(int) (bits >>> (64 - HuffmanTable.QUICK_BITS))];
    if (found == 0) {
      found = table.search((int) (bits >>> 48));
    }
    int length = found >>> 8;
    bits <<= length;
    count -= length;
    return found & 0xff;
  }
}
