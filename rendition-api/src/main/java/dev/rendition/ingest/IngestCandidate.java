package dev.rendition.ingest;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes that may become an original, and what is known of them. Size and kind have been looked at
 * before. Valid until the validators have answered; not safe for use by many threads.
 */
public final class IngestCandidate {
  private final AssetKey key;
  private final String declaredType;
  private final String mediaType;
  private final long length;
  private final String sha256;
  private final AssetSource.Opener opener;

  IngestCandidate(
      AssetKey key, String declaredType, String mediaType, Gauge gauge, AssetSource.Opener opener) {
    this.key = requireNonNull(key, "key");
    this.declaredType = declaredType;
    this.mediaType = mediaType;
    this.length = gauge.length();
    this.sha256 = gauge.sha256();
    this.opener = opener;
  }

  /** Returns under which key they would be stored. */
  public AssetKey key() {
    return key;
  }

  /** Returns the media type somebody claimed, lower case. */
  public String declaredType() {
    return declaredType;
  }

  /** Returns the media type by content. */
  public String mediaType() {
    return mediaType;
  }

  /** Returns how many bytes there are, 1 or more. */
  public long length() {
    return length;
  }

  /** Returns the SHA-256 of the bytes in 64 lower-case hex digits. */
  public String sha256() {
    return sha256;
  }

  /** Opens the bytes from the first on; the caller closes the stream. */
  public InputStream open() throws IOException {
    return opener.open();
  }
}
