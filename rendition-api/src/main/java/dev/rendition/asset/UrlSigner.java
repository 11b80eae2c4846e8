package dev.rendition.asset;

import java.time.Duration;

/**
 * Makes links to private assets. Implementations do no I/O, are safe for use by many threads, and
 * pass {@code UrlSignerContract} of rendition-testkit.
 *
 * <p>A signed link is a bearer token: whoever holds it may read the asset until it expires.
 */
public interface UrlSigner {
  /**
   * Makes a link for reading one asset. Whether the asset exists is not looked at. The same key
   * signed again gives another link that is valid from now on.
   *
   * @param validity more than zero; the signer's documentation states its longest
   * @throws IllegalArgumentException if the validity is not in the signer's range
   */
  SignedUrl sign(AssetKey key, Duration validity);
}
