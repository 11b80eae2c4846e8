package dev.rendition.local.jpeg;

/** What the coefficients of one component need while a streamed scan is read. */
final class ArithmeticComponent extends ArithmeticHistory {
  final int dcSlot;
  final int acSlot;

  /** By place in zigzag order: what to multiply with. */
  final int[] quant;

  /** By place in zigzag order: where the coefficient goes. */
  final int[] places;

  ArithmeticComponent(Scan.Member member, int[] quant, int side, int step) {
    this.dcSlot = member.dcTable();
    this.acSlot = member.acTable();
    this.quant = quant.clone();
    this.places = ZigZag.places(side, step);
  }
}
