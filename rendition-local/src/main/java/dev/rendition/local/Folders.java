package dev.rendition.local;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at and makes the folders below a store's root, and follows no symbolic link there. This
 * guards against links that lie in the store; who can swap folders while a call runs can write to
 * the store anyway.
 */
final class Folders {
  /** How often a folder may vanish under our hands (someone deletes assets) before we give up. */
  private static final int ATTEMPTS = 1_000;

  private final Path root;
  private final boolean syncs;

  /**
   * Makes the folders of a root.
   *
   * @param syncs whether the platform brings folders to the disk on command
   */
  Folders(Path root, boolean syncs) {
    this.root = root;
    this.syncs = syncs;
  }

  /** Returns whether the platform brings a folder to the disk on command. */
  static boolean canSync(Path folder) {
    try {
      force(folder);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Returns the state of a regular file; empty if there is none.
   *
   * @throws StoreFault if a symbolic link lies on the way
   */
  Optional<FileState> find(Path file) throws IOException {
    if (!isFolder(file.getParent())) {
      return Optional.empty();
    }
    BasicFileAttributes found = look(file);
    if (found == null || !found.isRegularFile()) {
      return Optional.empty();
    }
    return Optional.of(FileState.of(found));
  }

  /** Returns whether a folder below the root is there; see {@link #find} for links. */
  boolean isFolder(@Nullable Path folder) throws IOException {
    Path at = root;
    for (Path name : root.relativize(folder == null ? root : folder)) {
      if (name.toString().isEmpty()) {
        continue;
      }
      at = at.resolve(name);
      BasicFileAttributes found = look(at);
      if (found == null || !found.isDirectory()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Checks that a file can be written at a place, as far as what lies there tells.
   *
   * @return the state of the file that is there now
   * @throws StoreFault if a folder, a link or a device lies there, or a file lies where a folder is
   *     needed
   */
  Optional<FileState> findForWriting(Path file) throws IOException {
    Path at = root;
    for (Path name : root.relativize(file)) {
      at = at.resolve(name);
      BasicFileAttributes found = look(at);
      if (found == null) {
        return Optional.empty();
      }
      if (!at.equals(file)) {
        requireFolder(at, found);
      } else if (found.isDirectory()) {
        throw new StoreFault(
            file,
            "is a folder of other assets, and a file cannot have its name; delete them or choose"
                + " another key");
      } else if (!found.isRegularFile()) {
        throw new StoreFault(
            file, "is no regular file, and the store does not touch it; remove it");
      } else {
        return Optional.of(FileState.of(found));
      }
    }
    return Optional.empty();
  }

  /**
   * Makes a folder and those above it where they are missing.
   *
   * @param unsynced gets the folders that have new names in them
   */
  void ensure(Path folder, Collection<? super Path> unsynced) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        makeAll(folder, unsynced);
        return;
      } catch (NoSuchFileException vanished) {
        if (look(root) == null) {
          throw vanished;
        }
      }
    }
    throw new StoreFault(folder, "vanishes again whenever it is made");
  }

  private void makeAll(Path folder, Collection<? super Path> unsynced) throws IOException {
    Path at = root;
    for (Path name : root.relativize(folder)) {
      Path above = at;
      at = at.resolve(name);
      BasicFileAttributes found = look(at);
      if (found == null) {
        unsynced.add(above);
        try {
          Files.createDirectory(at);
        } catch (FileAlreadyExistsException madeMeanwhile) {
          found = look(at);
        }
      }
      if (found != null) {
        requireFolder(at, found);
      }
    }
  }

  private static void requireFolder(Path at, BasicFileAttributes found) throws IOException {
    if (found.isRegularFile()) {
      throw new StoreFault(
          at,
          "is an asset, and no key can lie below it in a folder store; delete it or choose another"
              + " key");
    }
    if (!found.isDirectory()) {
      throw new StoreFault(at, "is neither a folder nor a regular file; remove it");
    }
  }

  /** Removes a folder and those above it as long as they are empty, but not {@code last}. */
  void prune(Path folder, Path last) {
    Path at = folder;
    while (at != null && at.startsWith(last) && !at.equals(last)) {
      try {
        Files.delete(at);
      } catch (IOException notEmptyOrNotOurs) {
        return;
      }
      at = at.getParent();
    }
  }

  /** Brings the names in folders to the disk, where the platform can. */
  void syncAll(Iterable<Path> changed) throws IOException {
    for (Path each : changed) {
      sync(each);
    }
  }

  /** Brings the names in a folder to the disk, where the platform can. */
  void sync(@Nullable Path folder) throws IOException {
    if (!syncs || folder == null) {
      return;
    }
    boolean interrupted = false;
    try {
      while (true) {
        try {
          force(folder);
          return;
        } catch (ClosedByInterruptException e) {
          // What is written is written: finish, and tell the thread afterwards.
          interrupted |= Thread.interrupted();
        } catch (NoSuchFileException gone) {
          return;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static @Nullable BasicFileAttributes look(Path file) throws IOException {
    BasicFileAttributes found;
    try {
      found = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
    if (found.isSymbolicLink()) {
      throw new StoreFault(
          file,
          "is a symbolic link, and the store follows none; put the file or folder itself there");
    }
    return found;
  }
}
