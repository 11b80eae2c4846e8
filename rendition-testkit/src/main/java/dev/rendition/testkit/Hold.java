package dev.rendition.testkit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a store waiting until it is released, for its patience at most. The thread that made it is
 * the one that will release it; there it fails at once.
 */
final class Hold implements FaultyStore.Hook {
  private final Duration patience;
  private final Thread maker = Thread.currentThread();
  private final CountDownLatch released = new CountDownLatch(1);

  Hold(Duration patience) {
    this.patience = patience;
  }

  void release() {
    released.countDown();
  }

  @Override
  public void run() throws IOException {
    if (Thread.currentThread().equals(maker)) {
      throw new IllegalStateException("the store was called on the thread of the caller");
    }
    try {
      if (!released.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("held on command for " + patience);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while held on command");
    }
  }
}
