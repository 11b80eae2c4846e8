package dev.rendition.local.engine;

import dev.rendition.local.assist.Assistant;

/**
 * Help that needs memory of its own: it is asked for when the first worker could help, and where it
 * is not free the task goes on alone. Used by the task's own thread, but for {@link #wanted}.
 */
final class AdmittedHelp implements Assistant {
  private final Assistant assistant;
  private final EngineTask.Admission admission;
  private final long bytes;
  private boolean asked;
  private boolean granted;

  /**
   * Wraps the help offered to a task.
   *
   * @param bytes an upper bound of what all help together takes at a time
   */
  AdmittedHelp(EngineTask task, long bytes) {
    this.assistant = task.assistant();
    this.admission = task.admission();
    this.bytes = bytes;
  }

  @Override
  public boolean idle() {
    return (granted || !asked) && assistant.idle();
  }

  @Override
  public boolean offer(Runnable piece) {
    if (!asked) {
      asked = true;
      granted = admission.extend(bytes);
    }
    return granted && assistant.offer(piece);
  }

  @Override
  public boolean withdraw(Runnable piece) {
    return assistant.withdraw(piece);
  }

  /** Asked by whoever helps. */
  @Override
  public boolean wanted() {
    return assistant.wanted();
  }
}
