package dev.rendition.local.jpeg;

import dev.rendition.local.assist.Assistant;
import dev.rendition.local.assist.Relay;
import dev.rendition.local.raster.RowSink;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/**
 * Decodes a sequential scan that holds every component: each row of units becomes rows of samples
 * as soon as it is read. Not safe for use by many threads.
 */
class StreamedScan {
  private final Frame frame;
  private final PlaneRows[] planes;
  private final CodedComponent[] coded;
  final EntropySegments segments;
  private final HuffmanDecoder decoder;
  private final int unitsAcross;
  private final int unitsDown;
  final int[] acrossOf;

  /** For each block of a unit: its component, and where its tile begins. */
  final int[] blockComponent;

  final int[] blockBase;

  StreamedScan(
      Frame frame,
      Scan scan,
      PlaneRows[] planes,
      CodedComponent[] coded,
      BitReader reader,
      EntropySegments segments) {
    this.frame = frame;
    this.planes = planes;
    this.coded = coded;
    this.segments = segments;
    this.decoder = new HuffmanDecoder(reader);
    boolean alone = planes.length == 1;
    this.unitsAcross = alone ? Frame.ceilDiv(frame.width, 8) : frame.unitsAcross();
    this.unitsDown = alone ? Frame.ceilDiv(frame.height, 8) : frame.unitsDown();
    this.acrossOf = new int[planes.length];
    int blocks = 0;
    for (PlaneRows plane : planes) {
      acrossOf[plane.plane] = alone ? 1 : frame.components.get(plane.plane).horizontal();
      blocks += acrossOf[plane.plane] * plane.blockRows;
    }
    this.blockComponent = new int[blocks];
    this.blockBase = new int[blocks];
    int i = 0;
    for (Scan.Member member : scan.members()) {
      PlaneRows plane = planes[member.component()];
      for (int v = 0; v < plane.blockRows; v++) {
        for (int h = 0; h < acrossOf[plane.plane]; h++, i++) {
          blockComponent[i] = plane.plane;
          blockBase[i] = v * plane.tileSize + h;
        }
      }
    }
  }

  /** Decodes everything; returns how much of the picture came from data. */
  double decode(RowSink sink, BooleanSupplier cancelled, Assistant assistant) throws IOException {
    int most = ScaledIdct.BLOCKS / (planes.length == 1 ? 1 : frame.maxHorizontal);
    try (Relay<UnitGroup> relay =
        new Relay<>(assistant, this::group, group -> transform(group, sink))) {
      for (int row = 0; row < unitsDown; row++) {
        JpegDecoder.check(cancelled);
        for (int first = 0; first < unitsAcross; first += most) {
          UnitGroup group = relay.next();
          group.first = first;
          group.units = Math.min(most, unitsAcross - first);
          readUnits(group);
          relay.pass();
        }
      }
      relay.finish();
    }
    return (double) segments.units / ((double) unitsAcross * unitsDown);
  }

  private UnitGroup group(int slot) {
    int[][] tiles = new int[planes.length][];
    for (PlaneRows plane : planes) {
      tiles[plane.plane] = plane.tiles(slot);
    }
    return new UnitGroup(tiles);
  }

  /** The second half of decoding, which an idle worker may do. */
  private void transform(UnitGroup group, RowSink sink) {
    for (PlaneRows plane : planes) {
      int across = acrossOf[plane.plane];
      plane.transform(group.tiles[plane.plane], group.first * across, group.units * across);
    }
    if (group.first + group.units == unitsAcross) {
      for (PlaneRows plane : planes) {
        plane.emit(sink);
      }
    }
  }

  int faults() {
    return decoder.faults;
  }

  /** The first half of decoding, which stays on the calling thread. */
  void readUnits(UnitGroup group) throws IOException {
    for (int unit = 0; unit < group.units; unit++) {
      if (segments.restartIsDue()) {
        segments.restart();
        for (CodedComponent c : coded) {
          c.dcBefore = 0;
        }
      }
      if (segments.hasData()) {
        for (int i = 0; i < blockBase.length; i++) {
          int component = blockComponent[i];
          int base = blockBase[i] + unit * acrossOf[component];
          decoder.block(coded[component], group.tiles[component], base);
        }
      }
      segments.unitDone();
    }
  }
}
