package dev.rendition.local.webp;

/** The arithmetic decoder of VP8 (RFC 6386, section 7). Not safe for use by many threads. */
final class BoolDecoder {
  private final byte[] data;
  private final int end;
  private int position;
  private int range = 255;
  private long value;

  /** How many bits of {@code value} lie below the eight that are compared. */
  private int spare = -8;

  BoolDecoder(byte[] data, int start, int end) {
    this.data = data;
    this.position = start;
    this.end = end;
  }

  private void load() {
    while (spare < 40) {
      // Behind the end there are zeros; requireNotPast tells when that went on for too long.
      int next = position < end ? data[position] & 0xff : 0;
      position++;
      value = value << 8 | next;
      spare += 8;
    }
  }

  /** Returns one decision: 0 with the probability {@code p / 256}. */
  int bit(int p) {
    if (spare < 0) {
      load();
    }
    int split = 1 + ((range - 1) * p >> 8);
    long edge = (long) split << spare;
    int bit;
    if (value >= edge) {
      value -= edge;
      range -= split;
      bit = 1;
    } else {
      range = split;
      bit = 0;
    }
    int shift = Integer.numberOfLeadingZeros(range) - 24;
    range <<= shift;
    spare -= shift;
    return bit;
  }

  boolean flag() {
    return bit(128) != 0;
  }

  /** Returns an unsigned number, highest bit first. */
  int number(int bits) {
    int v = 0;
    for (int i = 0; i < bits; i++) {
      v = v << 1 | bit(128);
    }
    return v;
  }

  /** Returns a magnitude of some bits and a sign behind it. */
  int signed(int bits) {
    int v = number(bits);
    return flag() ? -v : v;
  }

  /** Returns a signed number if a flag says that there is one, else 0. */
  int optional(int bits) {
    return flag() ? signed(bits) : 0;
  }

  /** Returns whether much more has been asked for than there is. */
  boolean past() {
    return position > end + 16;
  }
}
