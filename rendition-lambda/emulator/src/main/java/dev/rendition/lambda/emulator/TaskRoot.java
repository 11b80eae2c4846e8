package dev.rendition.lambda.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The folder a function runs in: its zip, unpacked. */
final class TaskRoot {
  /** How much a deployment may unpack to, in bytes: AWS Lambda quotas, 250 MB. */
  static final long MAX_BYTES = 250L * 1_024 * 1_024;

  private static final int MAX_ENTRIES = 65_535;
  private static final int BUFFER = 65_536;

  private TaskRoot() {}

  /**
   * Returns the folder to run code in: the code itself if it is a folder, else a new folder with
   * what is in the zip.
   *
   * @throws IllegalArgumentException if the zip holds too much, or a name that leads out of the
   *     folder
   * @throws IOException if it is no zip, or cannot be unpacked
   */
  static Path of(Path code, Path target) throws IOException {
    if (Files.isDirectory(code)) {
      return code.toAbsolutePath();
    }
    Files.createDirectory(target);
    try (ZipFile zip = new ZipFile(code.toFile())) {
      if (zip.size() > MAX_ENTRIES) {
        throw new IllegalArgumentException(
            code + " has " + zip.size() + " entries, at most " + MAX_ENTRIES + " are possible");
      }
      long left = MAX_BYTES;
      List<? extends ZipEntry> entries = Collections.list(zip.entries());
      for (ZipEntry entry : entries) {
        Path path = inside(target, entry, code);
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.createDirectories(path.resolveSibling("."));
          left = unpack(zip, entry, path, left, code);
        }
      }
    }
    return target;
  }

  private static Path inside(Path target, ZipEntry entry, Path code) {
    String name = entry.getName();
    Path path = name.indexOf('\0') < 0 ? target.resolve(name).normalize() : target;
    if (!path.startsWith(target) || path.equals(target)) {
      throw new IllegalArgumentException(
          code + " holds an entry that leads out of its folder: " + name);
    }
    return path;
  }

  private static long unpack(ZipFile zip, ZipEntry entry, Path path, long left, Path code)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    long rest = left;
    try (InputStream from = zip.getInputStream(entry);
        OutputStream to = Files.newOutputStream(path)) {
      for (int length = from.read(buffer); length >= 0; length = from.read(buffer)) {
        rest -= length;
        if (rest < 0) {
          throw new IllegalArgumentException(
              code + " unpacks to more than " + MAX_BYTES + " bytes");
        }
        to.write(buffer, 0, length);
      }
    }
    return rest;
  }

  /** Deletes a folder and what is in it; links are deleted, not followed. */
  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                throws IOException {
              if (failure != null) {
                throw failure;
              }
              Files.deleteIfExists(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + folder, e);
    }
  }
}
