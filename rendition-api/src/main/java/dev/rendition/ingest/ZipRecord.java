package dev.rendition.ingest;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the directory of an archive says of one entry. Not safe for use by many threads. */
final class ZipRecord {
  static final int STORED = 0;
  static final int DEFLATED = 8;

  private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;
  private static final int AES = 99;
  private static final int TYPE_BITS = 0xf000;
  private static final int REGULAR = 0x8000;
  private static final int DIRECTORY = 0x4000;

  private final byte[] rawName;
  private final boolean nameCut;
  private final int flags;
  private final int method;
  private final long crc;
  private final long compressed;
  private final long size;
  private final long offset;
  private final int unixMode;
  private long data = -1;
  private @Nullable String lie;

  ZipRecord(
      byte[] rawName,
      boolean nameCut,
      int flags,
      int method,
      long crc,
      long compressed,
      long size,
      long offset,
      int unixMode) {
    this.rawName = rawName;
    this.nameCut = nameCut;
    this.flags = flags;
    this.method = method;
    this.crc = crc;
    this.compressed = compressed;
    this.size = size;
    this.offset = offset;
    this.unixMode = unixMode;
  }

  /** Returns the bytes of the name, the first of them if it is too long; not to be changed. */
  byte[] rawName() {
    return rawName;
  }

  /** Returns whether the name is longer than any key, and was not kept whole. */
  boolean nameCut() {
    return nameCut;
  }

  int flags() {
    return flags;
  }

  /** Returns whether the name is said to be UTF-8 (APPNOTE.TXT, appendix D). */
  boolean utf8() {
    return (flags & 1 << 11) != 0;
  }

  boolean encrypted() {
    return (flags & ENCRYPTED) != 0 || method == AES;
  }

  /** Returns whether sizes follow the bytes instead of standing before them. */
  boolean described() {
    return (flags & 1 << 3) != 0;
  }

  int method() {
    return method;
  }

  long crc() {
    return crc;
  }

  /** Returns how many bytes the entry has in the archive. */
  long compressed() {
    return compressed;
  }

  /** Returns how many bytes it is said to unfold to. */
  long size() {
    return size;
  }

  /** Returns where its own header begins. */
  long offset() {
    return offset;
  }

  /** Returns whether it is a link, a device, or whatever else is neither file nor folder. */
  boolean special() {
    int type = unixMode & TYPE_BITS;
    return type != 0 && type != REGULAR && type != DIRECTORY;
  }

  /** Returns where its bytes begin, once that is known; -1 before. */
  long data() {
    return data;
  }

  void data(long position) {
    data = position;
  }

  /** Returns what its own header says differently. */
  Optional<String> lie() {
    return Optional.ofNullable(lie);
  }

  void lie(String what) {
    if (lie == null) {
      lie = what;
    }
  }
}
