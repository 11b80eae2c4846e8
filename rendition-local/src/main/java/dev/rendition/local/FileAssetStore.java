package dev.rendition.local;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetNotFoundException;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
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
  private final Path root;
  private final Folders folders;
  private final StoreLayout layout;
  private final Sidecars sidecars;
  private final AssetWriter writer;
  private final AssetReader reader;

  private FileAssetStore(
      Path root, Folders folders, StoreFormat format, @Nullable Workspace workspace) {
    this.root = root;
    this.folders = folders;
    this.layout = new StoreLayout(root, new FileNames(format.foldsCase()));
    this.sidecars = new Sidecars(folders, root.resolve(StoreLayout.OWN), format.hardLinks());
    this.writer = new AssetWriter(root, folders, layout, format, sidecars, workspace);
    this.reader = new AssetReader(folders, layout, sidecars, writer);
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
      Workspace workspace = Workspace.below(folders, own);
      StoreFormat format = wanted == null ? StoreFormat.probe(workspace) : wanted;
      format.write(own, workspace);
      folders.sync(own);
      return new FileAssetStore(real, folders, format, workspace);
    } catch (IOException e) {
      throw StoreFault.explain("opening the store", real, e, 0);
    }
  }

  @Override
  public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
      throws IOException {
    return writer
        .write(key, source, attributes, false)
        .orElseThrow(() -> new IllegalStateException("a put always stores"));
  }

  @Override
  public Optional<AssetInfo> putIfAbsent(
      AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
    return writer.write(key, source, attributes, true);
  }

  @Override
  public AssetContent open(AssetKey key) throws IOException {
    writer.requireOpen();
    try {
      return reader.openWhole(key).orElseThrow(() -> new AssetNotFoundException(key));
    } catch (AssetNotFoundException e) {
      throw e;
    } catch (IOException e) {
      throw StoreFault.explain("reading " + key, root, e, 0);
    }
  }

  @Override
  public Optional<AssetInfo> stat(AssetKey key) throws IOException {
    writer.requireOpen();
    try {
      return reader.find(key);
    } catch (IOException e) {
      throw StoreFault.explain("looking for " + key, root, e, 0);
    }
  }

  @Override
  public Stream<AssetInfo> list(String tenant, String pathPrefix) throws IOException {
    return list(tenant, pathPrefix, reader::find);
  }

  @Override
  public Stream<AssetKey> keys(String tenant, String pathPrefix) throws IOException {
    return list(tenant, pathPrefix, Optional::of);
  }

  private <T> Stream<T> list(String tenant, String pathPrefix, AssetWalk.Lookup<T> lookup)
      throws IOException {
    writer.requireOpen();
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
    AssetWalk<T> walk = new AssetWalk<>(folder, tenant, path, pathPrefix, layout.names(), lookup);
    int traits = Spliterator.DISTINCT | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(walk, traits), false)
        .onClose(() -> closeQuietly(walk));
  }

  private static void closeQuietly(AssetWalk<?> walk) {
    try {
      walk.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean delete(AssetKey key) throws IOException {
    writer.requireOpen();
    try {
      Path content = layout.content(key);
      Path above = requireNonNull(content.getParent());
      Optional<FileState> before = folders.find(content);
      if (before.isEmpty()) {
        return false;
      }
      try {
        Files.delete(content);
      } catch (NoSuchFileException deletedMeanwhile) {
        return false;
      }
      folders.sync(above);
      Path folder = layout.sidecars(key);
      sidecars.remove(folder, before.get().stamp());
      sidecars.tidy(folder, before.get().stamp());
      sidecars.prune(folder);
      folders.prune(above, root);
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
    writer.close();
  }

  /** Names the folder. */
  @Override
  public String toString() {
    return "FileAssetStore[" + root + "]";
  }
}
