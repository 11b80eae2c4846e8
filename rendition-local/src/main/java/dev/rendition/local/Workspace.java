package dev.rendition.local;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A folder for the unfinished files of one store in one process. While the process lives it holds a
 * lock on a file in it, which the system releases however the process ends; a folder whose lock can
 * be had belongs to nobody and is swept. Safe for use by many threads.
 */
final class Workspace implements Closeable {
  private static final String LOCK = "lock";

  /** A folder without a lock file may be just being made. */
  private static final Duration UNLOCKED_IS_DEAD = Duration.ofHours(1);

  /** Where the file system has no locks, only age tells. */
  private static final Duration UNLOCKABLE_IS_DEAD = Duration.ofDays(1);

  private final Path folder;
  private final FileChannel lock;
  private final AtomicLong next = new AtomicLong();

  private Workspace(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Makes a workspace of a store, and the folder that holds them if need be.
   *
   * @param own the store's own folder
   */
  static Workspace below(Folders folders, Path own) throws IOException {
    Path tmp = own.resolve("tmp");
    Set<Path> unsynced = new LinkedHashSet<>();
    folders.ensure(tmp, unsynced);
    folders.syncAll(unsynced);
    return open(tmp);
  }

  /** Makes a workspace in a folder, which is there. */
  static Workspace open(Path tmp) throws IOException {
    byte[] random = new byte[8];
    for (int attempt = 0; attempt < 100; attempt++) {
      new SecureRandom().nextBytes(random);
      Path folder = tmp.resolve(ownPrefix() + HexFormat.of().formatHex(random));
      Files.createDirectory(folder);
      Path file = folder.resolve(LOCK);
      FileChannel channel;
      try {
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      } catch (NoSuchFileException sweptMeanwhile) {
        continue;
      }
      try {
        if (lock(channel) != Held.BY_ANOTHER && Files.exists(file, NOFOLLOW_LINKS)) {
          return new Workspace(folder, channel);
        }
        channel.close();
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    }
    throw new StoreFault(tmp, "another process removes our folders there whenever we make them");
  }

  /** Returns the name of a file that is not there yet. */
  Path fresh() {
    return folder.resolve(Long.toString(next.getAndIncrement()));
  }

  Path folder() {
    return folder;
  }

  /** Removes what is left in it, and the folder. */
  @Override
  public void close() throws IOException {
    lock.close();
    empty(folder);
  }

  /** Removes the folders of processes that are gone. What cannot be removed is left. */
  static void sweep(Path tmp) {
    String own = ownPrefix();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(tmp)) {
      for (Path each : all) {
        if (Files.isDirectory(each, NOFOLLOW_LINKS)
            && !each.getFileName().toString().startsWith(own)) {
          sweepOne(each);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // The next opening looks again.
      return;
    }
  }

  private static void sweepOne(Path folder) throws IOException {
    try (FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE, NOFOLLOW_LINKS)) {
      Held held = lock(channel);
      if (held == Held.BY_US || held == Held.UNKNOWN && isOlder(folder, UNLOCKABLE_IS_DEAD)) {
        empty(folder);
      }
    } catch (NoSuchFileException e) {
      if (isOlder(folder, UNLOCKED_IS_DEAD)) {
        empty(folder);
      }
    }
  }

  private static boolean isOlder(Path folder, Duration age) {
    try {
      Instant written = Files.getLastModifiedTime(folder, NOFOLLOW_LINKS).toInstant();
      return written.isBefore(Instant.now().minus(age));
    } catch (IOException gone) {
      return false;
    }
  }

  private static void empty(Path folder) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path each : all) {
        Files.deleteIfExists(each);
      }
    } catch (NoSuchFileException gone) {
      return;
    }
    Files.deleteIfExists(folder);
  }

  /** Who holds a lock after we tried to take it. */
  private enum Held {
    BY_US,
    BY_ANOTHER,
    UNKNOWN
  }

  private static Held lock(FileChannel channel) {
    try {
      FileLock got = channel.tryLock();
      return got == null ? Held.BY_ANOTHER : Held.BY_US;
    } catch (OverlappingFileLockException e) {
      return Held.BY_ANOTHER;
    } catch (IOException | UnsupportedOperationException e) {
      return Held.UNKNOWN;
    }
  }

  /**
   * Begins the names of this process's folders. It never opens its own lock files again: closing
   * any channel of a file may release the process's lock on it.
   */
  private static String ownPrefix() {
    ProcessHandle process = ProcessHandle.current();
    long started = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return process.pid() + "-" + started + "-";
  }
}
