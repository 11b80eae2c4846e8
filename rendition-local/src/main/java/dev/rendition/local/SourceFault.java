package dev.rendition.local;

import dev.rendition.asset.AssetKey;
import java.io.IOException;

/** A source failed, not the store: carries what the caller is to get. */
final class SourceFault extends IOException {
  private static final long serialVersionUID = 1L;

  private final IOException told;

  SourceFault(IOException told) {
    super(told);
    this.told = told;
  }

  static SourceFault length(AssetKey key, long declared, long given, boolean more) {
    return new SourceFault(
        new IOException(
            "the source of "
                + key
                + " declared "
                + declared
                + " bytes and gave "
                + (more ? "at least " : "")
                + given));
  }

  /** Returns the source's own exception. */
  IOException told() {
    return told;
  }
}
