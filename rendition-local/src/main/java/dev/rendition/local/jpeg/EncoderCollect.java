package dev.rendition.local.jpeg;

import java.util.List;

/** Turns the blocks of a sequential scan into tokens, so that tables can be made for them. */
final class EncoderCollect implements EncoderBlockSink {
  private static final int[] PLACES = ForwardDct.zigzagPlaces();
  private static final int ZERO_RUN = 0xf0;

  private static final int MAX_BLOCK_TOKENS = 64;

  private final EncoderTokens tokens;
  private final List<EncoderComponent> components;
  private final int[] lastDc;

  EncoderCollect(EncoderTokens tokens, List<EncoderComponent> components) {
    this.tokens = tokens;
    this.components = components;
    lastDc = new int[components.size()];
  }

  @Override
  public void filler(int component) {
    tokens.reserve(MAX_BLOCK_TOKENS);
    int table = components.get(component).table;
    tokens.symbol(EncoderTokens.DC + table, 0, 0);
    tokens.symbol(EncoderTokens.AC + table, 0, 0);
  }

  @Override
  public void block(int component, int[] coefficients, int offset, long nonZero) {
    tokens.reserve(MAX_BLOCK_TOKENS);
    int table = components.get(component).table;
    int difference = coefficients[offset] - lastDc[component];
    lastDc[component] = coefficients[offset];
    tokens.value(EncoderTokens.DC + table, 0, difference);
    int acTable = EncoderTokens.AC + table;
    long left = nonZero & ~1L;
    int last = 0;
    while (left != 0) {
      int n = Long.numberOfTrailingZeros(left);
      left &= left - 1;
      int run = n - last - 1;
      last = n;
      while (run > 15) {
        run -= 16;
        tokens.symbol(acTable, ZERO_RUN, 0);
      }
      tokens.value(acTable, run, coefficients[offset + PLACES[n]]);
    }
    if (last != 63) {
      tokens.symbol(acTable, 0, 0);
    }
  }
}
