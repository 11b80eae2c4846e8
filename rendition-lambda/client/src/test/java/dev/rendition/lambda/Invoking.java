package dev.rendition.lambda;

import dev.rendition.asset.AssetKey;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.generate.WriteMode;
import dev.rendition.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What the tests of invocations share. */
final class Invoking {
  static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret"));

  private Invoking() {}

  static LambdaRenditionGenerator.Builder builder(LambdaStub stub) {
    return LambdaRenditionGenerator.builder("renditions")
        .endpoint(stub.uri())
        .credentials(CREDENTIALS);
  }

  /** A request for a number of renditions that may be repeated. */
  static RenditionRequest request(int count) {
    return request("a.jpg", count);
  }

  static RenditionRequest request(String source, int count) {
    List<RenditionSpec> specs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      specs.add(
          new RenditionSpec(
              "recipe-" + i, Recipe.parse("png"), AssetKey.of("acme", source + "/" + i)));
    }
    return RenditionRequest.of(AssetKey.of("acme", source), specs).writing(WriteMode.CREATE);
  }

  /** Waits for what a future fails with. */
  static RenditionException problem(CompletableFuture<?> future, FailureReason reason) {
    Throwable problem =
        future.handle((value, e) -> e == null ? new AssertionError("answered " + value) : e).join();
    Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
    if (cause instanceof RenditionException refusal && refusal.reason() == reason) {
      return refusal;
    }
    throw new AssertionError("expected " + reason, cause);
  }
}
