package dev.rendition.lambda;

import static java.util.Objects.requireNonNull;

import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.lambda.wire.WireCodec;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Has renditions made by a worker behind plain HTTP, such as a pod on Kubernetes, that speaks the
 * wire of the function. Splits, bounds, repeats and stops as {@link LambdaRenditionGenerator} does,
 * which see. Safe for use by many threads.
 *
 * <p>Requests are POSTed to {@value WireCodec#HTTP_PATH} behind the address. Whoever can reach the
 * worker can have renditions made: keep it in a network of one's own.
 */
public final class HttpRenditionGenerator implements RenditionGenerator {
  private final RemoteGenerator remote;

  private HttpRenditionGenerator(RemoteGenerator remote) {
    this.remote = remote;
  }

  /**
   * Begins a generator.
   *
   * @param address where the worker is, such as {@code http://renditions:8080}
   * @throws IllegalArgumentException if it is no http or https address, or has a user or a query
   */
  public static Builder builder(URI address) {
    return new Builder(address);
  }

  @Override
  public CompletableFuture<RenditionReport> generate(RenditionRequest request) {
    return remote.generate(request);
  }

  @Override
  public CompletableFuture<String> probe() {
    return remote.probe();
  }

  @Override
  public void close() {
    remote.close();
  }

  /** Collects the parts. Not safe for use by many threads. */
  public static final class Builder {
    private final URI address;
    private Duration connectTimeout = Duration.ofSeconds(5);
    private RemoteSettings settings = RemoteSettings.DEFAULT;

    private Builder(URI address) {
      requireNonNull(address, "address");
      boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      if (!web
          || address.getHost() == null
          || address.getRawUserInfo() != null
          || address.getRawQuery() != null
          || address.getRawFragment() != null) {
        throw new IllegalArgumentException(
            "a worker's address is written like http://renditions:8080, without user and query");
      }
      this.address = URI.create(address.toString().replaceAll("/+$", "") + WireCodec.HTTP_PATH);
    }

    /** Sets how long making a connection may take; five seconds unless set. */
    public Builder connectTimeout(Duration timeout) {
      connectTimeout = LambdaConnection.requirePositive(timeout);
      return this;
    }

    /** Sets how many requests are under way at a time, 1 to 1,000; 20 unless set. */
    public Builder concurrency(int count) {
      settings = settings.withConcurrency(count);
      return this;
    }

    /** Sets how many requests may wait, 1 to 1,000,000; 1,000 unless set. */
    public Builder queueCapacity(int count) {
      settings = settings.withQueue(count);
      return this;
    }

    /** Sets how long the worker may take for one message; a minute unless set. */
    public Builder workerTimeout(Duration timeout) {
      settings = settings.withWorkerTimeout(timeout);
      return this;
    }

    /** Sets how often a message is sent whose answer was lost, 1 to 10; 3 unless set. */
    public Builder attempts(int count) {
      settings = settings.withAttempts(count);
      return this;
    }

    /** Sets how often a message is sent to a worker that is busy, 1 to 1,000; 30 unless set. */
    public Builder throttledAttempts(int count) {
      settings = settings.withThrottledAttempts(count);
      return this;
    }

    /** Sets how many renditions are asked for in one message at most, 1 to 200; 50 unless set. */
    public Builder renditionsPerMessage(int count) {
      settings = settings.withPerMessage(count);
      return this;
    }

    Builder settings(RemoteSettings all) {
      settings = all;
      return this;
    }

    /** Makes the generator. The worker is not asked anything. */
    public HttpRenditionGenerator build() {
      return new HttpRenditionGenerator(
          new RemoteGenerator(new HttpTransport(address, connectTimeout), settings));
    }
  }
}
