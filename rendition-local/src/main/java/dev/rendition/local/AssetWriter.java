package dev.rendition.local;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.asset.MediaType;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the assets of a folder store. Bytes and sidecar are brought to the disk as unfinished
 * files, the sidecar takes its place under a stamp that is its alone, and one step in the file
 * system makes the bytes visible. Safe for use by many threads.
 */
final class AssetWriter implements Closeable {
  private static final int ATTEMPTS = 1_000;

  /** A file changed this short ago may change again and keep its stamp. */
  private static final long SETTLED_SECONDS = 3;

  private final Path root;
  private final Path own;
  private final Folders folders;
  private final StoreLayout layout;
  private final StoreFormat format;
  private final Sidecars sidecars;
  private @Nullable Workspace workspace;
  private @Nullable CommitLock commitLock;
  private volatile boolean closed;

  /**
   * Makes the writer of a store.
   *
   * @param workspace closed by this; made when it is needed if null
   */
  AssetWriter(
      Path root,
      Folders folders,
      StoreLayout layout,
      StoreFormat format,
      Sidecars sidecars,
      @Nullable Workspace workspace) {
    this.root = root;
    this.own = root.resolve(StoreLayout.OWN);
    this.folders = folders;
    this.layout = layout;
    this.format = format;
    this.sidecars = sidecars;
    this.workspace = workspace;
  }

  /**
   * Stores an asset; see {@link AssetStore#put}.
   *
   * @return empty if it is there and {@code onlyIfAbsent}
   */
  Optional<AssetInfo> write(
      AssetKey key, AssetSource source, AssetAttributes attributes, boolean onlyIfAbsent)
      throws IOException {
    requireOpen();
    requireNonNull(attributes, "attributes");
    try {
      Path content = layout.content(key);
      Optional<FileState> before = folders.findForWriting(content);
      if (onlyIfAbsent && before.isPresent()) {
        return Optional.empty();
      }
      try (Draft draft = Draft.of(workspace().fresh(), key, source)) {
        return finish(key, content, draft, source.mediaType(), attributes, onlyIfAbsent);
      }
    } catch (SourceFault e) {
      throw e.told();
    } catch (IOException e) {
      throw StoreFault.explain("storing " + key, root, e, source.length().orElse(0));
    }
  }

  private Optional<AssetInfo> finish(
      AssetKey key,
      Path content,
      Draft draft,
      String mediaType,
      AssetAttributes attributes,
      boolean onlyIfAbsent)
      throws IOException {
    Sidecar sidecar = new Sidecar(MediaType.require(mediaType), draft.version(), attributes);
    Path folder = layout.sidecars(key);
    Path written = workspace().fresh();
    Optional<FileState> before = folders.findForWriting(content);
    try {
      Sidecars.writeNew(written, sidecar.toBytes());
      Stamp stamp = reserve(folder, draft, written, before);
      Set<Path> unsynced = new LinkedHashSet<>();
      boolean done = false;
      try {
        done = commit(key, draft.file(), content, onlyIfAbsent, unsynced);
      } finally {
        if (!done) {
          sidecars.remove(folder, stamp);
        }
      }
      if (!done) {
        sidecars.prune(folder);
        return Optional.empty();
      }
      folders.syncAll(unsynced);
      before.ifPresent(old -> sidecars.remove(folder, old.stamp()));
      sidecars.tidy(folder, stamp);
      return Optional.of(sidecar.info(key, stamp));
    } finally {
      Files.deleteIfExists(written);
    }
  }

  /** Gives the draft a time of modification that makes its stamp the only one of its key. */
  private Stamp reserve(Path folder, Draft draft, Path written, Optional<FileState> before)
      throws IOException {
    // Microseconds: finer times do not outlive every file system and every version of the JDK.
    Instant time = Instant.now().truncatedTo(ChronoUnit.MICROS);
    Optional<Stamp> tried = before.map(FileState::stamp);
    Set<Path> unsynced = new LinkedHashSet<>();
    long stepMicros = 1;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Files.setLastModifiedTime(draft.file(), FileTime.from(time));
      Stamp stamp = stampOf(draft);
      if (tried.isPresent() && tried.get().equals(stamp)) {
        stepMicros = Math.min(2_000_000, stepMicros * 10);
      } else if (sidecars.reserve(folder, stamp, written, unsynced)) {
        boolean reserved = false;
        try {
          // The bytes first: where one journal holds all, that takes the folders along.
          draft.sync();
          folders.syncAll(unsynced);
          reserved = stampOf(draft).equals(stamp);
        } finally {
          if (!reserved) {
            sidecars.remove(folder, stamp);
          }
        }
        if (reserved) {
          return stamp;
        }
      }
      tried = Optional.of(stamp);
      time = time.plus(stepMicros, ChronoUnit.MICROS);
    }
    throw new StoreFault(folder, "so many writers store this key at once that none gets a turn");
  }

  private static Stamp stampOf(Draft draft) throws IOException {
    return Stamp.of(Files.readAttributes(draft.file(), BasicFileAttributes.class, NOFOLLOW_LINKS));
  }

  private boolean commit(
      AssetKey key, Path draft, Path content, boolean onlyIfAbsent, Set<Path> unsynced)
      throws IOException {
    if (format.hardLinks()) {
      return place(draft, content, onlyIfAbsent, unsynced);
    }
    return commitLock()
        .holding(
            key,
            () ->
                !(onlyIfAbsent && folders.findForWriting(content).isPresent())
                    && place(draft, content, false, unsynced));
  }

  private boolean place(Path draft, Path content, boolean onlyIfAbsent, Set<Path> unsynced)
      throws IOException {
    Path folder = requireNonNull(content.getParent());
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      folders.ensure(folder, unsynced);
      try {
        if (onlyIfAbsent) {
          Files.createLink(content, draft);
        } else {
          Files.move(draft, content, StandardCopyOption.ATOMIC_MOVE);
        }
        unsynced.add(folder);
        return true;
      } catch (FileAlreadyExistsException e) {
        folders.findForWriting(content);
        return false;
      } catch (NoSuchFileException folderVanished) {
        if (!Files.exists(draft, NOFOLLOW_LINKS)) {
          throw folderVanished;
        }
      } catch (AtomicMoveNotSupportedException e) {
        throw new StoreFault(
            content, "lies on another file system than the store; a store is one file system");
      } catch (IOException e) {
        folders.findForWriting(content);
        throw e;
      }
    }
    throw new StoreFault(content, "its folder vanishes again whenever it is made");
  }

  /** Spares the next reader of a foreign file the hashing, if the store can be written. */
  void remember(Path folder, Stamp stamp, Sidecar sidecar) {
    if (stamp.modified().isAfter(Instant.now().minusSeconds(SETTLED_SECONDS))) {
      return;
    }
    try {
      Path written = workspace().fresh();
      try {
        Sidecars.writeNew(written, sidecar.toBytes());
        if (sidecars.reserve(folder, stamp, written, new LinkedHashSet<>())) {
          sidecars.tidy(folder, stamp);
        }
      } finally {
        Files.deleteIfExists(written);
      }
    } catch (IOException e) {
      // It is hashed again the next time.
      return;
    }
  }

  /** Fails once this is closed. */
  void requireOpen() throws IOException {
    if (closed) {
      throw new StoreFault(root, "this store has been closed");
    }
  }

  private synchronized Workspace workspace() throws IOException {
    requireOpen();
    Workspace used = workspace;
    if (used == null) {
      used = Workspace.below(folders, own);
      workspace = used;
    }
    return used;
  }

  private synchronized CommitLock commitLock() throws IOException {
    requireOpen();
    CommitLock used = commitLock;
    if (used == null) {
      used = CommitLock.open(own.resolve("commit.lock"));
      commitLock = used;
    }
    return used;
  }

  /** Releases the locks and removes unfinished files; writes that are under way fail. */
  @Override
  public void close() throws IOException {
    closed = true;
    synchronized (this) {
      Workspace used = workspace;
      workspace = null;
      CommitLock lock = commitLock;
      commitLock = null;
      if (lock != null) {
        lock.close();
      }
      if (used != null) {
        used.close();
      }
    }
  }
}
