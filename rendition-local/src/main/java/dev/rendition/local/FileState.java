package dev.rendition.local;

import java.nio.file.attribute.BasicFileAttributes;

/**
 * One state of a file, told from others more sharply than by its stamp while a call runs.
 *
 * @param identity the file system's own number of the file; empty where it has none
 */
record FileState(Stamp stamp, String identity) {
  static FileState of(BasicFileAttributes file) {
    Object identity = file.fileKey();
    return new FileState(Stamp.of(file), identity == null ? "" : identity.toString());
  }
}
