package dev.rendition.local.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is packed by zlib (RFC 1950 and 1951). What is damaged is told once everything before
 * it was read. The checksum behind the data is not looked at. Not safe for use by many threads.
 *
 * <p>On pictures, whose rows are mostly literals, twice as fast as the JDK's inflater; see
 * docs/decisions/0022.
 */
final class InflateStream extends InputStream {
  /** An upper bound of the heap one stream takes. */
  static final long BYTES = 192 << 10;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** How far back a match reaches at most, and how much is made before it is handed on. */
  private static final int WINDOW = 1 << 15;

  private static final int ROOM = 1 << 16;
  private static final int LONGEST_MATCH = 258;

  /**
   * What one turn of the fast loop makes at most: three literals and a match, and its overshoot.
   */
  private static final int STEP = 3 + LONGEST_MATCH + 8;

  private static final int INPUT = 1 << 15;

  private static final int[] LENGTH_EXTRA = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
  };
  private static final int[] LENGTH_ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };
  private static final int[] SYMBOLS = symbols();
  private static final int[] DISTANCES = distances();
  private static final int[] LENGTHS = lengths();

  private final InputStream in;
  private final byte[] input = new byte[INPUT];
  private int inputAt;
  private int inputEnd;

  /** The next bits, lowest first; those above {@link #count} are zero between blocks' steps. */
  private long bits;

  private int count;

  /** How many of the bits lie behind the end of the input; they are zeros. */
  private int missing;

  private final byte[] window = new byte[WINDOW + ROOM + STEP];
  private int made;
  private int taken;

  private final InflateCode ownSymbols = new InflateCode(11, 15, SYMBOLS);
  private final InflateCode ownDistances = new InflateCode(8, 15, DISTANCES);
  private final InflateCode fixedSymbols = new InflateCode(9, 9, SYMBOLS);
  private final InflateCode fixedDistances = new InflateCode(5, 5, DISTANCES);

  private boolean fixedAreThere;

  /** The codes of this block. */
  private InflateCode symbols = ownSymbols;

  private InflateCode distances = ownDistances;
  private final InflateCode lengths = new InflateCode(7, 7, LENGTHS);

  /** What comes next in the stream. */
  private enum State {
    HEADER,
    BLOCK,
    STORED,
    CODED,
    END
  }

  private State state = State.HEADER;
  private boolean lastBlock;
  private int stored;
  private @Nullable IOException problem;

  InflateStream(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    return available() > 0 ? window[taken++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int n = Math.min(length, available());
    System.arraycopy(window, taken, into, offset, n);
    taken += n;
    return n == 0 ? -1 : n;
  }

  @Override
  public int available() throws IOException {
    while (taken == made && state != State.END) {
      if (problem != null) {
        throw problem;
      }
      if (made >= WINDOW + ROOM) {
        System.arraycopy(window, made - WINDOW, window, 0, WINDOW);
        made = WINDOW;
        taken = WINDOW;
      }
      try {
        advance();
      } catch (IOException e) {
        problem = e;
      }
    }
    return made - taken;
  }

  private void advance() throws IOException {
    switch (state) {
      case HEADER -> header();
      case BLOCK -> block();
      case STORED -> stored();
      default -> coded();
    }
  }

  /** RFC 1950, 2.2. */
  private void header() throws IOException {
    int method = take(8);
    int flags = take(8);
    if ((method << 8 | flags) % 31 != 0) {
      throw new ZipException("incorrect header check");
    }
    if ((method & 15) != 8 || method >> 4 > 7) {
      throw new ZipException("unknown compression method");
    }
    if ((flags & 0x20) != 0) {
      throw new ZipException("a preset dictionary is needed");
    }
    state = State.BLOCK;
  }

  /** RFC 1951, 3.2.3. */
  private void block() throws IOException {
    if (lastBlock) {
      state = State.END;
      return;
    }
    lastBlock = take(1) == 1;
    switch (take(2)) {
      case 0 -> {
        int unused = take(count & 7);
        stored = take(16);
        if (stored != (take(16) ^ 0xffff)) {
          throw new ZipException("invalid stored block lengths");
        }
        state = State.STORED;
      }
      case 1 -> {
        fixedCodes();
        state = State.CODED;
      }
      case 2 -> {
        dynamicCodes();
        state = State.CODED;
      }
      default -> throw new ZipException("invalid block type");
    }
  }

  private void stored() throws IOException {
    while (stored > 0 && made < WINDOW + ROOM) {
      if (count > 0) {
        window[made++] = (byte) take(8);
        stored--;
        continue;
      }
      if (inputAt == inputEnd && !more()) {
        throw new EOFException();
      }
      int n = Math.min(Math.min(stored, WINDOW + ROOM - made), inputEnd - inputAt);
      System.arraycopy(input, inputAt, window, made, n);
      inputAt += n;
      made += n;
      stored -= n;
    }
    if (stored == 0) {
      state = State.BLOCK;
    }
  }

  /** RFC 1951, 3.2.6. */
  private void fixedCodes() throws ZipException {
    symbols = fixedSymbols;
    distances = fixedDistances;
    if (fixedAreThere) {
      return;
    }
    byte[] fixed = new byte[288];
    Arrays.fill(fixed, 0, 144, (byte) 8);
    Arrays.fill(fixed, 144, 256, (byte) 9);
    Arrays.fill(fixed, 256, 280, (byte) 7);
    Arrays.fill(fixed, 280, 288, (byte) 8);
    symbols.set(fixed, 0, 288, false);
    Arrays.fill(fixed, (byte) 5);
    distances.set(fixed, 0, 32, false);
    fixedAreThere = true;
  }

  /** RFC 1951, 3.2.7. */
  private void dynamicCodes() throws IOException {
    int symbolCount = 257 + take(5);
    int distanceCount = 1 + take(5);
    int lengthCount = 4 + take(4);
    if (symbolCount > 286 || distanceCount > 30) {
      throw new ZipException("too many length or distance symbols");
    }
    byte[] found = new byte[320];
    for (int i = 0; i < lengthCount; i++) {
      found[LENGTH_ORDER[i]] = (byte) take(3);
    }
    lengths.set(found, 0, 19, false);
    Arrays.fill(found, (byte) 0);
    int all = symbolCount + distanceCount;
    int at = 0;
    while (at < all) {
      int entry = lengths.table[peek(7) & lengths.mask];
      int unused = take(entry & 63);
      int symbol = entry >>> 16;
      if (symbol < 16) {
        found[at++] = (byte) symbol;
        continue;
      }
      if (symbol == 16 && at == 0) {
        throw new ZipException("invalid bit length repeat");
      }
      byte length = symbol == 16 ? found[at - 1] : 0;
      int times = symbol == 16 ? 3 + take(2) : symbol == 17 ? 3 + take(3) : 11 + take(7);
      if (times > all - at) {
        throw new ZipException("invalid bit length repeat");
      }
      Arrays.fill(found, at, at + times, length);
      at += times;
    }
    if (found[256] == 0) {
      throw new ZipException("invalid code -- missing end-of-block");
    }
    symbols = ownSymbols;
    distances = ownDistances;
    symbols.set(found, 0, symbolCount, true);
    distances.set(found, symbolCount, distanceCount, true);
  }

  /** Decodes until the block ends or the room is full. */
  private void coded() throws IOException {
    while (state == State.CODED && made < WINDOW + ROOM) {
      if (inputEnd - inputAt >= 16) {
        fast();
      } else if (count >= 48 || !more()) {
        slow();
      }
    }
  }

  /** Decodes as long as neither input nor room ends soon. */
  private void fast() throws ZipException {
    byte[] from = input;
    byte[] to = window;
    int[] table = symbols.table;
    int mask = symbols.mask;
    int moreMask = symbols.moreMask();
    int[] backTable = distances.table;
    int backMask = distances.mask;
    int backMoreMask = distances.moreMask();
    int at = inputAt;
    int last = inputEnd - 16;
    int out = made;
    long next = bits;
    int have = count;
    try {
      while (at <= last && out < WINDOW + ROOM) {
        next |= (long) LONGS.get(from, at) << have;
        at += 63 - have >>> 3;
        have |= 56;
        int entry = table[(int) next & mask];
        if (entry < 0) {
          next >>>= entry;
          have -= entry & 63;
          to[out++] = (byte) (entry >>> 16);
          entry = table[(int) next & mask];
          if (entry < 0) {
            next >>>= entry;
            have -= entry & 63;
            to[out++] = (byte) (entry >>> 16);
            entry = table[(int) next & mask];
            if (entry < 0) {
              next >>>= entry;
              have -= entry & 63;
              to[out++] = (byte) (entry >>> 16);
              entry = table[(int) next & mask];
              if (entry < 0) {
                next >>>= entry;
                have -= entry & 63;
                to[out++] = (byte) (entry >>> 16);
                continue;
              }
            }
          }
          next |= (long) LONGS.get(from, at) << have;
          at += 63 - have >>> 3;
          have |= 56;
        }
        if ((entry & InflateCode.MORE) != 0) {
          int second = (entry >>> 16) + ((int) (next >>> entry) & moreMask);
          next >>>= entry;
          have -= entry & 63;
          entry = table[second];
          if (entry < 0) {
            next >>>= entry;
            have -= entry & 63;
            to[out++] = (byte) (entry >>> 16);
            continue;
          }
        }
        if ((entry & InflateCode.END) != 0) {
          next >>>= entry;
          have -= entry & 63;
          state = State.BLOCK;
          return;
        }
        if (entry >>> 16 == 0) {
          throw new ZipException("invalid literal/length code");
        }
        int extra = entry >>> 6 & 31;
        next >>>= entry;
        int length = (entry >>> 16) + ((int) next & (1 << extra) - 1);
        next >>>= extra;
        have -= (entry & 63) + extra;
        int back = backTable[(int) next & backMask];
        if ((back & InflateCode.MORE) != 0) {
          int second = (back >>> 16) + ((int) (next >>> back) & backMoreMask);
          next >>>= back;
          have -= back & 63;
          back = backTable[second];
        }
        if (back >>> 16 == 0) {
          throw new ZipException("invalid distance code");
        }
        extra = back >>> 6 & 31;
        next >>>= back;
        int distance = (back >>> 16) + ((int) next & (1 << extra) - 1);
        next >>>= extra;
        have -= (back & 63) + extra;
        match(out, distance, length);
        out += length;
      }
    } finally {
      inputAt = at;
      made = out;
      bits = next & (1L << have) - 1;
      count = have;
    }
  }

  /** Decodes one symbol, and looks at each bit whether it is there. */
  private void slow() throws IOException {
    int entry = symbol(symbols);
    if (entry < 0) {
      window[made++] = (byte) (entry >>> 16);
    } else if ((entry & InflateCode.END) != 0) {
      state = State.BLOCK;
    } else if (entry >>> 16 == 0) {
      throw new ZipException("invalid literal/length code");
    } else {
      int length = (entry >>> 16) + take(entry >>> 6 & 31);
      int back = symbol(distances);
      if (back >>> 16 == 0) {
        throw new ZipException("invalid distance code");
      }
      int distance = (back >>> 16) + take(back >>> 6 & 31);
      match(made, distance, length);
      made += length;
    }
  }

  private int symbol(InflateCode code) throws IOException {
    int entry = code.table[peek(15) & code.mask];
    int unused = take(entry & 63);
    if (entry > 0 && (entry & InflateCode.MORE) != 0) {
      entry = code.table[(entry >>> 16) + (peek(15) & code.moreMask())];
      unused = take(entry & 63);
    }
    return entry;
  }

  /**
   * Copies what was made before, eight bytes at a time: a pattern shorter than that is laid out
   * again and again until it is longer. Writes a few bytes beyond, which are written anew later.
   */
  private void match(int to, int distance, int length) throws ZipException {
    if (distance > to) {
      throw new ZipException("invalid distance too far back");
    }
    byte[] w = window;
    int end = to + length;
    int at = to;
    int back = distance;
    while (back < Long.BYTES) {
      LONGS.set(w, at, (long) LONGS.get(w, at - back));
      at += back;
      back *= 2;
    }
    for (; at < end; at += Long.BYTES) {
      LONGS.set(w, at, (long) LONGS.get(w, at - back));
    }
  }

  /** Returns the next bits, zeros behind the end, and takes none. */
  private int peek(int wanted) throws IOException {
    if (count < wanted) {
      refill(wanted);
    }
    return (int) bits & (1 << wanted) - 1;
  }

  private void refill(int wanted) throws IOException {
    if (inputEnd - inputAt >= Long.BYTES) {
      int bytes = 63 - count >>> 3;
      bits |= (long) LONGS.get(input, inputAt) << count;
      inputAt += bytes;
      count += 8 * bytes;
      bits &= (1L << count) - 1;
      return;
    }
    while (count < wanted) {
      if (inputAt == inputEnd && !more()) {
        missing += 8;
      } else {
        bits |= (input[inputAt++] & 0xffL) << count;
      }
      count += 8;
    }
  }

  /** Takes bits, at most 16. */
  private int take(int wanted) throws IOException {
    int value = peek(wanted);
    bits >>>= wanted;
    count -= wanted;
    if (count < missing) {
      throw new EOFException();
    }
    return value;
  }

  /** Reads on; what was not used moves to the front. Returns whether there was anything. */
  private boolean more() throws IOException {
    int left = inputEnd - inputAt;
    System.arraycopy(input, inputAt, input, 0, left);
    inputAt = 0;
    inputEnd = left;
    int n = in.read(input, left, INPUT - left);
    inputEnd += Math.max(0, n);
    return n > 0;
  }

  private static int[] symbols() {
    int[] meanings = new int[288];
    for (int i = 0; i < 256; i++) {
      meanings[i] = 1 << 31 | i << 16;
    }
    meanings[256] = InflateCode.END;
    int base = 3;
    for (int i = 0; i < 29; i++) {
      meanings[257 + i] = (i == 28 ? LONGEST_MATCH : base) << 16 | LENGTH_EXTRA[i] << 6;
      base += 1 << LENGTH_EXTRA[i];
    }
    return meanings;
  }

  private static int[] distances() {
    int[] meanings = new int[32];
    int base = 1;
    for (int i = 0; i < 30; i++) {
      int extra = Math.max(0, i / 2 - 1);
      meanings[i] = base << 16 | extra << 6;
      base += 1 << extra;
    }
    return meanings;
  }

  private static int[] lengths() {
    int[] meanings = new int[19];
    for (int i = 0; i < 19; i++) {
      meanings[i] = i << 16;
    }
    return meanings;
  }
}
