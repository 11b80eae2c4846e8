package dev.rendition.cli;

import java.util.List;

/** Prints results. Used by one thread at a time. */
interface ResultWriter {
  /** Prints what became of one picture, one result for each recipe. */
  void write(List<Result> results);
}
