package dev.rendition.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;

/**
 * How a store is laid out, decided when its folder is opened first and written down there, so that
 * every process that opens it later does the same.
 *
 * @param foldsCase whether the file system takes {@code A} and {@code a} for the same name
 * @param hardLinks whether one file can have two names
 */
record StoreFormat(boolean foldsCase, boolean hardLinks) {
  private static final String FILE = "format";
  private static final String FIRST = "rendition-file-store 1";

  /** Reads what was written down; empty if the folder is no store yet. */
  static Optional<StoreFormat> read(Path own) throws IOException {
    Path file = own.resolve(FILE);
    String text;
    try (InputStream in = Files.newInputStream(file, NOFOLLOW_LINKS)) {
      text = new String(in.readNBytes(1_000), US_ASCII);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    for (boolean folds : new boolean[] {false, true}) {
      for (boolean links : new boolean[] {false, true}) {
        StoreFormat format = new StoreFormat(folds, links);
        if (text.equals(format.text())) {
          format.requireFits(own);
          return Optional.of(format);
        }
      }
    }
    throw new StoreFault(
        file,
        "tells of a store that this version of the library cannot read; use the version that wrote"
            + " it, or restore the file from a backup");
  }

  /** Looks what the file system can, with two files that are removed again. */
  static StoreFormat probe(Workspace workspace) throws IOException {
    Path lower = workspace.folder().resolve("probe");
    Path upper = workspace.folder().resolve("PROBE");
    Path link = workspace.folder().resolve("link");
    Files.createFile(lower);
    try {
      return new StoreFormat(Files.exists(upper, NOFOLLOW_LINKS), canLink(link, lower));
    } finally {
      Files.deleteIfExists(link);
      Files.delete(lower);
    }
  }

  private static boolean canLink(Path link, Path file) {
    try {
      Files.createLink(link, file);
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Writes the format down. Of several processes that do so at once all write the same. */
  void write(Path own, Workspace workspace) throws IOException {
    Path written = workspace.fresh();
    Sidecars.writeNew(written, text().getBytes(US_ASCII));
    Files.move(written, own.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Names in which only case differs would fall together. The other way round does no harm. */
  private void requireFits(Path own) throws IOException {
    if (!foldsCase && Files.exists(own.resolve(FILE.toUpperCase(Locale.ROOT)))) {
      throw new StoreFault(
          own,
          "was made where Photo.jpg and photo.jpg are two files, and here they are one; put the"
              + " store on such a file system again, or copy its assets into a new store");
    }
  }

  private String text() {
    return FIRST
        + "\ncase="
        + (foldsCase ? "folded" : "kept")
        + "\nlinks="
        + (hardLinks ? "yes" : "no")
        + "\n";
  }
}
