package dev.rendition.asset;

import java.io.IOException;
import java.util.Collection;

/** Tells a content delivery network to forget assets. Safe for use by many threads. */
@FunctionalInterface
public interface CdnInvalidator {
  /**
   * Asks the network to forget what it holds of these keys. Returns when the network has accepted
   * the order, which may be before every edge has carried it out. Repeating it is harmless; an
   * empty collection does nothing.
   *
   * @throws IOException if the network did not accept the order
   */
  void invalidate(Collection<AssetKey> keys) throws IOException;
}
