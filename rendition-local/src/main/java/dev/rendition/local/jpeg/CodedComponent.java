package dev.rendition.local.jpeg;

import java.util.Arrays;

/** What the coefficients of one component need while they are read. */
final class CodedComponent {
  final HuffmanTable dc;
  final HuffmanTable ac;
  final int[] dcSteps;
  final long[] acPairs;
  final int[] acSkips;

  /** By place in zigzag order: what to multiply with. */
  final int[] quant;

  /** By place in zigzag order: where the coefficient goes. */
  final int[] places;

  /** The last place in zigzag order that is kept. */
  final int lastKept;

  /** The DC coefficient of the block before. */
  int dcBefore;

  CodedComponent(HuffmanTable dc, HuffmanTable ac, int[] quant, int side, int step) {
    this.dc = dc;
    this.ac = ac;
    this.dcSteps = dc.steps();
    this.acPairs = ac.pairs();
    this.acSkips = ac.skips();
    this.quant = Arrays.copyOf(quant, 64 + ZigZag.PAST);
    this.places = ZigZag.places(side, step);
    this.lastKept = ZigZag.lastKept(side);
  }
}
