package dev.rendition.local;

import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * Tells the states of one file apart: its size, and when it was modified as the file system keeps
 * it. The store never gives two states of a key the same stamp while either can be seen.
 */
record Stamp(long size, Instant modified) {
  /** No segment is encoded with a {@code %s} at its start, so no folder has a stamp's name. */
  private static final String PREFIX = "%s";

  static Stamp of(BasicFileAttributes file) {
    return new Stamp(file.size(), file.lastModifiedTime().toInstant());
  }

  String fileName() {
    return PREFIX + size + "-" + modified.getEpochSecond() + "." + modified.getNano();
  }

  static boolean isFileName(String name) {
    return name.startsWith(PREFIX);
  }
}
