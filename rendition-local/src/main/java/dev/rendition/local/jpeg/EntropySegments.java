package dev.rendition.local.jpeg;

import java.io.IOException;

/**
 * Leads through the entropy-coded segments of one scan: restart markers, and what to do when they
 * are missing or the data end early (ITU-T T.81, F.1.2.3 and F.2.2.5). Not safe for use by many
 * threads.
 */
final class EntropySegments {
  private final BitReader reader;
  private final Warnings warnings;
  private final int interval;
  private int left;
  private int expected;
  private boolean lost;

  /** How many units were read from data. */
  long units;

  EntropySegments(BitReader reader, int interval, Warnings warnings) {
    this.reader = reader;
    this.interval = interval;
    this.warnings = warnings;
    this.left = interval;
    reader.align();
  }

  /** Says whether a restart marker has to come before the next unit. */
  boolean restartIsDue() {
    return interval > 0 && left == 0;
  }

  /** Says whether no further unit can come. */
  boolean ended() {
    return lost && interval == 0;
  }

  /** Says whether the next unit has data. */
  boolean hasData() {
    return !lost;
  }

  /** Takes the rest of the segment as lost: its data make no sense. */
  void giveUp() throws JpegException {
    if (!lost) {
      lost = true;
      warnings.damage("the data of a scan make no sense", reader.source.offset());
    }
  }

  /** Takes note that a unit was read, or passed over for want of data. */
  void unitDone() throws JpegException {
    left--;
    if (lost) {
      return;
    }
    if (reader.exhausted()) {
      lost = true;
      warnings.damage("the data of a scan end early", reader.source.offset());
    } else {
      units++;
    }
  }

  /** Goes over the restart marker, or decides what to make of another one. */
  void restart() throws IOException {
    reader.align();
    left = interval;
    lost = true;
    JpegSource source = reader.source;
    int wanted = expected;
    expected = (expected + 1) & 7;
    while (true) {
      int marker = source.peekMarker();
      if (!JpegMarker.isRestart(marker)) {
        warnings.damage("a restart marker is missing", source.offset());
        return;
      }
      int ahead = (marker - JpegMarker.RST0 - wanted) & 7;
      if (ahead != 0) {
        warnings.damage("a restart marker is out of order", source.offset());
      }
      if (ahead == 1 || ahead == 2) {
        return;
      }
      source.pos += 2;
      if (ahead < 6) {
        lost = false;
        return;
      }
    }
  }
}
