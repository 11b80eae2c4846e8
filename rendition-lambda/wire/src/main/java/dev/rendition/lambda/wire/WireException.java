package dev.rendition.lambda.wire;

import org.jspecify.annotations.Nullable;

/**
 * A text is no message of the wire. The one exception reading ever ends with, whatever the bytes.
 * The message is one sentence that says what is wrong and where; it is safe to log.
 */
public sealed class WireException extends IllegalArgumentException permits WireVersionException {
  private static final long serialVersionUID = 1L;

  WireException(String problem) {
    this(problem, null);
  }

  WireException(String problem, @Nullable Throwable cause) {
    super(problem, cause);
  }
}
