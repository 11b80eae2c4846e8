package dev.rendition.lambda;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP client on threads of its own. It sends a POST once, and cancelling the future
 * breaks the connection. Safe for use by many threads.
 */
final class JdkHttp implements AutoCloseable {
  private final ScheduledThreadPoolExecutor threads = Threads.start("rendition-http", 2);
  private volatile @Nullable HttpClient client;

  JdkHttp(Duration connectTimeout) {
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .executor(threads)
            .build();
  }

  /**
   * Sends a request.
   *
   * @return the response, its body bounded as {@link BoundedBody}
   */
  CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request) {
    HttpClient open = client;
    if (open == null) {
      return CompletableFuture.failedFuture(Line.closing());
    }
    return open.sendAsync(request, head -> new BoundedBody());
  }

  /**
   * Ends the threads. The client's own thread ends by itself once nobody holds the client: Java 17
   * knows no other way.
   */
  @Override
  public void close() {
    client = null;
    Threads.stop(threads);
  }
}
