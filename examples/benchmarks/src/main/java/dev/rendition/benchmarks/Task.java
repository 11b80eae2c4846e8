package dev.rendition.benchmarks;

import dev.rendition.benchmarks.candidate.Workload;
import java.nio.file.Path;
import java.util.List;

/**
 * One comparison: a workload on some sources.
 *
 * @param id short, for the command line
 * @param title for the table
 * @param workload what is made of each source
 * @param sources JPEG or PNG files, upright
 */
record Task(String id, String title, Workload workload, List<Path> sources) {
  Task {
    sources = List.copyOf(sources);
  }
}
