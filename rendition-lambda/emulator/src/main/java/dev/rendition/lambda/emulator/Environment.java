package dev.rendition.lambda.emulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One process and what is known of it: starting, working, idle, gone. It works on one invocation at
 * a time. The fleet's lock guards its state.
 *
 * <p>An invocation ends for its caller when the client asks for the next one, or when the process
 * ends: an environment is free again before its caller knows, so that the next call finds it warm.
 * A client that answers and then does neither is given a second.
 */
final class Environment {
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final Duration LONGEST_EXIT = Duration.ofSeconds(20);

  private final Fleet fleet;
  private final EmulatedFunction function;
  private final Path folder;
  private final LogFile log;
  private final long startedNanos = System.nanoTime();
  private final List<Future<?>> timers = new ArrayList<>();
  private Optional<RuntimeApi> api = Optional.empty();
  private Optional<Process> process = Optional.empty();
  private Optional<Invocation> current = Optional.empty();
  private Optional<Duration> killAfter = Optional.empty();
  private Optional<HttpExchange> waiting = Optional.empty();
  private Optional<byte[]> initError = Optional.empty();
  private Duration init = Duration.ZERO;
  private boolean initialised;
  private boolean gone;
  private long idleSinceNanos;

  Environment(Fleet fleet, EmulatedFunction function, Path folder) {
    this.fleet = fleet;
    this.function = function;
    this.folder = folder;
    this.log = new LogFile(folder.resolve("log"));
  }

  /** Starts the process. Takes some milliseconds, so the lock is not held. */
  void launch() {
    try {
      Files.createDirectories(folder);
      Files.createFile(log.path());
      RuntimeApi served = new RuntimeApi(this, fleet.workers());
      synchronized (fleet) {
        api = Optional.of(served);
      }
      Process running = function.launch().start(served.authority(), folder, log.path());
      synchronized (fleet) {
        process = Optional.of(running);
        timers.add(fleet.later(fleet.settings().initTimeout(), this::initTimedOut));
      }
      var unused =
          running.onExit().thenAcceptAsync(ended -> exited(ended.exitValue()), fleet.workers());
    } catch (IOException | RuntimeException e) {
      synchronized (fleet) {
        current.ifPresent(
            invocation ->
                fleet
                    .workers()
                    .execute(
                        () ->
                            invocation
                                .answer()
                                .completeExceptionally(
                                    ServiceError.broken("Cannot start a process: " + e))));
        current = Optional.empty();
        retire();
      }
    }
    boolean needless;
    synchronized (fleet) {
      needless = gone;
    }
    if (needless) {
      end();
    }
  }

  /** Gives it something to do; the lock must be held. */
  void assign(Invocation invocation, Optional<Duration> dying) {
    cancelTimers(initialised);
    current = Optional.of(invocation);
    killAfter = dying;
    if (!initialised) {
      invocation.markCold();
    }
    if (waiting.isPresent()) {
      handOut(invocation);
    }
  }

  private void handOut(Invocation invocation) {
    HttpExchange exchange = waiting.orElseThrow();
    waiting = Optional.empty();
    invocation.markHandedOut();
    Duration timeout = function.definition().timeout();
    long deadline = System.currentTimeMillis() + timeout.toMillis();
    timers.add(fleet.later(timeout, () -> timedOut(invocation, timeout)));
    killAfter.ifPresent(delay -> timers.add(fleet.later(delay, () -> kill(invocation))));
    fleet.workers().execute(() -> send(exchange, invocation, deadline));
  }

  private void send(HttpExchange exchange, Invocation invocation, long deadline) {
    try {
      RuntimeApi.handOut(exchange, invocation, deadline);
    } catch (IOException e) {
      // The process is about to be found dead, which tells more.
      kill(invocation);
    }
  }

  /** The client asks for work. */
  void ready(HttpExchange exchange) {
    synchronized (fleet) {
      if (gone) {
        exchange.close();
        return;
      }
      if (!initialised) {
        initialised = true;
        init = Duration.ofNanos(System.nanoTime() - startedNanos);
        cancelTimers(true);
      }
      waiting = Optional.of(exchange);
      Optional<Invocation> done = current.filter(Invocation::handedOut);
      if (done.isPresent()) {
        done.get().end(Outcome.exited(done.get().requestId(), 0));
        finish(done.get());
      }
      if (current.isPresent()) {
        handOut(current.get());
      } else if (function.replaced()) {
        retire();
      } else {
        idleSinceNanos = System.nanoTime();
        function.idle(this);
        timers.add(fleet.later(fleet.settings().idleExpiry(), this::expire));
      }
    }
  }

  private void expire() {
    synchronized (fleet) {
      long idleNanos = System.nanoTime() - idleSinceNanos;
      if (idle() && idleNanos >= fleet.settings().idleExpiry().toNanos()) {
        retire();
      }
    }
  }

  /** Returns whether it waits for work; the lock must be held. */
  boolean idle() {
    return !gone && waiting.isPresent() && current.isEmpty();
  }

  /** Returns the id of the process; the lock must be held. */
  Optional<Long> processId() {
    return process.map(Process::pid);
  }

  long idleSinceNanos() {
    return idleSinceNanos;
  }

  /** The client tells how an invocation ended. Returns false if that is not the one it works on. */
  boolean ended(String requestId, Outcome outcome) {
    synchronized (fleet) {
      Optional<Invocation> invocation = current.filter(each -> each.requestId().equals(requestId));
      if (invocation.isEmpty() || !invocation.get().handedOut()) {
        return false;
      }
      if (invocation.get().end(outcome)) {
        cancelTimers(true);
        timers.add(fleet.later(GRACE, () -> linger(invocation.get())));
      }
      return true;
    }
  }

  private void linger(Invocation invocation) {
    synchronized (fleet) {
      if (works(invocation)) {
        finish(invocation);
      }
    }
  }

  /** The client tells that the function could not be loaded; the process ends by itself. */
  void initFailed(byte[] error) {
    synchronized (fleet) {
      initError = Optional.of(error);
      cancelTimers(true);
      timers.add(fleet.later(GRACE, () -> exited(1)));
    }
  }

  private void initTimedOut() {
    synchronized (fleet) {
      if (!gone && !initialised) {
        stop(
            invocation -> Outcome.timedOut(invocation.requestId(), fleet.settings().initTimeout()));
      }
    }
  }

  private void timedOut(Invocation invocation, Duration timeout) {
    synchronized (fleet) {
      if (works(invocation) && invocation.outcome().isEmpty()) {
        stop(late -> Outcome.timedOut(late.requestId(), timeout));
      }
    }
  }

  private void exited(int status) {
    synchronized (fleet) {
      if (!gone) {
        stop(
            invocation ->
                initError
                    .map(Outcome::failed)
                    .orElseGet(() -> Outcome.exited(invocation.requestId(), status)));
      }
    }
  }

  private interface Ending {
    Outcome of(Invocation invocation);
  }

  private void stop(Ending ending) {
    if (current.isPresent()) {
      Invocation invocation = current.get();
      invocation.end(ending.of(invocation));
      finish(invocation);
    }
    retire();
  }

  /** Kills the process if it still works on an invocation. */
  private void kill(Invocation invocation) {
    synchronized (fleet) {
      if (works(invocation)) {
        process.ifPresent(Process::destroyForcibly);
      }
    }
  }

  private boolean works(Invocation invocation) {
    return !gone && current.filter(each -> each == invocation).isPresent();
  }

  /** Looks after a process that works: its memory, its log. */
  void watch() {
    synchronized (fleet) {
      if (gone || current.isEmpty() || process.isEmpty()) {
        return;
      }
      FunctionDefinition definition = function.definition();
      if (definition.memoryEnforced()
          && ProcessMemory.residentKilobytes(process.get().pid()).orElse(0L)
              > definition.memoryMegabytes() * 1_024L) {
        process.get().destroyForcibly();
      }
      log.bound();
    }
  }

  private void finish(Invocation invocation) {
    cancelTimers(true);
    current = Optional.empty();
    int peak =
        (int)
            ((process.flatMap(running -> ProcessMemory.peakKilobytes(running.pid())).orElse(0L)
                    + 1_023)
                / 1_024);
    String logged = log.take();
    Duration initialising = invocation.cold() ? init() : Duration.ZERO;
    Answer answer = Report.of(function.definition(), invocation, initialising, peak, logged);
    function.record(answer);
    fleet.workers().execute(() -> tell(invocation, answer, logged));
  }

  private void tell(Invocation invocation, Answer answer, String logged) {
    try {
      if (!logged.isEmpty()) {
        fleet.settings().logs().accept(function.name(), logged);
      }
    } finally {
      invocation.answer().complete(answer);
    }
  }

  private Duration init() {
    return initialised ? init : Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  /**
   * Ends it for good; the lock must be held. An invocation it works on is answered as if the
   * process had been killed.
   */
  void retire() {
    if (gone) {
      return;
    }
    gone = true;
    if (current.isPresent()) {
      current.get().end(Outcome.exited(current.get().requestId(), 137));
      finish(current.get());
    }
    cancelTimers(true);
    function.gone(this);
    fleet.remove(this);
    fleet.workers().execute(this::end);
  }

  /** Leaves nothing behind. Runs without the lock, as it waits for the process. */
  private void end() {
    Optional<Process> running;
    Optional<RuntimeApi> served;
    synchronized (fleet) {
      running = process;
      served = api;
      process = Optional.empty();
      api = Optional.empty();
    }
    running.ifPresent(Environment::end);
    served.ifPresent(RuntimeApi::close);
    TaskRoot.delete(folder);
  }

  private static void end(Process running) {
    running.descendants().forEach(ProcessHandle::destroyForcibly);
    running.destroyForcibly();
    try {
      if (!running.waitFor(LONGEST_EXIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("Process " + running.pid() + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void cancelTimers(boolean wanted) {
    if (wanted) {
      timers.forEach(timer -> timer.cancel(false));
      timers.clear();
    }
  }
}
