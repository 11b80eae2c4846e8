package dev.rendition.local.engine;

/**
 * Remembers what a task was granted, so that more can be asked for beside it: for the pictures that
 * watermarks lay over others, whose size nobody knows before they are opened. Not safe for use by
 * many threads.
 */
final class Account implements EngineTask.Admission {
  private final EngineTask.Admission admission;
  private long task;
  private long beside;
  private long extended;

  Account(EngineTask.Admission admission) {
    this.admission = admission;
  }

  /** Asks for what the task itself needs; what was beside it is given back. */
  @Override
  public void admit(long bytes) {
    admission.admit(bytes);
    task = bytes;
    beside = 0;
    extended = 0;
  }

  @Override
  public boolean extend(long bytes) {
    boolean granted = admission.extend(bytes);
    extended += granted ? bytes : 0;
    return granted;
  }

  /**
   * Asks for bytes beside those of the task. One picture is laid over another at a time, so the
   * largest is what counts.
   */
  void admitBeside(long bytes) {
    if (bytes > beside) {
      admission.admit(task + extended + bytes);
      beside = bytes;
    }
  }
}
