package dev.rendition.s3;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A client that may still be starting: the AWS SDK loads 2,000 classes and all certificates, half a
 * second of work which the application's own start need not wait for. Safe for use by many threads.
 */
final class StartingClient implements AutoCloseable {
  private final CompletableFuture<S3Client> client;
  private final CompletableFuture<Boolean> plain;
  private final boolean owned;

  private StartingClient(CompletableFuture<S3Client> client, boolean owned) {
    this.client = client;
    // Asked once: the AWS SDK makes a copy of its whole configuration for each answer.
    this.plain = client.thenApply(StartingClient::isPlain);
    this.owned = owned;
  }

  /** Returns a client of the caller's, which closing this leaves open. */
  static StartingClient of(S3Client given) {
    return new StartingClient(CompletableFuture.completedFuture(given), false);
  }

  /**
   * Has a thread that ends with it make a client.
   *
   * @throws IllegalArgumentException if no region is known
   */
  static StartingClient start(S3Connection connection) {
    S3Connection found = connection.region(connection.regionOrFound().id());
    CompletableFuture<S3Client> made = new CompletableFuture<>();
    Thread starter =
        new Thread(
            () -> {
              try {
                made.complete(found.client());
              } catch (RuntimeException | Error e) {
                made.completeExceptionally(e);
              }
            },
            "rendition-s3-start");
    starter.setDaemon(true);
    starter.start();
    return new StartingClient(made, true);
  }

  /**
   * Returns the client; waits for its start.
   *
   * @throws IOException if it cannot be made
   */
  S3Client get() throws IOException {
    return join(client);
  }

  /**
   * Returns whether requests go without TLS, so that the bytes they carry are signed; waits for the
   * start.
   *
   * @throws IOException as {@link #get}
   */
  boolean signsBytes() throws IOException {
    return join(plain);
  }

  private static <T> T join(CompletableFuture<T> made) throws IOException {
    try {
      return made.join();
    } catch (CompletionException e) {
      throw new IOException("the client of S3 cannot be made: " + e.getCause(), e.getCause());
    }
  }

  private static boolean isPlain(S3Client client) {
    try {
      return client
          .serviceClientConfiguration()
          .endpointOverride()
          .filter(endpoint -> "http".equals(endpoint.getScheme()))
          .isPresent();
    } catch (UnsupportedOperationException e) {
      // A client of the caller's own making, which need not answer.
      return false;
    }
  }

  @Override
  public void close() {
    if (owned) {
      var unused = client.thenAccept(S3Client::close);
    }
  }
}
