package dev.rendition.lambda.wire;

/**
 * A message is written in a version nobody here speaks: caller and worker were deployed too far
 * apart. A worker answers it with {@link WireAnswer.VersionRefused}.
 */
public final class WireVersionException extends WireException {
  private static final long serialVersionUID = 1L;

  private final int version;

  WireVersionException(int version) {
    super(
        "the message is written in wire version "
            + version
            + ", and this side speaks "
            + WireCodec.VERSIONS
            + "; deploy caller and worker of one release");
    this.version = version;
  }

  /** Returns the version the message is written in, 0 or more. */
  public int version() {
    return version;
  }
}
