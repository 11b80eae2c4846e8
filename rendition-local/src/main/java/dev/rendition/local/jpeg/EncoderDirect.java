package dev.rendition.local.jpeg;

import java.io.IOException;
import java.util.List;

/** Codes the blocks of a sequential scan at once, with tables known beforehand: T.81, F.1.2. */
final class EncoderDirect implements EncoderBlockSink {
  private static final int[] PLACES = ForwardDct.zigzagPlaces();
  private static final int ZERO_RUN = 0xf0;

  /** 64 codes with their plain bits at most 27 bits long, each byte of them doubled at worst. */
  private static final int MAX_BLOCK_BYTES = 512;

  private final JpegEncoderOutput out;
  private final int[] lastDc;
  private final long[][] dc;
  private final long[][] ac;

  EncoderDirect(
      JpegEncoderOutput out,
      List<EncoderComponent> components,
      List<EncoderHuffman> dc,
      List<EncoderHuffman> ac) {
    this.out = out;
    this.lastDc = new int[components.size()];
    this.dc = entries(components, dc);
    this.ac = entries(components, ac);
  }

  private static long[][] entries(List<EncoderComponent> components, List<EncoderHuffman> tables) {
    long[][] entries = new long[components.size()][];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = tables.get(components.get(i).table).entries();
    }
    return entries;
  }

  @Override
  public void filler(int component) throws IOException {
    block(component, EMPTY, 0, 0, lastDc[component]);
  }

  private static final int[] EMPTY = new int[0];

  @Override
  public void block(int component, int[] coefficients, int offset, long nonZero)
      throws IOException {
    block(component, coefficients, offset, nonZero & ~1L, coefficients[offset]);
  }

  private void block(int component, int[] coefficients, int offset, long acNonZero, int dcValue)
      throws IOException {
    out.reserve(MAX_BLOCK_BYTES);
    byte[] buffer = out.buffer;
    int position = out.position;
    long bits = out.bits;
    int bitCount = out.bitCount;

    int difference = dcValue - lastDc[component];
    lastDc[component] = dcValue;
    int sign = difference >> 31;
    int size = 32 - Integer.numberOfLeadingZeros((difference ^ sign) - sign);
    long entry = dc[component][size];
    int length = (int) entry & 63;
    bits = bits << length | entry >>> 6 | (difference + sign) & ((1 << size) - 1);
    bitCount += length;
    if (bitCount >= 32) {
      bitCount -= 32;
      position = JpegEncoderOutput.putStuffed(buffer, position, (int) (bits >>> bitCount));
    }

    long[] codes = ac[component];
    long left = acNonZero;
    int last = 0;
    while (left != 0) {
      int n = Long.numberOfTrailingZeros(left);
      left &= left - 1;
      int run = n - last - 1;
      last = n;
      while (run > 15) {
        run -= 16;
        long zeros = codes[ZERO_RUN];
        length = (int) zeros & 63;
        bits = bits << length | zeros >>> 6;
        bitCount += length;
        if (bitCount >= 32) {
          bitCount -= 32;
          position = JpegEncoderOutput.putStuffed(buffer, position, (int) (bits >>> bitCount));
        }
      }
      int value = coefficients[offset + PLACES[n]];
      sign = value >> 31;
      size = 32 - Integer.numberOfLeadingZeros((value ^ sign) - sign);
      entry = codes[run << 4 | size];
      length = (int) entry & 63;
      bits = bits << length | entry >>> 6 | (value + sign) & ((1 << size) - 1);
      bitCount += length;
      if (bitCount >= 32) {
        bitCount -= 32;
        position = JpegEncoderOutput.putStuffed(buffer, position, (int) (bits >>> bitCount));
      }
    }
    if (last != 63) {
      entry = codes[0];
      length = (int) entry & 63;
      bits = bits << length | entry >>> 6;
      bitCount += length;
      if (bitCount >= 32) {
        bitCount -= 32;
        position = JpegEncoderOutput.putStuffed(buffer, position, (int) (bits >>> bitCount));
      }
    }
    out.position = position;
    out.bits = bits;
    out.bitCount = bitCount;
  }
}
