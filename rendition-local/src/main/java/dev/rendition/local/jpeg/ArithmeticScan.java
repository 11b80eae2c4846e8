package dev.rendition.local.jpeg;

import java.io.IOException;

/**
 * Reads the blocks of one arithmetically coded scan of several. Not safe for use by many threads.
 */
final class ArithmeticScan {
  private final ArithmeticBlocks blocks;
  private final Scan scan;
  private final Band band;
  private final boolean hasDc;
  private final boolean refines;
  private final ArithmeticHistory[] histories;

  ArithmeticScan(ArithmeticBlocks blocks, Scan scan, boolean progressive) {
    this.blocks = blocks;
    this.scan = scan;
    this.band =
        progressive
            ? new Band(Math.max(1, scan.first()), scan.last(), scan.low())
            : new Band(1, 63, 0);
    this.hasDc = !progressive || scan.first() == 0;
    this.refines = progressive && scan.high() > 0;
    this.histories = new ArithmeticHistory[scan.members().size()];
    for (int i = 0; i < histories.length; i++) {
      histories[i] = new ArithmeticHistory();
    }
  }

  /** Begins with a segment. */
  void restart() throws IOException {
    blocks.restart();
    for (ArithmeticHistory history : histories) {
      history.restart();
    }
  }

  /** Reads a block; says whether the data still make sense. */
  boolean block(
      int member, CoefficientStore store, short[] values, int at, long[] present, int block)
      throws IOException {
    if (blocks.broken) {
      return false;
    }
    Scan.Member part = scan.members().get(member);
    if (hasDc && refines) {
      values[at] |= (short) (blocks.dcRefinement() << band.low());
      present[block] |= 1;
    } else if (hasDc) {
      values[at] = (short) (blocks.dc(part.dcTable(), histories[member]) << band.low());
      present[block] |= 1;
    }
    if (band.last() > 0 && refines) {
      blocks.acRefine(part.acTable(), band, store.slots, values, at, present, block);
    } else if (band.last() > 0) {
      blocks.acFirst(part.acTable(), band, store.slots, values, at, present, block);
    }
    return !blocks.broken;
  }
}
