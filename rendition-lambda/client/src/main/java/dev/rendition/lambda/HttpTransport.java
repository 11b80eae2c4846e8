package dev.rendition.lambda;

import dev.rendition.lambda.TransportException.Kind;
import dev.rendition.lambda.wire.WireCodec;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Carries messages by POST to a worker behind HTTP. */
final class HttpTransport implements Transport {
  private static final int OK = 200;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;
  private static final int SERVICE_UNAVAILABLE = 503;

  private final URI address;
  private final JdkHttp http;

  HttpTransport(URI address, Duration connectTimeout) {
    this.address = address;
    this.http = new JdkHttp(connectTimeout);
  }

  @Override
  public CompletableFuture<byte[]> send(byte[] message, boolean event) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", WireCodec.MEDIA_TYPE)
            .header("Accept", WireCodec.MEDIA_TYPE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(message))
            .build();
    CompletableFuture<HttpResponse<byte[]>> call = http.send(request);
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    CompletableFuture<?> unused =
        answer.whenComplete(
            (bytes, problem) -> {
              if (problem != null) {
                call.cancel(true);
              }
            });
    CompletableFuture<?> unusedToo =
        call.whenComplete(
            (response, problem) -> {
              try {
                if (problem != null) {
                  throw LambdaFault.broken(worker(), SdkHttp.cause(problem));
                }
                answer.complete(body(response));
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    return answer;
  }

  private byte[] body(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status == OK) {
      return response.body();
    }
    Kind kind =
        status == TOO_MANY_REQUESTS
            ? Kind.THROTTLED
            : status == SERVICE_UNAVAILABLE
                ? Kind.UNREACHED
                : status >= SERVER_ERROR ? Kind.LOST : Kind.REFUSED;
    throw new TransportException(
        kind,
        worker()
            + " answered with status "
            + status
            + (kind == Kind.REFUSED ? "; look whether this is the address of a worker" : ""),
        null,
        LambdaFault.seconds(response.headers().firstValue("Retry-After").orElse("")));
  }

  @Override
  public String worker() {
    return "the worker at " + address;
  }

  @Override
  public void close() {
    http.close();
  }
}
