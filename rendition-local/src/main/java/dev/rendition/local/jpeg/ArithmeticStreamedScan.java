package dev.rendition.local.jpeg;

import java.io.IOException;

/** A streamed scan whose entropy coding is arithmetic. Not safe for use by many threads. */
final class ArithmeticStreamedScan extends StreamedScan {
  private final ArithmeticComponent[] coded;
  private final ArithmeticBlocks blocks;

  ArithmeticStreamedScan(
      Frame frame,
      Scan scan,
      PlaneRows[] planes,
      ArithmeticComponent[] coded,
      ArithmeticBlocks blocks,
      BitReader reader,
      EntropySegments segments) {
    super(frame, scan, planes, new CodedComponent[0], reader, segments);
    this.coded = coded;
    this.blocks = blocks;
  }

  @Override
  void readUnits(UnitGroup group) throws IOException {
    for (int unit = 0; unit < group.units; unit++) {
      if (segments.restartIsDue()) {
        segments.restart();
        blocks.restart();
        for (ArithmeticComponent c : coded) {
          c.restart();
        }
      }
      if (segments.hasData()) {
        for (int i = 0; i < blockBase.length && !blocks.broken; i++) {
          int component = blockComponent[i];
          int base = blockBase[i] + unit * acrossOf[component];
          blocks.block(coded[component], group.tiles[component], base);
        }
        if (blocks.broken) {
          segments.giveUp();
        }
      }
      segments.unitDone();
    }
  }
}
