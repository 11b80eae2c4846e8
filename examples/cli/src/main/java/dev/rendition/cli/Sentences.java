package dev.rendition.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in a sentence what exceptions of the JDK say with a class name. */
final class Sentences {
  private Sentences() {}

  static String of(IOException problem) {
    if (problem instanceof FileSystemException file && file.getReason() == null) {
      String name = file.getFile();
      if (problem instanceof NoSuchFileException) {
        return "there is no file " + name;
      } else if (problem instanceof AccessDeniedException) {
        return name + " may not be read or written by this user";
      } else if (problem instanceof NotDirectoryException) {
        return name + " is no folder";
      }
      return name + ": " + problem.getClass().getSimpleName();
    }
    return problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
  }
}
