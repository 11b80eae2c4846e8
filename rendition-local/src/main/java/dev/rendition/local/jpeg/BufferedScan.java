package dev.rendition.local.jpeg;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Decodes one scan of several into the coefficients kept. Not safe for use by many threads. */
final class BufferedScan {
  private final Frame frame;
  private final Scan scan;
  private final CoefficientStore[] stores;
  private final EntropySegments segments;
  private final ProgressiveDecoder decoder;
  private final @Nullable ArithmeticScan arithmetic;
  private final HuffmanTable[] dc;
  private final HuffmanTable[] ac;
  private final int[] before;
  private final boolean needsDc;
  private final boolean needsAc;
  private final boolean refinesDc;
  private final boolean refinesAc;

  /**
   * Prepares a scan.
   *
   * @throws JpegException when a Huffman table that it needs was never defined
   */
  BufferedScan(
      Frame frame,
      Scan scan,
      CoefficientStore[] stores,
      Tables tables,
      BitReader reader,
      Warnings warnings)
      throws JpegException {
    this.frame = frame;
    this.scan = scan;
    this.stores = stores;
    boolean progressive = frame.progressive();
    int last = progressive ? scan.last() : 63;
    this.needsDc = !progressive || (scan.first() == 0 && scan.high() == 0);
    this.needsAc = last > 0;
    this.refinesDc = !needsDc && scan.first() == 0;
    this.refinesAc = progressive && scan.high() > 0;
    int count = scan.members().size();
    this.dc = new HuffmanTable[count];
    this.ac = new HuffmanTable[count];
    this.before = new int[count];
    for (int i = 0; i < count && !frame.arithmetic(); i++) {
      Scan.Member member = scan.members().get(i);
      if (needsDc) {
        dc[i] = tables.dc(member.dcTable()).orElseThrow(() -> missing(reader));
      }
      if (needsAc) {
        ac[i] = tables.ac(member.acTable()).orElseThrow(() -> missing(reader));
      }
    }
    this.segments = new EntropySegments(reader, tables.restartInterval, warnings);
    this.decoder =
        progressive
            ? new ProgressiveDecoder(reader, Math.max(1, scan.first()), last, scan.low())
            : new ProgressiveDecoder(reader, 1, 63, 0);
    this.arithmetic =
        frame.arithmetic()
            ? new ArithmeticScan(
                new ArithmeticBlocks(reader, tables.conditioning), scan, progressive)
            : null;
  }

  private static JpegException missing(BitReader reader) {
    return JpegDecoder.damaged("a Huffman table is missing", reader.source);
  }

  /** Returns how many blocks a scan goes through. */
  static long work(Frame frame, Scan scan) {
    long blocks = 0;
    for (Scan.Member member : scan.members()) {
      JpegComponent c = frame.components.get(member.component());
      blocks += (long) frame.unitsAcross() * c.horizontal() * frame.unitsDown() * c.vertical();
    }
    return blocks;
  }

  /** Decodes the scan; returns how many of its blocks came from data, 0 to 1. */
  double decode(BooleanSupplier cancelled) throws IOException {
    boolean alone = scan.members().size() == 1;
    int only = scan.members().get(0).component();
    int across = alone ? Frame.ceilDiv(frame.componentWidth(only), 8) : frame.unitsAcross();
    int down = alone ? Frame.ceilDiv(frame.componentHeight(only), 8) : frame.unitsDown();
    if (arithmetic != null) {
      arithmetic.restart();
    }
    for (int row = 0; row < down && !segments.ended(); row++) {
      JpegDecoder.check(cancelled);
      if (alone) {
        blocks(row, across);
      } else {
        units(row, across);
      }
    }
    return (double) segments.units / ((double) across * down);
  }

  int faults() {
    return decoder.faults;
  }

  private void blocks(int row, int across) throws IOException {
    CoefficientStore store = stores[scan.members().get(0).component()];
    short[] values = store.values(row);
    long[] present = store.present(row);
    for (int column = 0; column < across && !segments.ended(); column++) {
      restartWhereDue();
      if (segments.hasData()) {
        block(0, store, values, present, column);
      }
      segments.unitDone();
    }
  }

  private void units(int row, int across) throws IOException {
    for (int column = 0; column < across && !segments.ended(); column++) {
      restartWhereDue();
      if (segments.hasData()) {
        unit(row, column);
      }
      segments.unitDone();
    }
  }

  private void restartWhereDue() throws IOException {
    if (segments.restartIsDue()) {
      segments.restart();
      decoder.restart();
      Arrays.fill(before, 0);
      if (arithmetic != null) {
        arithmetic.restart();
      }
    }
  }

  private void unit(int row, int column) throws IOException {
    for (int i = 0; i < before.length; i++) {
      int component = scan.members().get(i).component();
      JpegComponent c = frame.components.get(component);
      CoefficientStore store = stores[component];
      for (int v = 0; v < c.vertical(); v++) {
        int blockRow = row * c.vertical() + v;
        short[] values = store.values(blockRow);
        long[] present = store.present(blockRow);
        for (int h = 0; h < c.horizontal(); h++) {
          block(i, store, values, present, column * c.horizontal() + h);
        }
      }
    }
  }

  private void block(int member, CoefficientStore store, short[] values, long[] present, int column)
      throws IOException {
    int at = column * store.perBlock;
    if (arithmetic != null) {
      if (!arithmetic.block(member, store, values, at, present, column)) {
        segments.giveUp();
      }
      return;
    }
    if (needsDc) {
      before[member] = decoder.dcFirst(dc[member], before[member], values, at, present, column);
    } else if (refinesDc) {
      decoder.dcRefine(values, at, present, column);
    }
    if (needsAc) {
      if (refinesAc) {
        decoder.acRefine(ac[member], store.slots, values, at, present, column);
      } else {
        decoder.acFirst(ac[member], store.slots, values, at, present, column);
      }
    }
  }
}
