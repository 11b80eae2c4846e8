package dev.rendition.local;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetNotFoundException;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.asset.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps assets as files in a folder. Safe for use by many threads, and by many processes at once.
 *
 * <p>The bytes of {@code tenant/path} lie at {@code root/tenant/path}; characters that some file
 * system or locale does not take stand there as {@code %} and two hex digits. A file that somebody
 * else puts there is an asset too: its media type is told by its extension, and it has no
 * attributes. Everything else the store needs lies in {@code root/.rendition}, which goes along
 * when the folder is copied; a copy has to keep the times of files, or attributes are lost.
 *
 * <p>A write is on the disk when the call returns, and visible at once or not at all, also when the
 * process is killed in its middle. Keys whose paths are {@code a/b} and {@code a/b/c} cannot be
 * held at the same time. Symbolic links below the root are refused, not followed. A read or write
 * on an interrupted thread fails.
 */
public final class FileAssetStore implements AssetStore {
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

  private FileAssetStore(
      Path root, Folders folders, StoreFormat format, @Nullable Workspace workspace) {
    this.root = root;
    this.own = root.resolve(StoreLayout.OWN);
    this.folders = folders;
    this.format = format;
    this.layout = new StoreLayout(root, new FileNames(format.foldsCase()));
    this.sidecars = new Sidecars(folders, own, format.hardLinks());
    this.workspace = workspace;
  }

  /**
   * Opens the store of a folder, and removes what writers that died have left. A folder that is no
   * store yet becomes one; files that are in it become assets of the tenants their top folders
   * name. A store that cannot be written is opened for reading.
   *
   * @param root a folder that is there; it may itself be a symbolic link
   * @throws IOException if it is not there, cannot be made a store, or was made by another version
   *     or on a file system of another kind
   */
  public static FileAssetStore open(Path root) throws IOException {
    return open(root, null);
  }

  /** Opens a store that is laid out for another file system, if it is new. */
  static FileAssetStore open(Path root, @Nullable StoreFormat wanted) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new StoreFault(
          root,
          Files.exists(root)
              ? "is no folder, and a folder store needs one; choose another"
              : "is not there; create the folder, or mount its disk");
    }
    Path real = root.toRealPath();
    Path own = real.resolve(StoreLayout.OWN);
    Folders folders = new Folders(real, Folders.canSync(real));
    try {
      folders.isFolder(own);
      Workspace.sweep(own.resolve("tmp"));
      Optional<StoreFormat> known = StoreFormat.read(own);
      if (known.isPresent()) {
        return new FileAssetStore(real, folders, known.get(), null);
      }
      Workspace workspace = newWorkspace(folders, own);
      StoreFormat format = wanted == null ? StoreFormat.probe(workspace) : wanted;
      format.write(own, workspace);
      folders.sync(own);
      return new FileAssetStore(real, folders, format, workspace);
    } catch (IOException e) {
      throw StoreFault.explain("opening the store", real, e, 0);
    }
  }

  private static Workspace newWorkspace(Folders folders, Path own) throws IOException {
    Path tmp = own.resolve("tmp");
    Set<Path> unsynced = new LinkedHashSet<>();
    folders.ensure(tmp, unsynced);
    folders.syncAll(unsynced);
    return Workspace.open(tmp);
  }

  @Override
  public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
      throws IOException {
    return write(key, source, attributes, false)
        .orElseThrow(() -> new IllegalStateException("a put always stores"));
  }

  @Override
  public Optional<AssetInfo> putIfAbsent(
      AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
    return write(key, source, attributes, true);
  }

  private Optional<AssetInfo> write(
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
      return Optional.of(info(key, stamp, sidecar));
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
    return Stamp.of(
        Files.readAttributes(
            draft.file(), java.nio.file.attribute.BasicFileAttributes.class, NOFOLLOW_LINKS));
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

  @Override
  public AssetContent open(AssetKey key) throws IOException {
    requireOpen();
    try {
      return openWhole(key).orElseThrow(() -> new AssetNotFoundException(key));
    } catch (AssetNotFoundException e) {
      throw e;
    } catch (IOException e) {
      throw StoreFault.explain("reading " + key, root, e, 0);
    }
  }

  @Override
  public Optional<AssetInfo> stat(AssetKey key) throws IOException {
    requireOpen();
    try {
      return find(key);
    } catch (IOException e) {
      throw StoreFault.explain("looking for " + key, root, e, 0);
    }
  }

  private Optional<AssetInfo> find(AssetKey key) throws IOException {
    Path content = layout.content(key);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<FileState> state = folders.find(content);
      if (state.isEmpty()) {
        return Optional.empty();
      }
      Stamp stamp = state.get().stamp();
      Optional<Sidecar> sidecar = sidecars.load(layout.sidecars(key), stamp);
      if (sidecar.isPresent()) {
        return Optional.of(info(key, stamp, sidecar.get()));
      }
      if (folders.find(content).equals(state)) {
        // A foreign file: its bytes have to be read.
        Optional<AssetContent> opened = openWhole(key);
        if (opened.isPresent()) {
          opened.get().close();
        }
        return opened.map(AssetContent::info);
      }
    }
    throw new StoreFault(content, "changes so fast that it cannot be read");
  }

  private Optional<AssetContent> openWhole(AssetKey key) throws IOException {
    Path content = layout.content(key);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<FileState> state = folders.find(content);
      if (state.isEmpty()) {
        return Optional.empty();
      }
      FileChannel channel;
      try {
        channel = FileChannel.open(content, Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS));
      } catch (NoSuchFileException replaced) {
        continue;
      }
      boolean handedOver = false;
      try {
        Optional<AssetInfo> info = identify(key, content, state.get(), channel);
        if (info.isPresent()) {
          handedOver = true;
          return Optional.of(AssetContent.of(info.get(), Channels.newInputStream(channel)));
        }
      } finally {
        if (!handedOver) {
          channel.close();
        }
      }
    }
    throw new StoreFault(content, "changes so fast that it cannot be read");
  }

  /** Returns what is known of an open file, if it is in the state that was seen before. */
  private Optional<AssetInfo> identify(
      AssetKey key, Path content, FileState state, FileChannel channel) throws IOException {
    Optional<FileState> seen = Optional.of(state);
    if (!folders.find(content).equals(seen)) {
      return Optional.empty();
    }
    Path folder = layout.sidecars(key);
    Optional<Sidecar> known = sidecars.load(folder, state.stamp());
    if (known.isPresent()) {
      return Optional.of(info(key, state.stamp(), known.get()));
    }
    if (!folders.find(content).equals(seen)) {
      return Optional.empty();
    }
    String version = Hashes.ofWhole(channel);
    channel.position(0);
    if (!folders.find(content).equals(seen)) {
      return Optional.empty();
    }
    Sidecar sidecar =
        new Sidecar(MediaType.ofExtension(key.extension()), version, AssetAttributes.NONE);
    remember(folder, state.stamp(), sidecar);
    return Optional.of(info(key, state.stamp(), sidecar));
  }

  /** Spares the next reader of a foreign file the hashing, if the store can be written. */
  private void remember(Path folder, Stamp stamp, Sidecar sidecar) {
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

  private static AssetInfo info(AssetKey key, Stamp stamp, Sidecar sidecar) {
    return new AssetInfo(
        key,
        stamp.size(),
        sidecar.mediaType(),
        sidecar.version(),
        stamp.modified(),
        sidecar.attributes());
  }

  @Override
  public Stream<AssetInfo> list(String tenant, String pathPrefix) throws IOException {
    requireOpen();
    AssetKey.requireTenant(tenant);
    int slash = pathPrefix.lastIndexOf('/');
    String path = pathPrefix.substring(0, slash + 1);
    Path folder = layout.tenant(tenant);
    if (slash >= 0) {
      AssetKey above;
      try {
        above = AssetKey.of(tenant, pathPrefix.substring(0, slash));
      } catch (IllegalArgumentException noKeyBeginsSo) {
        return Stream.empty();
      }
      if (!above.path().equals(pathPrefix.substring(0, slash))) {
        return Stream.empty();
      }
      folder = layout.folder(above);
    }
    try {
      if (!folders.isFolder(folder)) {
        return Stream.empty();
      }
    } catch (IOException e) {
      throw StoreFault.explain("listing " + tenant, root, e, 0);
    }
    AssetWalk walk = new AssetWalk(folder, tenant, path, pathPrefix, layout.names(), this::find);
    int traits = Spliterator.DISTINCT | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(walk, traits), false)
        .onClose(() -> closeQuietly(walk));
  }

  private static void closeQuietly(AssetWalk walk) {
    try {
      walk.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean delete(AssetKey key) throws IOException {
    requireOpen();
    try {
      Path content = layout.content(key);
      Optional<FileState> before = folders.find(content);
      if (before.isEmpty()) {
        return false;
      }
      try {
        Files.delete(content);
      } catch (NoSuchFileException deletedMeanwhile) {
        return false;
      }
      folders.sync(content.getParent());
      Path folder = layout.sidecars(key);
      sidecars.remove(folder, before.get().stamp());
      sidecars.tidy(folder, before.get().stamp());
      sidecars.prune(folder);
      folders.prune(content.getParent(), root);
      return true;
    } catch (IOException e) {
      throw StoreFault.explain("deleting " + key, root, e, 0);
    }
  }

  /** Returns the {@code file:} address. */
  @Override
  public Optional<URI> location(AssetKey key) {
    return Optional.of(layout.location(key));
  }

  /** Releases the store's locks and removes unfinished files; writes that are under way fail. */
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

  /** Names the folder. */
  @Override
  public String toString() {
    return "FileAssetStore[" + root + "]";
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new StoreFault(root, "this store has been closed");
    }
  }

  private synchronized Workspace workspace() throws IOException {
    requireOpen();
    Workspace used = workspace;
    if (used == null) {
      used = newWorkspace(folders, own);
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
}
