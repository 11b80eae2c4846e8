package dev.rendition.cli;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * A file to be worked on.
 *
 * @param source the file as people named it
 * @param file absolute and normal
 * @param names how many names, from the last, are its key's path; 1 or more
 * @param problem why it cannot be used; empty if it can
 */
record FoundFile(String source, Path file, int names, String problem) {
  FoundFile {
    requireNonNull(source, "source");
    requireNonNull(file, "file");
    requireNonNull(problem, "problem");
    if (names < 1) {
      throw new IllegalArgumentException("a key has 1 name or more, was " + names);
    }
  }

  /** Returns the path of the key: names joined by {@code /}. */
  String keyPath() {
    int count = file.getNameCount();
    StringBuilder path = new StringBuilder();
    for (int i = Math.max(0, count - names); i < count; i++) {
      path.append(path.isEmpty() ? "" : "/").append(file.getName(i));
    }
    return path.toString();
  }

  /** Returns whether there is a parent left that could tell this file from another. */
  boolean canGrow() {
    return names < file.getNameCount();
  }

  /** Returns this file with one more parent in its key. */
  FoundFile grown() {
    return new FoundFile(source, file, names + 1, problem);
  }
}
