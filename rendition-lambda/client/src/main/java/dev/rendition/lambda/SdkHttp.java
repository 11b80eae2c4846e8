package dev.rendition.lambda;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.reactivestreams.FlowAdapters;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/**
 * Lets the AWS SDK send its requests through the JDK's HTTP client: nothing to ship, and a call
 * that is cancelled breaks its connection. Answers are small here, so a body is handed over whole.
 * docs/decisions/0061 says why none of the SDK's own clients.
 */
final class SdkHttp implements SdkAsyncHttpClient {
  /** Headers the JDK sets itself, and refuses to be told. */
  private static final Set<String> OWN =
      Set.of("connection", "content-length", "expect", "host", "upgrade");

  private final JdkHttp http;

  SdkHttp(Duration connectTimeout) {
    http = new JdkHttp(connectTimeout);
  }

  @Override
  public CompletableFuture<Void> execute(AsyncExecuteRequest call) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    CompletableFuture<HttpResponse<byte[]>> sent;
    try {
      sent = http.send(request(call));
    } catch (IllegalArgumentException e) {
      sent = CompletableFuture.failedFuture(new IOException("the request cannot be sent", e));
    }
    CompletableFuture<HttpResponse<byte[]>> underWay = sent;
    CompletableFuture<?> unused =
        done.whenComplete(
            (nothing, problem) -> {
              if (problem != null) {
                underWay.cancel(true);
              }
            });
    CompletableFuture<?> unusedToo =
        sent.whenComplete(
            (response, problem) -> {
              if (problem == null) {
                call.responseHandler().onHeaders(head(response));
                call.responseHandler().onStream(AsyncRequestBody.fromBytes(response.body()));
                done.complete(null);
              } else {
                Throwable cause = cause(problem);
                call.responseHandler().onError(cause);
                done.completeExceptionally(cause);
              }
            });
    return done;
  }

  @Override
  public String clientName() {
    return "RenditionJdkHttp";
  }

  @Override
  public void close() {
    http.close();
  }

  private static HttpRequest request(AsyncExecuteRequest call) {
    SdkHttpRequest asked = call.request();
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(asked.getUri()).method(asked.method().name(), body(call));
    asked.forEachHeader(
        (name, values) -> {
          if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> builder.header(name, value));
          }
        });
    return builder.build();
  }

  private static BodyPublisher body(AsyncExecuteRequest call) {
    long length = call.requestContentPublisher().contentLength().orElse(0L);
    return length == 0
        ? BodyPublishers.noBody()
        : BodyPublishers.fromPublisher(
            FlowAdapters.toFlowPublisher(call.requestContentPublisher()), length);
  }

  private static SdkHttpResponse head(HttpResponse<byte[]> response) {
    return SdkHttpResponse.builder()
        .statusCode(response.statusCode())
        .headers(response.headers().map())
        .build();
  }

  static Throwable cause(Throwable problem) {
    return problem instanceof CompletionException && problem.getCause() != null
        ? problem.getCause()
        : problem;
  }
}
