package dev.rendition.lambda.emulator;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;

/** The SDK's clients, pointed at an emulator. */
final class Sdk {
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "thing"));

  private Sdk() {}

  /** A client that asks once. */
  static LambdaClient client(URI endpoint) {
    return client(endpoint, AwsRetryStrategy.doNotRetry());
  }

  /** A client that repeats as SDK clients do unless told otherwise. */
  static LambdaClient retryingClient(URI endpoint) {
    return client(endpoint, AwsRetryStrategy.forRetryMode(RetryMode.STANDARD));
  }

  private static LambdaClient client(URI endpoint, RetryStrategy strategy) {
    return LambdaClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(CREDENTIALS)
        .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofMinutes(1)))
        .overrideConfiguration(
            ClientOverrideConfiguration.builder().retryStrategy(strategy).build())
        .build();
  }

  static LambdaAsyncClient asyncClient(URI endpoint) {
    return LambdaAsyncClient.builder()
        .httpClientBuilder(
            NettyNioAsyncHttpClient.builder()
                .maxConcurrency(200)
                .readTimeout(Duration.ofMinutes(3)))
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(CREDENTIALS)
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .build())
        .build();
  }

  static InvokeRequest.Builder request(String function, String payload) {
    return InvokeRequest.builder().functionName(function).payload(SdkBytes.fromUtf8String(payload));
  }
}
