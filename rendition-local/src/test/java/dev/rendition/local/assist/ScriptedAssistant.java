package dev.rendition.local.assist;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One worker that helps when a test says so. */
final class ScriptedAssistant implements Assistant, AutoCloseable {
  private final Object lock = new Object();
  private final Deque<Runnable> pieces = new ArrayDeque<>();
  private final Thread thread = new Thread(this::work, "scripted-assistant");
  private BooleanSupplier decision = () -> true;
  private boolean paused;
  private boolean closed;
  private int begun;

  ScriptedAssistant() {
    thread.start();
  }

  /** Sets what is asked at each offer, and by whoever helps; by the owner's thread. */
  void decide(BooleanSupplier accept) {
    decision = accept;
  }

  /** Accepts pieces, and begins none. */
  void pause() {
    synchronized (lock) {
      paused = true;
    }
  }

  int begun() {
    synchronized (lock) {
      return begun;
    }
  }

  int waiting() {
    synchronized (lock) {
      return pieces.size();
    }
  }

  @Override
  public boolean idle() {
    return decision.getAsBoolean();
  }

  @Override
  public boolean offer(Runnable piece) {
    if (!decision.getAsBoolean()) {
      return false;
    }
    synchronized (lock) {
      pieces.add(piece);
      lock.notifyAll();
    }
    return true;
  }

  @Override
  public boolean wanted() {
    return !decision.getAsBoolean();
  }

  @Override
  public boolean withdraw(Runnable piece) {
    synchronized (lock) {
      return pieces.remove(piece);
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private void work() {
    for (Optional<Runnable> piece = take(); piece.isPresent(); piece = take()) {
      piece.get().run();
    }
  }

  private Optional<Runnable> take() {
    synchronized (lock) {
      while (!closed && (paused || pieces.isEmpty())) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          throw new AssertionError("interrupted", e);
        }
      }
      Optional<Runnable> piece = closed ? Optional.empty() : Optional.ofNullable(pieces.poll());
      begun += piece.isPresent() ? 1 : 0;
      return piece;
    }
  }
}
