package dev.rendition.cli;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.generate.FailureReason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Makes originals of files. */
final class Originals {
  private Originals() {}

  static Original of(FoundFile found, String tenant) {
    if (!found.problem().isEmpty()) {
      return new Original.Refused(found.source(), FailureReason.REQUEST_INVALID, found.problem());
    }
    try {
      AssetKey key = AssetKey.of(tenant, found.keyPath());
      return new Original.Usable(found.source(), key, () -> open(found.file()));
    } catch (IllegalArgumentException e) {
      return new Original.Refused(
          found.source(),
          FailureReason.REQUEST_INVALID,
          "the name cannot be a key: " + e.getMessage() + "; rename the file");
    }
  }

  private static AssetSource open(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (!Files.isRegularFile(file)) {
      throw new FileSystemException(file.toString(), null, file + " is no regular file");
    }
    if (!Files.isReadable(file)) {
      throw new AccessDeniedException(file.toString());
    }
    return AssetSource.ofFile(file);
  }
}
