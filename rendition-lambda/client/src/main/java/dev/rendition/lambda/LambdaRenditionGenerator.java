package dev.rendition.lambda;

import static java.util.Objects.requireNonNull;

import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;

/**
 * Has renditions made by a function on AWS Lambda that runs the engine beside the buckets. Requests
 * and reports travel, bytes of pictures do not. Safe for use by many threads.
 *
 * <p>A request with many renditions is asked for in several invocations, and one that a function
 * had too little time for is halved; the report is joined in the order of the request. Invocations
 * beyond the bound wait in a queue, and what the queue has no room for is refused with {@link
 * FailureReason#BUSY} at once.
 *
 * <p>An invocation that was throttled, or that never began, is repeated after a random, growing
 * pause. One whose answer was lost, or whose function crashed, is repeated only where working twice
 * is as good as working once: in every mode but {@code REPLACE} without a source version. One that
 * gave no answer within the function's own timeout is not repeated. docs/lambda.md has the table.
 *
 * <p>Cancelling a future, passing its deadline, and {@link #close} break the connection off. The
 * function learns of it by the deadline it was given, and stops then.
 *
 * <p>Continuations of the returned futures that name no executor run on this generator's threads
 * and should be short.
 */
public final class LambdaRenditionGenerator implements RenditionGenerator {
  private final RemoteGenerator remote;

  private LambdaRenditionGenerator(RemoteGenerator remote) {
    this.remote = remote;
  }

  /**
   * Begins a generator.
   *
   * @param function the function's name, or its ARN or partial ARN
   */
  public static Builder builder(String function) {
    return new Builder(function);
  }

  @Override
  public CompletableFuture<RenditionReport> generate(RenditionRequest request) {
    return remote.generate(request);
  }

  /**
   * Leaves a request with Lambda's own queue and does not wait for the work: the invocation type
   * {@code Event}. Lambda repeats what fails, twice unless configured otherwise, and hands what
   * fails for good to the function's dead-letter queue or failure destination; nobody tells the
   * caller. The request's deadline holds for the work too, so give it the time a queue may take.
   * Large requests become several events. Repeating a submission is harmless.
   *
   * @return a future that completes once Lambda has accepted all of it, exceptionally as {@link
   *     #generate}; part of it may have been accepted then. It says nothing about the renditions
   */
  public CompletableFuture<Void> submit(RenditionRequest request) {
    return remote.submit(request);
  }

  @Override
  public CompletableFuture<String> probe() {
    return remote.probe();
  }

  /** Returns how many invocations there were, repetitions not counted. */
  public long invocations() {
    return remote.line().sent();
  }

  /** Returns how many invocations were repeated. */
  public long repetitions() {
    return remote.line().repeated();
  }

  @Override
  public void close() {
    remote.close();
  }

  /** Collects the parts. Not safe for use by many threads. */
  public static final class Builder {
    private static final Pattern FUNCTION = Pattern.compile("[A-Za-z0-9:_.-]{1,256}");
    private static final Pattern QUALIFIER = Pattern.compile("[A-Za-z0-9$_.-]{0,128}");

    private final String function;
    private String qualifier = "";
    private @Nullable LambdaAsyncClient client;
    private LambdaConnection connection = LambdaConnection.DEFAULT;
    private RemoteSettings settings = RemoteSettings.DEFAULT;

    private Builder(String function) {
      if (!FUNCTION.matcher(requireNonNull(function, "function")).matches()) {
        throw new IllegalArgumentException(
            "a function is named by letters, digits, '-', '_' and ':', was \""
                + FunctionError.printable(function, 80)
                + '"');
      }
      this.function = function;
    }

    /** Sets the version or alias that is invoked; empty for what the function's name says. */
    public Builder qualifier(String versionOrAlias) {
      if (!QUALIFIER.matcher(requireNonNull(versionOrAlias, "versionOrAlias")).matches()) {
        throw new IllegalArgumentException(
            "a version or alias has letters, digits, '-' and '_', was \""
                + FunctionError.printable(versionOrAlias, 80)
                + '"');
      }
      qualifier = versionOrAlias;
      return this;
    }

    /**
     * Sets the client to invoke with, which stays the caller's. Its retries and timeouts are
     * overridden for our invocations, since they would repeat a slow one while it runs; region,
     * endpoint, credentials and connect timeout set here are not used.
     */
    public Builder client(LambdaAsyncClient given) {
      client = requireNonNull(given, "given");
      return this;
    }

    /** Sets the region, such as {@code eu-central-1}; found as the SDK finds it unless set. */
    public Builder region(String name) {
      connection = connection.region(name);
      return this;
    }

    /** Sets another address than that of AWS, such as an emulator's. */
    public Builder endpoint(URI address) {
      connection = connection.endpoint(address);
      return this;
    }

    /** Sets where credentials come from; the provider stays the caller's. */
    public Builder credentials(AwsCredentialsProvider provider) {
      connection = connection.credentials(provider);
      return this;
    }

    /** Sets how long making a connection may take; five seconds unless set. */
    public Builder connectTimeout(Duration timeout) {
      connection = connection.connectTimeout(timeout);
      return this;
    }

    /** Sets how many invocations run at a time, 1 to 1,000; 20 unless set. */
    public Builder concurrency(int count) {
      settings = settings.withConcurrency(count);
      return this;
    }

    /** Sets how many invocations may wait, 1 to 1,000,000; 1,000 unless set. */
    public Builder queueCapacity(int count) {
      settings = settings.withQueue(count);
      return this;
    }

    /**
     * Sets the timeout the function is configured with, 100 ms to 15 minutes; a minute unless set.
     * An answer is waited for a little longer than this, so never set it shorter than it is there.
     */
    public Builder functionTimeout(Duration timeout) {
      settings = settings.withWorkerTimeout(timeout);
      return this;
    }

    /** Sets how often an invocation is tried that was lost or crashed, 1 to 10; 3 unless set. */
    public Builder attempts(int count) {
      settings = settings.withAttempts(count);
      return this;
    }

    /** Sets how often an invocation is tried that is throttled, 1 to 1,000; 30 unless set. */
    public Builder throttledAttempts(int count) {
      settings = settings.withThrottledAttempts(count);
      return this;
    }

    /**
     * Sets how many renditions are asked for in one invocation at most, 1 to 200; 50 unless set.
     */
    public Builder renditionsPerInvocation(int count) {
      settings = settings.withPerMessage(count);
      return this;
    }

    Builder settings(RemoteSettings all) {
      settings = all;
      return this;
    }

    /**
     * Makes the generator. AWS is not asked anything.
     *
     * @throws IllegalArgumentException if there is no region
     */
    public LambdaRenditionGenerator build() {
      Transport transport =
          client == null
              ? connection.transport(function, qualifier)
              : LambdaConnection.transport(client, settings, function, qualifier);
      return new LambdaRenditionGenerator(new RemoteGenerator(transport, settings));
    }
  }
}
