package dev.rendition.local.jpeg;

/** Small questions about a segment's bytes. */
final class Segments {
  private Segments() {}

  static boolean startsWith(byte[] segment, int length, byte[] name) {
    if (length < name.length) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if (segment[i] != name[i]) {
        return false;
      }
    }
    return true;
  }

  static int shortAt(byte[] segment, int at) {
    return (segment[at] & 0xff) << 8 | (segment[at + 1] & 0xff);
  }
}
