package dev.rendition.s3;

import dev.rendition.asset.MediaType;
import java.io.ByteArrayInputStream;
import software.amazon.awssdk.core.sync.RequestBody;

/** Request bodies over a caller's array, which is not copied. */
final class Bodies {
  private Bodies() {}

  /** Returns a body of the first bytes of an array, which nobody changes until it is sent. */
  static RequestBody of(byte[] bytes, int count) {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(bytes, 0, count), count, MediaType.UNKNOWN);
  }
}
