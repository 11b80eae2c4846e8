package dev.rendition.local.jpeg;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/** Says why a JPEG stream cannot be decoded, and where in the stream that was seen. */
public final class JpegException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What stands in the way. */
  public enum Kind {
    /** The bytes are not a JPEG stream at all. */
    NOT_A_JPEG,
    /** A legal stream of a process this decoder does not do; another decoder may. */
    UNSUPPORTED,
    /** The stream breaks the rules, or ends, where nothing sensible can be made of it. */
    DAMAGED,
    /** The stream asks for more than the limits allow. */
    OVER_LIMIT
  }

  private final Kind kind;
  private final long offset;

  JpegException(Kind kind, String what, long offset) {
    super(what + " (at byte " + offset + ")");
    this.kind = requireNonNull(kind, "kind");
    this.offset = offset;
  }

  public Kind kind() {
    return kind;
  }

  /** Returns the byte of the stream, from 0, near which the trouble was seen. */
  public long offset() {
    return offset;
  }
}
