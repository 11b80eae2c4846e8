package dev.rendition.local.jpeg;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a stream, or refuses it. Not safe for use by many threads. */
final class Warnings {
  private static final int MOST = 20;

  private final List<String> texts = new ArrayList<>();
  private final boolean strict;

  Warnings(boolean strict) {
    this.strict = strict;
  }

  /** Notes damage that makes samples wrong or missing. */
  void damage(String what, long offset) throws JpegException {
    if (strict) {
      throw new JpegException(JpegException.Kind.DAMAGED, what, offset);
    }
    note(what, offset);
  }

  /** Notes what leaves the samples as they should be. */
  void note(String what, long offset) {
    if (texts.size() < MOST) {
      texts.add(what + " (at byte " + offset + ")");
    }
  }

  List<String> list() {
    return List.copyOf(texts);
  }
}
