package dev.rendition.local.jpeg;

import java.util.List;

/** A frame header (ITU-T T.81, B.2.2). Immutable. */
final class Frame {
  final int marker;
  final int precision;
  final int width;
  final int height;
  final List<JpegComponent> components;
  final List<Integer> quantTables;
  final int maxHorizontal;
  final int maxVertical;

  Frame(
      int marker,
      int precision,
      int width,
      int height,
      List<JpegComponent> components,
      List<Integer> quantTables) {
    this.marker = marker;
    this.precision = precision;
    this.width = width;
    this.height = height;
    this.components = List.copyOf(components);
    this.quantTables = List.copyOf(quantTables);
    this.maxHorizontal = components.stream().mapToInt(JpegComponent::horizontal).max().orElse(1);
    this.maxVertical = components.stream().mapToInt(JpegComponent::vertical).max().orElse(1);
  }

  Frame withHeight(int newHeight) {
    return new Frame(marker, precision, width, newHeight, components, quantTables);
  }

  boolean progressive() {
    return marker == JpegMarker.SOF2 || marker == JpegMarker.SOF10;
  }

  /** Says whether the entropy coding is arithmetic, not Huffman's. */
  boolean arithmetic() {
    return marker == JpegMarker.SOF9 || marker == JpegMarker.SOF10;
  }

  /** Returns how many samples a line of a component has at full size (T.81, A.1.1). */
  int componentWidth(int component) {
    return ceilDiv(width * components.get(component).horizontal(), maxHorizontal);
  }

  /** Returns how many lines of a component there are at full size (T.81, A.1.1). */
  int componentHeight(int component) {
    return ceilDiv(height * components.get(component).vertical(), maxVertical);
  }

  /** Returns how many units an interleaved scan has from left to right (T.81, A.2.4). */
  int unitsAcross() {
    return ceilDiv(width, 8 * maxHorizontal);
  }

  /** Returns how many units an interleaved scan has from top to bottom. */
  int unitsDown() {
    return ceilDiv(height, 8 * maxVertical);
  }

  /** Returns how many blocks all components have, those that fill up the last units included. */
  long blocks() {
    long perUnit = 0;
    for (JpegComponent c : components) {
      perUnit += (long) c.horizontal() * c.vertical();
    }
    return perUnit * unitsAcross() * unitsDown();
  }

  static int ceilDiv(int value, int by) {
    return (value + by - 1) / by;
  }
}
