package dev.rendition.local.engine;

/** Samples that are stored as floating point: 0 is black, 1 is white. */
final class FloatSamples {
  private FloatSamples() {}

  /** Returns 0 to 255, rounded; what is not a number is 0. */
  static byte toByte(double v) {
    if (!(v > 0)) {
      return 0;
    }
    return (byte) (int) (Math.min(1, v) * 255 + 0.5);
  }
}
