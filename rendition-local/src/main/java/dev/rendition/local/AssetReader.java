package dev.rendition.local;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.MediaType;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * Finds and opens the assets of a folder store. Whatever others do to a file meanwhile, what is
 * told of it and its bytes belong together. Safe for use by many threads.
 */
final class AssetReader {
  private static final int ATTEMPTS = 1_000;

  private final Folders folders;
  private final StoreLayout layout;
  private final Sidecars sidecars;
  private final AssetWriter writer;

  AssetReader(Folders folders, StoreLayout layout, Sidecars sidecars, AssetWriter writer) {
    this.folders = folders;
    this.layout = layout;
    this.sidecars = sidecars;
    this.writer = writer;
  }

  /** Returns what is known of an asset; empty if it is not there. */
  Optional<AssetInfo> find(AssetKey key) throws IOException {
    Path content = layout.content(key);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<FileState> state = folders.find(content);
      if (state.isEmpty()) {
        return Optional.empty();
      }
      Stamp stamp = state.get().stamp();
      Optional<Sidecar> sidecar = sidecars.load(layout.sidecars(key), stamp);
      if (sidecar.isPresent()) {
        return Optional.of(sidecar.get().info(key, stamp));
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

  /** Opens an asset that is in one state from its name to its bytes; empty if it is not there. */
  Optional<AssetContent> openWhole(AssetKey key) throws IOException {
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
      return Optional.of(known.get().info(key, state.stamp()));
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
    writer.remember(folder, state.stamp(), sidecar);
    return Optional.of(sidecar.info(key, state.stamp()));
  }
}
