package dev.rendition.local;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * The sidecars of a store. A sidecar's name is the stamp of the one state of the file it belongs
 * to; making it reserves that stamp, so it is there before the state can be seen.
 */
final class Sidecars {
  /** A sidecar that belongs to no visible state may still be waited for by its writer. */
  private static final Duration STALE = Duration.ofHours(1);

  private static final int ATTEMPTS = 1_000;

  private final Folders folders;
  private final Path own;
  private final boolean hardLinks;

  /**
   * Makes the sidecars of a store.
   *
   * @param own the store's own folder, which stays when sidecars' folders are removed
   */
  Sidecars(Folders folders, Path own, boolean hardLinks) {
    this.folders = folders;
    this.own = own;
    this.hardLinks = hardLinks;
  }

  /**
   * Makes a sidecar that is not there yet.
   *
   * @param written a whole sidecar, on the disk, on the same file system
   * @param unsynced gets the folders that have new names in them
   * @return false if the stamp is taken
   */
  boolean reserve(Path folder, Stamp stamp, Path written, Collection<? super Path> unsynced)
      throws IOException {
    Path sidecar = folder.resolve(stamp.fileName());
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      folders.ensure(folder, unsynced);
      try {
        if (hardLinks) {
          Files.createLink(sidecar, written);
        } else {
          writeNew(sidecar, Files.readAllBytes(written));
        }
        unsynced.add(folder);
        return true;
      } catch (FileAlreadyExistsException taken) {
        return false;
      } catch (NoSuchFileException folderVanished) {
        if (!Files.exists(written, NOFOLLOW_LINKS)) {
          throw folderVanished;
        }
      }
    }
    throw new StoreFault(folder, "vanishes again whenever it is made");
  }

  /** Writes a file that is not there yet, down to the disk. */
  static void writeNew(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  /** Returns the sidecar of a state; empty if there is none. */
  Optional<Sidecar> load(Path folder, Stamp stamp) throws IOException {
    Path file = folder.resolve(stamp.fileName());
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file, NOFOLLOW_LINKS)) {
      bytes = in.readNBytes(Sidecar.MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      if (Files.isRegularFile(file, NOFOLLOW_LINKS)) {
        throw e;
      }
      throw new StoreFault(file, "is no regular file where a sidecar belongs; remove it");
    }
    try {
      if (bytes.length > Sidecar.MAX_BYTES) {
        throw new IllegalArgumentException("it is longer than " + Sidecar.MAX_BYTES + " bytes");
      }
      return Optional.of(Sidecar.parse(bytes));
    } catch (IllegalArgumentException e) {
      StoreFault fault =
          new StoreFault(
              file,
              "is a damaged sidecar: "
                  + e.getMessage()
                  + "; delete it, and the asset is read without its attributes");
      fault.initCause(e);
      throw fault;
    }
  }

  /** Removes the sidecar of a state nobody sees any more. What fails is left for {@link #tidy}. */
  void remove(Path folder, Stamp stamp) {
    quietly(folder.resolve(stamp.fileName()));
  }

  /** Removes sidecars of states that were never seen: their writers died. */
  void tidy(Path folder, Stamp current) {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path each : all) {
        String name = each.getFileName().toString();
        if (Stamp.isFileName(name) && !name.equals(current.fileName()) && isStale(each)) {
          quietly(each);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // The next write looks again.
      return;
    }
  }

  /** Removes the folder of a key that has no sidecars, and those above it that are empty. */
  void prune(Path folder) {
    folders.prune(folder, own.resolve("meta"));
  }

  private static boolean isStale(Path sidecar) throws IOException {
    Instant written = Files.getLastModifiedTime(sidecar, NOFOLLOW_LINKS).toInstant();
    return written.isBefore(Instant.now().minus(STALE));
  }

  private static boolean quietly(Path file) {
    try {
      return Files.deleteIfExists(file);
    } catch (IOException e) {
      return false;
    }
  }
}
