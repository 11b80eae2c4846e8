package dev.rendition.local;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** A folder store could not do its work. The message names the file, the cause and the remedy. */
final class StoreFault extends FileSystemException {
  private static final long serialVersionUID = 1L;

  /** Less free space than this is a full disk: a sidecar or a folder may not fit. */
  private static final long NEARLY_FULL = 64 << 10;

  StoreFault(Path file, String sentence) {
    super(file.toString(), null, sentence);
  }

  /**
   * Returns a fault that says what to do about {@code cause}.
   *
   * @param doing what was not done, such as {@code storing acme/a.jpg}
   * @param needed bytes that were to be written, 0 or more
   */
  static StoreFault explain(String doing, Path root, IOException cause, long needed) {
    if (cause instanceof StoreFault fault) {
      return fault;
    }
    Path file = root;
    String reason = String.valueOf(cause.getMessage());
    if (cause instanceof FileSystemException e && e.getFile() != null) {
      file = root.resolve(e.getFile());
      reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
    }
    StoreFault fault =
        new StoreFault(
            file, doing + " failed (" + reason + "); " + remedy(root, cause, reason, needed));
    fault.initCause(cause);
    return fault;
  }

  private static String remedy(Path root, IOException cause, String reason, long needed) {
    String told = reason.toLowerCase(Locale.ROOT);
    if (!Files.isDirectory(root)) {
      return "the store's folder " + root + " is gone: is its disk mounted?";
    }
    if (told.contains("read-only") || isReadOnly(root)) {
      return "the file system is mounted read-only: mount it writable or store elsewhere";
    }
    long free = usable(root);
    if (told.contains("no space") || told.contains("quota") || free < needed + NEARLY_FULL) {
      return "the disk is full, " + free + " bytes are free: free some or store elsewhere";
    }
    if (cause instanceof AccessDeniedException || told.contains("not permitted")) {
      return "this process may not do that there: give its user the right to read and write in "
          + root;
    }
    if (told.contains("too long")) {
      return "the path is longer than this file system takes: use a shorter key or root";
    }
    if (cause instanceof NoSuchFileException) {
      return "somebody else removed it: leave the folder to the store and try again";
    }
    return "look at the disk and the system's log";
  }

  private static boolean isReadOnly(Path root) {
    try {
      return Files.getFileStore(root).isReadOnly();
    } catch (IOException e) {
      return false;
    }
  }

  private static long usable(Path root) {
    try {
      return Files.getFileStore(root).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE / 2;
    }
  }
}
