package dev.rendition.cli;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.generate.FailureReason;
import java.io.IOException;

/** One picture to be stored and rendered. */
sealed interface Original {
  /** Returns what people know it by: the file as they named it. */
  String source();

  /**
   * A picture with a key.
   *
   * @param opener gives its bytes, when its turn comes
   */
  record Usable(String source, AssetKey key, Opener opener) implements Original {}

  /** A picture that is refused before it is read. */
  record Refused(String source, FailureReason reason, String detail) implements Original {}

  /** Opens a picture. */
  @FunctionalInterface
  interface Opener {
    AssetSource open() throws IOException;
  }
}
