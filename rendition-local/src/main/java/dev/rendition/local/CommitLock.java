package dev.rendition.local;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one writer at a time finish, among all threads and processes that write a store, where the
 * file system has no hard links and thus nothing to put a file in place only if none is there. A
 * range of bytes of one file is locked per group of keys; the system releases it however the
 * process ends. Safe for use by many threads.
 */
final class CommitLock implements Closeable {
  private static final int GROUPS = 64;
  private static final long PAUSE_NANOS = 200_000;

  private final FileChannel file;
  private final ReentrantLock[] threads = new ReentrantLock[GROUPS];

  private CommitLock(FileChannel file) {
    this.file = file;
    for (int i = 0; i < GROUPS; i++) {
      threads[i] = new ReentrantLock();
    }
  }

  static CommitLock open(Path file) throws IOException {
    return new CommitLock(
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
  }

  /** What is done under the lock. */
  @FunctionalInterface
  interface Step<T> {
    T run() throws IOException;
  }

  <T> T holding(Object key, Step<T> step) throws IOException {
    int group = Math.floorMod(key.hashCode(), GROUPS);
    threads[group].lock();
    try (FileLock held = lock(group)) {
      if (!held.isValid()) {
        throw new IOException("the lock of the folder store is gone: was it closed?");
      }
      return step.run();
    } finally {
      threads[group].unlock();
    }
  }

  /** Asks again and again: a channel that waits in the system is closed when it is interrupted. */
  private FileLock lock(int group) throws IOException {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        FileLock got = file.tryLock(group, 1, false);
        if (got != null) {
          return got;
        }
      } catch (OverlappingFileLockException heldByAnotherStoreOfThisProcess) {
        LockSupport.parkNanos(PAUSE_NANOS);
        continue;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new InterruptedIOException("interrupted while another process finishes its write");
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
