package dev.rendition.asset;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Instant;

/**
 * A link that works until it expires. It is a secret: {@link #toString()} leaves the query out, so
 * that logging one by accident gives nothing away.
 *
 * @param uri the whole link
 * @param expiresAt the first moment at which the link is refused
 */
public record SignedUrl(URI uri, Instant expiresAt) {
  public SignedUrl {
    requireNonNull(uri, "uri");
    requireNonNull(expiresAt, "expiresAt");
  }

  /** Returns the link without its query, and when it expires. */
  @Override
  public String toString() {
    String text = uri.toString();
    int query = text.indexOf('?');
    return (query < 0 ? text : text.substring(0, query) + "?…") + " until " + expiresAt;
  }
}
