package dev.rendition.lambda;

import dev.rendition.lambda.TransportException.Kind;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;

/** Carries messages by the Invoke operation of AWS Lambda. */
final class LambdaTransport implements Transport {
  private static final int ACCEPTED = 202;

  private final LambdaAsyncClient client;
  private final Consumer<InvokeRequest.Builder> customizing;
  private final Runnable closing;
  private final String function;
  private final String qualifier;

  /**
   * @param customizing adds what this client needs to each request
   * @param closing frees what is owned
   * @param qualifier a version or alias; empty for none
   */
  LambdaTransport(
      LambdaAsyncClient client,
      Consumer<InvokeRequest.Builder> customizing,
      Runnable closing,
      String function,
      String qualifier) {
    this.client = client;
    this.customizing = customizing;
    this.closing = closing;
    this.function = function;
    this.qualifier = qualifier;
  }

  @Override
  public CompletableFuture<byte[]> send(byte[] message, boolean event) {
    InvokeRequest.Builder request =
        InvokeRequest.builder()
            .functionName(function)
            .payload(SdkBytes.fromByteArrayUnsafe(message))
            .invocationType(event ? InvocationType.EVENT : InvocationType.REQUEST_RESPONSE);
    if (!event) {
      request.logType(LogType.TAIL);
    }
    if (!qualifier.isEmpty()) {
      request.qualifier(qualifier);
    }
    customizing.accept(request);
    CompletableFuture<InvokeResponse> call = client.invoke(request.build());
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
                  throw LambdaFault.explain(worker(), SdkHttp.cause(problem));
                }
                answer.complete(payload(response, event));
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    return answer;
  }

  private byte[] payload(InvokeResponse response, boolean event) {
    if (event) {
      if (response.statusCode() != null && response.statusCode() == ACCEPTED) {
        return new byte[0];
      }
      throw new TransportException(
          Kind.REFUSED,
          worker() + " did not accept the event: status " + response.statusCode(),
          null);
    }
    byte[] payload = response.payload() == null ? new byte[0] : response.payload().asByteArray();
    if (response.functionError() == null) {
      return payload;
    }
    FunctionError error = FunctionError.read(payload);
    String tail = response.logResult() == null ? "" : response.logResult();
    WorkerException cause =
        new WorkerException(error.type(), error.message(), FunctionError.logTail(tail));
    String summary =
        (error.type() + ": " + error.message()).replaceAll("\\s+", " ").replaceAll("^: |: $", "");
    if (error.ranOutOfTime()) {
      throw new TransportException(
          Kind.TIMED_OUT,
          worker() + " ran out of its time (" + summary + "); raise its timeout or memory",
          cause);
    }
    throw new TransportException(
        error.crashed() ? Kind.CRASHED : Kind.REFUSED,
        worker() + " failed (" + summary + "); the cause holds the end of its log",
        cause);
  }

  @Override
  public String worker() {
    return "the function " + function + (qualifier.isEmpty() ? "" : ":" + qualifier);
  }

  @Override
  public void close() {
    closing.run();
  }
}
