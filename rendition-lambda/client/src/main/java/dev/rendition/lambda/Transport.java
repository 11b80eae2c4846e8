package dev.rendition.lambda;

import java.util.concurrent.CompletableFuture;

/** Carries messages of the wire to a worker, each once: repeating is decided elsewhere. */
interface Transport extends AutoCloseable {
  /**
   * Sends a message. Does not wait for the answer, but may wait for credentials, so it is not
   * called on threads of callers.
   *
   * @param message not changed by anybody from now on
   * @param event whether to leave the message with the backend's queue and not wait for the work;
   *     the answer is empty then
   * @return the answer's bytes, or a {@link TransportException}. Cancelling it breaks the
   *     connection
   */
  CompletableFuture<byte[]> send(byte[] message, boolean event);

  /** Returns who is spoken to, for messages: {@code the function renditions-prod}. */
  String worker();

  /** Frees what this owns; what is under way breaks off. */
  @Override
  void close();
}
