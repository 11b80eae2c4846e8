package dev.rendition.local.jpeg;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one scan carries: T.81, B.2.3 and G.1.1.1.
 *
 * @param components indices, one for a scan of AC coefficients only
 * @param first coefficient in zigzag order (Ss)
 * @param last coefficient in zigzag order (Se)
 * @param high the bit position reached before, 0 for none (Ah)
 * @param low the bit position reached by this scan (Al)
 */
record EncoderScan(List<Integer> components, int first, int last, int high, int low) {

  /** Returns the one scan of a sequential file. */
  static EncoderScan sequential(int components) {
    return new EncoderScan(all(components), 0, 63, 0, 0);
  }

  /** Returns the scans of a progressive file as libjpeg's simple progression has them. */
  static List<EncoderScan> progression(int components) {
    List<EncoderScan> scans = new ArrayList<>();
    scans.add(new EncoderScan(all(components), 0, 0, 0, 1));
    scans.add(ac(0, 1, 5, 0, 2));
    if (components == 3) {
      scans.add(ac(2, 1, 63, 0, 1));
      scans.add(ac(1, 1, 63, 0, 1));
    }
    scans.add(ac(0, 6, 63, 0, 2));
    scans.add(ac(0, 1, 63, 2, 1));
    scans.add(new EncoderScan(all(components), 0, 0, 1, 0));
    if (components == 3) {
      scans.add(ac(2, 1, 63, 1, 0));
      scans.add(ac(1, 1, 63, 1, 0));
    }
    scans.add(ac(0, 1, 63, 1, 0));
    return scans;
  }

  private static List<Integer> all(int components) {
    return IntStream.range(0, components).boxed().toList();
  }

  private static EncoderScan ac(int component, int first, int last, int high, int low) {
    return new EncoderScan(List.of(component), first, last, high, low);
  }

  /** Whether its components name a DC table: a refinement of DC has plain bits only. */
  boolean usesDcTable() {
    return first == 0 && high == 0;
  }

  boolean usesAcTable() {
    return last > 0;
  }
}
