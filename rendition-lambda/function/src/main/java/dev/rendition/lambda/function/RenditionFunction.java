package dev.rendition.lambda.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.rendition.config.ConfigException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.crac.Core;
import org.crac.Resource;

/**
 * The handler of the function, {@code dev.rendition.lambda.function.RenditionFunction}: one entry
 * for requests of rendition-lambda, news of S3 (direct, through SNS, SQS or EventBridge), tasks of
 * S3 Batch Operations, and HTTP. Settings are variables of the function; docs/function.md lists
 * them, the events, and what becomes of failures.
 *
 * <p>Safe for use by many threads, though Lambda uses one at a time.
 */
public final class RenditionFunction implements RequestStreamHandler {
  private static final String INITIALIZATION = "AWS_LAMBDA_INITIALIZATION_TYPE";
  private static final int PRIMING_TIMES = 20;

  private final FunctionParts parts;
  private final Resource snapshot;

  /**
   * Opens what the variables of the environment name. Lambda calls this once for each environment.
   *
   * @throws ConfigException if they cannot be used: with every mistake, on one line
   */
  public RenditionFunction() {
    this(System.getenv());
  }

  RenditionFunction(Map<String, String> environment) {
    boolean snapStart = environment.getOrDefault(INITIALIZATION, "").equals("snap-start");
    if (!snapStart) {
      startWarming();
    }
    parts = FunctionSetup.open(environment, Runtime.getRuntime().maxMemory(), Clock.systemUTC());
    snapshot = new Snapshot(parts);
    if (snapStart) {
      Core.getGlobalContext().register(snapshot);
    }
  }

  /** Loads the engine's classes while the stores are opened: the two do not wait for each other. */
  private static void startWarming() {
    Thread thread = new Thread(() -> Priming.engine(1), "rendition-warming");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Works on one event; docs/function.md says what is read and written.
   *
   * @throws EventRefusedException if the event can never be worked on
   * @throws EventFailedException if delivering it again may help
   * @throws IOException if the event cannot be read or the answer cannot be written
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Deadline deadline = parts.deadline(Duration.ofMillis(context.getRemainingTimeInMillis()));
    byte[] event = input.readNBytes(Json.MAX_BYTES + 1);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    parts.router().route(event, deadline, answer);
    answer.writeTo(output);
  }

  /** What is done before Lambda takes a snapshot of the process (SnapStart), and after. */
  private static final class Snapshot implements Resource {
    private final FunctionParts parts;

    Snapshot(FunctionParts parts) {
      this.parts = parts;
    }

    @Override
    public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
      Priming.engine(PRIMING_TIMES);
      Priming.stores(parts.renditions());
    }

    /** Connections that were open are dead now; the client opens others by itself. */
    @Override
    public void afterRestore(org.crac.Context<? extends Resource> context) {}
  }
}
