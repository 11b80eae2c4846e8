package dev.rendition.lambda.emulator;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A function that was deployed: what tests ask it, and do to it. Safe for use by many threads. */
public final class EmulatedFunction {
  private final FunctionDefinition definition;
  private final Fleet fleet;
  private final Launch launch;
  private final AsyncQueue events;
  private final Faults faults = new Faults();
  private final Deque<InvocationStatistics> recent = new ArrayDeque<>();
  private final Set<Environment> environments = new HashSet<>();
  private final Deque<Environment> idle = new ArrayDeque<>();
  private Optional<FunctionUrl> url = Optional.empty();
  private boolean replaced;
  private long invocations;
  private long coldStarts;
  private long errors;
  private long timeouts;
  private long throttles;
  private long lostAnswers;
  private double gigabyteSeconds;
  private int maxMemoryMegabytes;

  EmulatedFunction(FunctionDefinition definition, Fleet fleet, Launch launch) {
    this.definition = definition;
    this.fleet = fleet;
    this.launch = launch;
    this.events = new AsyncQueue(this, fleet);
  }

  /** Returns what was deployed. */
  public FunctionDefinition definition() {
    return definition;
  }

  /** Returns the name to invoke it by. */
  public String name() {
    return definition.name();
  }

  /** Returns its Amazon resource name, without a version. */
  public String arn() {
    return fleet.settings().arn(definition.name());
  }

  /**
   * Invokes it and waits for what comes of it, without HTTP.
   *
   * @param payload JSON text
   * @throws IllegalStateException if the service refuses or fails
   */
  public InvocationResult invoke(String payload) {
    return start(Invocation.of(arn(), payload.getBytes(StandardCharsets.UTF_8)))
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                throw new IllegalStateException(
                    "The service refuses: " + failure.getMessage(), failure);
              }
              return answer.toResult();
            })
        .join();
  }

  /**
   * Sends it an event, as S3, SNS and EventBridge do: it is kept, handed out, and repeated if the
   * function fails.
   *
   * @param event JSON text, see {@link Events}
   * @return the id the invocations will have
   * @throws IllegalArgumentException if it is no JSON, or larger than 1 MB
   * @throws IllegalStateException if too many events are kept already
   */
  public String send(String event) {
    byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > InvokeApi.MAX_EVENT) {
      throw new IllegalArgumentException(
          "an event may have " + InvokeApi.MAX_EVENT + " bytes, was " + bytes.length);
    }
    try {
      Json.check(bytes);
    } catch (IOException e) {
      throw new IllegalArgumentException("an event must be JSON: " + e.getMessage(), e);
    }
    return events.add(Invocation.of(arn(), bytes));
  }

  /** Returns how many events are kept, those being worked on included. */
  public int pendingEvents() {
    return events.pending();
  }

  /**
   * Returns the events nobody could process, oldest first, as a dead-letter queue gets them; at
   * most 10,000 and 64 MB.
   */
  public List<DeadLetter> deadLetters() {
    return events.deadLetters();
  }

  /**
   * Returns the records an on-failure destination gets, oldest first: JSON text; at most 10,000 and
   * 64 MB.
   */
  public List<String> failureRecords() {
    return events.failures();
  }

  /**
   * Returns the records an on-success destination gets, oldest first: JSON text; at most 10,000 and
   * 64 MB.
   */
  public List<String> successRecords() {
    return events.successes();
  }

  /** Returns what can be made to go wrong. */
  public Faults faults() {
    return faults;
  }

  /** Returns how many processes it has now. */
  public int environments() {
    synchronized (fleet) {
      return environments.size();
    }
  }

  /** Returns the ids of its processes. */
  public List<Long> processIds() {
    synchronized (fleet) {
      return environments.stream().flatMap(each -> each.processId().stream()).sorted().toList();
    }
  }

  /** Ends its processes, so that the next invocation is cold. One that works is killed. */
  public void recycle() {
    synchronized (fleet) {
      List.copyOf(environments).forEach(Environment::retire);
    }
  }

  /** Returns its function URL, which is served from the first call on. Ends with a slash. */
  public URI url() {
    synchronized (fleet) {
      if (url.isEmpty()) {
        url = Optional.of(new FunctionUrl(this, fleet));
      }
      return url.get().location();
    }
  }

  /** Returns what happened so far. */
  public Statistics statistics() {
    synchronized (fleet) {
      return new Statistics(
          invocations,
          coldStarts,
          errors,
          timeouts,
          throttles,
          faults.applied(),
          lostAnswers,
          gigabyteSeconds,
          maxMemoryMegabytes,
          List.copyOf(recent));
    }
  }

  Launch launch() {
    return launch;
  }

  AsyncQueue events() {
    return events;
  }

  /**
   * Runs an invocation. The future fails with a {@link ServiceError} if the service does not run
   * it, with {@link LostAnswer} if its answer is to get lost.
   */
  CompletableFuture<Answer> start(Invocation invocation) {
    Faults.Drawn fault = faults.draw();
    if (fault.throttle()) {
      return refused(ServiceError.throttled("FunctionInvocationRateLimitExceeded"));
    }
    if (fault.error()) {
      return refused(ServiceError.broken("A fault on demand"));
    }
    try {
      assign(invocation, fault);
    } catch (ServiceError e) {
      return refused(e);
    }
    if (fault.duplicate()) {
      repeat(invocation);
    }
    CompletableFuture<Answer> answer = invocation.answer();
    if (fault.delay().isPresent()) {
      long millis = fault.delay().get().toMillis();
      answer =
          answer.thenApplyAsync(
              each -> each,
              CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, fleet.front()));
    }
    if (fault.drop()) {
      answer =
          answer.thenApply(
              each -> {
                throw new LostAnswer(each.requestId());
              });
    }
    return answer;
  }

  private CompletableFuture<Answer> refused(ServiceError error) {
    if (error.throttling()) {
      synchronized (fleet) {
        throttles++;
      }
    }
    return CompletableFuture.failedFuture(error);
  }

  private void assign(Invocation invocation, Faults.Drawn fault) {
    synchronized (fleet) {
      int busy = environments.size() - idle.size();
      if (definition.reservedConcurrency().isPresent()
          && busy >= definition.reservedConcurrency().getAsInt()) {
        throw ServiceError.throttled("ReservedFunctionConcurrentInvocationLimitExceeded");
      }
      Environment environment = idle.isEmpty() ? start() : idle.pop();
      environment.assign(invocation, fault.kill());
    }
  }

  private Environment start() {
    Environment environment = fleet.add(this);
    environments.add(environment);
    coldStarts++;
    fleet.workers().execute(environment::launch);
    return environment;
  }

  private void repeat(Invocation first) {
    Invocation second = first.again();
    Faults.Drawn none = new Faults().draw();
    try {
      assign(second, none);
    } catch (ServiceError e) {
      // No room beside the first one: after it there is.
      var unused = first.answer().thenRun(() -> assign(second, none));
    }
  }

  /** An environment waits for work; the lock must be held. */
  void idle(Environment environment) {
    idle.push(environment);
  }

  /** An environment has ended; the lock must be held. */
  void gone(Environment environment) {
    environments.remove(environment);
    idle.remove(environment);
  }

  /** An invocation has ended; the lock must be held. */
  void record(Answer answer) {
    InvocationStatistics statistics = answer.statistics();
    invocations++;
    errors += answer.outcome().failed() ? 1 : 0;
    timeouts += answer.outcome().timedOut() ? 1 : 0;
    gigabyteSeconds += statistics.gigabyteSeconds();
    maxMemoryMegabytes = Math.max(maxMemoryMegabytes, statistics.maxMemoryMegabytes());
    recent.addLast(statistics);
    if (recent.size() > Statistics.RECENT) {
      recent.removeFirst();
    }
  }

  void answerLost() {
    synchronized (fleet) {
      lostAnswers++;
    }
  }

  /** Returns whether newer code was deployed; the lock must be held. */
  boolean replaced() {
    return replaced;
  }

  /** Newer code was deployed: what is idle ends now, what works ends afterwards. */
  void replace() {
    synchronized (fleet) {
      replaced = true;
      List.copyOf(idle).forEach(Environment::retire);
      url.ifPresent(FunctionUrl::close);
      url = Optional.empty();
    }
  }

  /** Takes no more requests by its URL, and hands no more events out. */
  void close() {
    synchronized (fleet) {
      url.ifPresent(FunctionUrl::close);
      url = Optional.empty();
    }
    events.close();
  }
}
