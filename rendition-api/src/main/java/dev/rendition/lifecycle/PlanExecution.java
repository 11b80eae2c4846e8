package dev.rendition.lifecycle;

import dev.rendition.asset.AssetKey;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Carries a plan out once. Safe for use by the threads it starts. */
final class PlanExecution {
  private final PlanLog log;
  private final RegenerationPlan.Executor executor;
  private final PlanRun run;
  private final Iterator<PlanUnit> units;
  private final TreeSet<Integer> doneAhead = new TreeSet<>();
  private int begun;
  private int doneUpTo;
  private long nextStart = System.nanoTime();
  private long made;
  private long failed;
  private long deleted;
  private boolean stopped;
  private @Nullable Throwable problem;

  PlanExecution(PlanLog log, RegenerationPlan.Executor executor, PlanRun run) {
    this.log = log;
    this.executor = executor;
    this.run = run;
    this.begun = position(run.resumeToken());
    this.doneUpTo = begun;
    this.units = log.iterator(begun);
  }

  /** Works on the calling thread and on as many more as asked for, which have ended afterwards. */
  PlanProgress run() throws IOException {
    List<Thread> helpers = new ArrayList<>();
    for (int i = 1; i < Math.min(run.parallelism(), log.size() - begun); i++) {
      Thread helper = new Thread(null, this::work, "rendition-plan-" + i, 0, false);
      helper.setDaemon(true);
      helper.setContextClassLoader(PlanExecution.class.getClassLoader());
      helpers.add(helper);
      helper.start();
    }
    work();
    boolean interrupted = false;
    for (Thread helper : helpers) {
      while (helper.isAlive()) {
        try {
          helper.join();
        } catch (InterruptedException e) {
          interrupted = true;
          stop();
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (problem instanceof IOException io) {
      throw io;
    } else if (problem instanceof RuntimeException unexpected) {
      throw unexpected;
    } else if (problem instanceof Error error) {
      throw error;
    }
    return progress();
  }

  private void work() {
    try {
      for (Turn turn = next(); turn != null; turn = next()) {
        if (!pause(turn.start())) {
          stop();
          return;
        }
        PlanUnit unit = turn.unit();
        List<RenditionOutcome> outcomes = new ArrayList<>();
        for (RenditionRequest request : executor.requests(unit)) {
          outcomes.addAll(executor.make(request));
        }
        boolean whole = outcomes.stream().allMatch(RenditionOutcome.Stored.class::isInstance);
        int gone = 0;
        boolean interrupted = Thread.currentThread().isInterrupted();
        if (whole && !unit.leftovers().isEmpty() && !interrupted) {
          List<AssetKey> keys = unit.leftovers().stream().map(PlanUnit.Leftover::key).toList();
          executor.delete(keys);
          gone = keys.size();
        }
        boolean left = interrupted && whole && !unit.leftovers().isEmpty();
        done(turn.ordinal(), unit.source(), outcomes, gone, left);
      }
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
    }
  }

  /** Returns the next unit and when it may begin; null at the end. */
  private synchronized @Nullable Turn next() {
    stopped = stopped || run.listener().cancelled() || Thread.currentThread().isInterrupted();
    if (stopped || !units.hasNext()) {
      return null;
    }
    // Counted from now where the one before took longer: a slow backend is not caught up with.
    long start = Math.max(nextStart, System.nanoTime());
    nextStart = start + run.rate().interval().toNanos();
    return new Turn(begun++, units.next(), start);
  }

  private synchronized void done(
      int ordinal, AssetKey source, List<RenditionOutcome> outcomes, int gone, boolean left) {
    if (!left) {
      doneAhead.add(ordinal);
      while (!doneAhead.isEmpty() && doneAhead.first() == doneUpTo) {
        int unused = doneAhead.pollFirst();
        doneUpTo++;
      }
    }
    for (RenditionOutcome outcome : outcomes) {
      made += outcome instanceof RenditionOutcome.Stored ? 1 : 0;
      failed += outcome instanceof RenditionOutcome.Failed ? 1 : 0;
    }
    deleted += gone;
    run.listener().done(source, List.copyOf(outcomes), progress());
  }

  private synchronized void stop() {
    stopped = true;
  }

  private synchronized void fail(Throwable cause) {
    stopped = true;
    if (problem == null) {
      problem = cause;
    } else {
      problem.addSuppressed(cause);
    }
  }

  private synchronized PlanProgress progress() {
    return new PlanProgress(
        doneUpTo + doneAhead.size(),
        log.size(),
        made,
        failed,
        deleted,
        doneUpTo + "-" + log.fingerprint());
  }

  private int position(String token) {
    if (token.isEmpty()) {
      return 0;
    }
    String end = "-" + log.fingerprint();
    String number = token.endsWith(end) ? token.substring(0, token.length() - end.length()) : "";
    if (!number.matches("[0-9]{1,9}") || Integer.parseInt(number) > log.size()) {
      throw new IllegalArgumentException(
          "the resume token is not of this plan; begin at its beginning, or make a new plan");
    }
    return Integer.parseInt(number);
  }

  private static boolean pause(long until) {
    try {
      long nanos = until - System.nanoTime();
      if (nanos > 0) {
        TimeUnit.NANOSECONDS.sleep(nanos);
      }
      return !Thread.currentThread().isInterrupted();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** One unit, its place in the plan, and the moment it may begin. */
  private record Turn(int ordinal, PlanUnit unit, long start) {}
}
