package dev.rendition.lambda;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.LambdaAsyncClientBuilder;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;

/** How AWS Lambda is reached. Each method returns a changed copy. Immutable. */
record LambdaConnection(
    @Nullable Region region,
    @Nullable URI address,
    @Nullable AwsCredentialsProvider provider,
    Duration connect) {
  static final LambdaConnection DEFAULT =
      new LambdaConnection(null, null, null, Duration.ofSeconds(5));

  LambdaConnection region(String name) {
    if (!name.matches("[a-z0-9][a-z0-9-]{1,40}")) {
      throw new IllegalArgumentException(
          "a region is written like eu-central-1, was \""
              + FunctionError.printable(name, 80)
              + '"');
    }
    return new LambdaConnection(Region.of(name), address, provider, connect);
  }

  LambdaConnection endpoint(URI to) {
    return new LambdaConnection(region, requireHostAlone(to), provider, connect);
  }

  LambdaConnection credentials(AwsCredentialsProvider from) {
    return new LambdaConnection(region, address, requireNonNull(from, "from"), connect);
  }

  LambdaConnection connectTimeout(Duration timeout) {
    return new LambdaConnection(region, address, provider, requirePositive(timeout));
  }

  /** Makes a client of our own and the transport that closes it. */
  Transport transport(String function, String qualifier) {
    SdkHttp http = new SdkHttp(connect);
    LambdaAsyncClientBuilder builder =
        LambdaAsyncClient.builder()
            .region(regionOrFound())
            .httpClient(http)
            // What is answered is handed to threads of our own right away.
            .asyncConfiguration(
                async ->
                    async.advancedOption(
                        SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run))
            .overrideConfiguration(
                override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()));
    if (address != null) {
      builder.endpointOverride(address);
    }
    if (provider != null) {
      builder.credentialsProvider(provider);
    }
    LambdaAsyncClient client = builder.build();
    return new LambdaTransport(
        client,
        request -> {},
        () -> {
          client.close();
          http.close();
        },
        function,
        qualifier);
  }

  /** Makes the transport over a client that stays open and may be meant for other things. */
  static Transport transport(
      LambdaAsyncClient client, RemoteSettings settings, String function, String qualifier) {
    Duration patience =
        settings.workerTimeout().plus(RemoteSettings.MARGIN).plus(RemoteSettings.MARGIN);
    AwsRequestOverrideConfiguration override =
        AwsRequestOverrideConfiguration.builder()
            .apiCallTimeout(patience)
            .apiCallAttemptTimeout(patience)
            .addPlugin(
                configuration ->
                    configuration.overrideConfiguration(
                        configuration.overrideConfiguration().toBuilder()
                            .retryStrategy(AwsRetryStrategy.doNotRetry())
                            .build()))
            .build();
    Consumer<InvokeRequest.Builder> once = request -> request.overrideConfiguration(override);
    return new LambdaTransport(client, once, () -> {}, function, qualifier);
  }

  private Region regionOrFound() {
    if (region != null) {
      return region;
    }
    if (address != null) {
      return Region.US_EAST_1;
    }
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion();
    } catch (SdkException e) {
      throw new IllegalArgumentException(
          "there is no region: set rendition.lambda.region or AWS_REGION", e);
    }
  }

  static URI requireHostAlone(URI address) {
    boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    String path = address.getRawPath() == null ? "" : address.getRawPath();
    if (!web
        || address.getHost() == null
        || address.getRawUserInfo() != null
        || address.getRawQuery() != null
        || address.getRawFragment() != null
        || !(path.isEmpty() || path.equals("/"))) {
      throw new IllegalArgumentException(
          "an endpoint is written like https://lambda.example.com, without user, path and query");
    }
    return address;
  }

  static Duration requirePositive(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "a connect timeout is more than zero and at most an hour, was " + timeout);
    }
    return timeout;
  }
}
