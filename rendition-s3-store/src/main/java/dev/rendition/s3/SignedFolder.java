package dev.rendition.s3;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.SignedUrl;
import java.net.URI;
import java.time.Instant;

/**
 * One signature for every asset of a folder, made by {@link CloudFrontUrlSigner#signFolder}. Making
 * a link of it costs no cryptography. Whoever holds one link can make the others. Immutable.
 */
public final class SignedFolder {
  private final String base;
  private final String beginning;
  private final String query;
  private final Instant expiresAt;

  /**
   * Makes a folder.
   *
   * @param base what links begin with
   * @param beginning what the texts of all keys begin with, up to a slash
   * @param query what follows the question mark
   */
  SignedFolder(String base, String beginning, String query, Instant expiresAt) {
    this.base = base;
    this.beginning = beginning;
    this.query = query;
    this.expiresAt = expiresAt;
  }

  /**
   * Returns the link to an asset of this folder or one below.
   *
   * @throws IllegalArgumentException if the asset lies elsewhere
   */
  public SignedUrl link(AssetKey asset) {
    String text = asset.toString();
    if (!text.startsWith(beginning)) {
      throw new IllegalArgumentException(
          asset + " does not lie in " + beginning + ", for which this was signed");
    }
    return new SignedUrl(URI.create(base + UriText.path(text) + '?' + query), expiresAt);
  }

  /** Returns when all links end. */
  public Instant expiresAt() {
    return expiresAt;
  }

  /** Names the folder, not the signature. */
  @Override
  public String toString() {
    return "SignedFolder[" + base + UriText.path(beginning) + " until " + expiresAt + "]";
  }
}
