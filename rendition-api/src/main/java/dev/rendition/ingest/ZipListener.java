package dev.rendition.ingest;

/** Is told how far an archive has come, on the thread that takes it in. */
@FunctionalInterface
public interface ZipListener {
  /** Listens to nothing and never ends it. */
  ZipListener SILENT = (outcome, progress) -> {};

  /** Takes note of one entry. What it throws ends the whole. */
  void done(IngestOutcome outcome, Progress progress);

  /**
   * Returns whether to end it: asked before each entry. The entries that are left are reported as
   * {@link IngestReason#CANCELLED}. Interrupting the thread does the same.
   */
  default boolean cancelled() {
    return false;
  }

  /**
   * How far it has come.
   *
   * @param entries how many are done
   * @param total how many there are
   * @param bytes how many bytes have been unfolded
   */
  record Progress(int entries, int total, long bytes) {}
}
