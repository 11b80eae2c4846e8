package dev.rendition.local.jpeg;

import java.util.List;

/**
 * A scan header (ITU-T T.81, B.2.3).
 *
 * @param members the components of the scan in its order
 * @param first the first coefficient coded, in zigzag order
 * @param last the last coefficient coded
 * @param high the bit plane known before, 0 in a first pass
 * @param low the bit plane this scan ends at
 */
record Scan(List<Member> members, int first, int last, int high, int low) {
  /**
   * A component's part in a scan.
   *
   * @param component its number in the frame, from 0
   * @param dcTable the Huffman table of its DC differences
   * @param acTable the Huffman table of its AC coefficients
   */
  record Member(int component, int dcTable, int acTable) {}

  /** Says what breaks the rules of a progressive scan (T.81, G.1.1.1), or nothing. */
  boolean soundProgression() {
    boolean band = first == 0 ? last == 0 : members.size() == 1 && first <= last && last <= 63;
    return band && low <= 13 && (high == 0 || low == high - 1);
  }
}
