package dev.rendition.lambda.wire;

import static java.util.Objects.requireNonNull;

import dev.rendition.generate.RenditionRequest;
import java.util.UUID;

/** What a caller asks of a worker. Immutable. */
public sealed interface WireRequest {
  /** Returns what ties the logs of both sides together. */
  String trace();

  /**
   * Make renditions.
   *
   * @param trace 1 to 128 letters, digits and {@code . _ : = ; -} of ASCII
   * @param request what to make; a name longer than {@value WireCodec#MAX_NAME} characters arrives
   *     shortened
   * @param event whether nobody reads the answer, because the message lay in a queue: the worker
   *     then fails visibly where an answer would tell of a failure worth another try, so that the
   *     queue repeats it or sets it aside
   */
  record Generate(String trace, RenditionRequest request, boolean event) implements WireRequest {
    public Generate {
      Json.requireTrace(trace);
      requireNonNull(request, "request");
    }

    /** A request whose answer is read. */
    public Generate(String trace, RenditionRequest request) {
      this(trace, request, false);
    }
  }

  /**
   * Say who you are; answered with {@link WireAnswer.Pong}.
   *
   * @param trace 1 to 128 letters, digits and {@code . _ : = ; -} of ASCII
   */
  record Ping(String trace) implements WireRequest {
    public Ping {
      Json.requireTrace(trace);
    }
  }

  /** Returns a trace nobody else has. */
  static String newTrace() {
    return UUID.randomUUID().toString();
  }
}
