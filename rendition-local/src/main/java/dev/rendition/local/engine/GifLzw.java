package dev.rendition.local.engine;

import java.io.IOException;

/** Unpacks the variable-length codes of one GIF frame (GIF89a specification, appendix F). */
final class GifLzw {
  private static final int MAX_CODES = 4096;

  private final ByteCursor in;
  private final int literalBits;
  private final Cancellation cancellation;
  private final short[] prefix = new short[MAX_CODES];
  private final byte[] suffix = new byte[MAX_CODES];
  private final byte[] stack = new byte[MAX_CODES + 1];
  private int blockLeft;
  private boolean ended;

  GifLzw(ByteCursor in, int literalBits, Cancellation cancellation) {
    if (literalBits < 1 || literalBits > 11) {
      throw StepException.damaged("GIF: the code size is " + literalBits + "; 2 to 8 are possible");
    }
    this.in = in;
    this.literalBits = literalBits;
    this.cancellation = cancellation;
  }

  /**
   * Fills the array and returns how many pixels were there: fewer if the data end early or are
   * damaged. The cursor stays behind the last data block that was begun.
   */
  int decode(byte[] pixels) throws IOException {
    int clear = 1 << literalBits;
    int end = clear + 1;
    int next = end + 1;
    int width = literalBits + 1;
    int last = -1;
    int first = 0;
    int done = 0;
    int bits = 0;
    int count = 0;
    int steps = 0;
    while (done < pixels.length) {
      if ((++steps & 0xffff) == 0) {
        cancellation.check();
      }
      while (count < width) {
        int b = nextByte();
        if (b < 0) {
          return finish(done);
        }
        bits |= b << count;
        count += 8;
      }
      int code = bits & (1 << width) - 1;
      bits >>>= width;
      count -= width;
      if (code == clear) {
        next = end + 1;
        width = literalBits + 1;
        last = -1;
        continue;
      }
      if (code == end || code > next || last < 0 && code >= clear) {
        return finish(done);
      }
      int depth = 0;
      int at = code;
      if (code == next) {
        stack[depth++] = (byte) first;
        at = last;
      }
      while (at >= clear) {
        stack[depth++] = suffix[at];
        at = prefix[at];
      }
      first = at;
      stack[depth++] = (byte) at;
      while (depth > 0 && done < pixels.length) {
        pixels[done++] = stack[--depth];
      }
      if (last >= 0 && next < MAX_CODES) {
        prefix[next] = (short) last;
        suffix[next] = (byte) first;
        next++;
        if (next == 1 << width && width < 12) {
          width++;
        }
      }
      last = code;
    }
    return finish(done);
  }

  private int finish(int done) {
    in.skip(blockLeft);
    blockLeft = 0;
    return done;
  }

  private int nextByte() throws IOException {
    if (blockLeft == 0) {
      int size = ended ? 0 : in.readOrEnd();
      if (size <= 0) {
        // The terminator is given back, so that whoever steps over the rest finds it.
        if (size == 0 && !ended) {
          in.seek(in.position() - 1);
        }
        ended = true;
        return -1;
      }
      blockLeft = size;
    }
    blockLeft--;
    return in.readOrEnd();
  }
}
