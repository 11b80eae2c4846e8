package dev.rendition.local;

import dev.rendition.asset.AssetKey;
import java.net.URI;
import java.nio.file.Path;

/**
 * Where the files of a store lie: the bytes of {@code tenant/path} at their natural place below the
 * root, everything of the store's own in the folder {@value #OWN}, which no tenant can be called.
 */
final class StoreLayout {
  static final String OWN = ".rendition";

  private final Path root;
  private final FileNames names;

  StoreLayout(Path root, FileNames names) {
    this.root = root;
    this.names = names;
  }

  FileNames names() {
    return names;
  }

  /** Returns the file of an asset's bytes. */
  Path content(AssetKey key) {
    return below(tenant(key.tenant()), key.path());
  }

  /** Returns the folder that holds nothing but the sidecars of an asset, and folders of others'. */
  Path sidecars(AssetKey key) {
    return below(below(root.resolve(OWN).resolve("meta"), key.tenant()), key.path());
  }

  Path tenant(String tenant) {
    return below(root, tenant);
  }

  /** Returns the folder of a path that consists of whole segments. */
  Path folder(AssetKey path) {
    return content(path);
  }

  /** Returns the address of an asset's file, whether it is there or not. */
  URI location(AssetKey key) {
    String base = root.toUri().toString();
    StringBuilder uri = new StringBuilder(base);
    if (!base.endsWith("/")) {
      uri.append('/');
    }
    String separator = "";
    for (Path name : root.relativize(content(key))) {
      uri.append(separator).append(UriPath.encode(name.toString()));
      separator = "/";
    }
    return URI.create(uri.toString());
  }

  private Path below(Path folder, String path) {
    Path at = folder;
    for (String segment : path.split("/", -1)) {
      for (String piece : names.encode(segment)) {
        at = at.resolve(piece);
      }
    }
    return at;
  }
}
