package dev.rendition.benchmarks;

import dev.rendition.benchmarks.candidate.Workload;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One comparison: a workload on some sources.
 *
 * @param id short, for the command line
 * @param title for the table
 * @param workload what is made of each source
 * @param sources JPEG or PNG files
 * @param seen turns the picture of a source upright, as it is to be seen
 */
record Task(
    String id,
    String title,
    Workload workload,
    List<Path> sources,
    UnaryOperator<BufferedImage> seen) {
  Task {
    sources = List.copyOf(sources);
  }

  /** A task whose sources are stored as they are to be seen. */
  Task(String id, String title, Workload workload, List<Path> sources) {
    this(id, title, workload, sources, UnaryOperator.identity());
  }
}
