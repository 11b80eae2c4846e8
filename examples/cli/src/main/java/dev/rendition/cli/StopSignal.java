package dev.rendition.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns the end of the process (Ctrl-C, or a polite kill) into a wish to stop: the process then
 * lives until what is running is finished, but no longer than two minutes.
 *
 * <p>Safe for use by many threads.
 */
final class StopSignal implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::hold, "rendition-stop");
  private volatile boolean stopped;

  private StopSignal() {}

  static StopSignal install() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  boolean stopped() {
    return stopped;
  }

  /** Asks for a stop from inside: nobody reads what is printed any more. */
  void stop() {
    stopped = true;
  }

  /** Lets the process end. */
  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs, and has just been let go.
    }
  }

  private void hold() {
    stopped = true;
    try {
      boolean unused = closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
