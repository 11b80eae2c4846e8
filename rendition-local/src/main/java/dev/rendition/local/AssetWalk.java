package dev.rendition.local;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.rendition.asset.AssetKey;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the assets of a tenant below a folder, one open folder at a time. Files whose names
 * the store would not give, links and devices are passed over, as is what vanishes meanwhile. Not
 * safe for use by many threads.
 *
 * @param <T> what is told of each asset
 */
final class AssetWalk<T> implements Iterator<T>, Closeable {
  /** Tells what is known of a key. */
  @FunctionalInterface
  interface Lookup<T> {
    Optional<T> find(AssetKey key) throws IOException;
  }

  /**
   * A folder to be gone through.
   *
   * @param path the path it stands for, empty or ending in a slash
   * @param pieces the pieces of a long name that goes on in it
   */
  private record Place(Path folder, String path, List<String> pieces) {}

  private final String tenant;
  private final String prefix;
  private final FileNames names;
  private final Lookup<T> lookup;
  private final Deque<Place> places = new ArrayDeque<>();
  private Place place;
  private @Nullable DirectoryStream<Path> stream;
  private Iterator<Path> entries = List.<Path>of().iterator();
  private @Nullable T ready;

  /**
   * Begins at a folder.
   *
   * @param path the path the folder stands for, empty or ending in a slash
   * @param prefix what the paths of the assets begin with
   */
  AssetWalk(
      Path folder, String tenant, String path, String prefix, FileNames names, Lookup<T> lookup) {
    this.tenant = tenant;
    this.prefix = prefix;
    this.names = names;
    this.lookup = lookup;
    this.place = new Place(folder, path, List.of());
    places.push(place);
  }

  @Override
  public boolean hasNext() {
    try {
      while (ready == null) {
        if (entries.hasNext()) {
          ready = visit(entries.next());
        } else if (places.isEmpty()) {
          close();
          return false;
        } else {
          enter(places.pop());
        }
      }
      return true;
    } catch (DirectoryIteratorException e) {
      throw new UncheckedIOException(e.getCause());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public T next() {
    if (!hasNext() || ready == null) {
      throw new NoSuchElementException();
    }
    T info = ready;
    ready = null;
    return info;
  }

  /** Opens a folder; the stream lives on in a field, and {@link #close} closes it. */
  @SuppressWarnings("StreamResourceLeak")
  private void enter(Place next) throws IOException {
    close();
    place = next;
    try {
      DirectoryStream<Path> opened = Files.newDirectoryStream(next.folder());
      stream = opened;
      entries = opened.iterator();
    } catch (NoSuchFileException | NotDirectoryException gone) {
      entries = List.<Path>of().iterator();
    }
  }

  private @Nullable T visit(Path entry) throws IOException {
    BasicFileAttributes found;
    try {
      found = Files.readAttributes(entry, BasicFileAttributes.class, NOFOLLOW_LINKS);
    } catch (NoSuchFileException gone) {
      return null;
    }
    List<String> pieces = new ArrayList<>(place.pieces());
    pieces.add(entry.getFileName().toString());
    if (found.isDirectory() && entry.getFileName().toString().endsWith(FileNames.CONTINUES)) {
      places.push(new Place(entry, place.path(), pieces));
      return null;
    }
    String segment = names.decode(pieces).orElse("");
    if (segment.isEmpty()) {
      return null;
    }
    String path = place.path() + segment;
    if (found.isDirectory() && (path + '/').startsWith(prefix)) {
      places.push(new Place(entry, path + '/', List.of()));
    } else if (found.isRegularFile() && path.startsWith(prefix)) {
      return asset(path);
    }
    return null;
  }

  private @Nullable T asset(String path) throws IOException {
    AssetKey key;
    try {
      key = AssetKey.of(tenant, path);
    } catch (IllegalArgumentException foreign) {
      return null;
    }
    return key.path().equals(path) ? lookup.find(key).orElse(null) : null;
  }

  @Override
  public void close() throws IOException {
    entries = List.<Path>of().iterator();
    DirectoryStream<Path> open = stream;
    stream = null;
    if (open != null) {
      open.close();
    }
  }
}
