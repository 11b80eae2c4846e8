package dev.rendition.local;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.Measure;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionListener;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.local.assist.Assistant;
import dev.rendition.local.engine.CustomOperations;
import dev.rendition.local.engine.Engine;
import dev.rendition.local.engine.EngineSettings;
import dev.rendition.local.engine.Scaler;
import dev.rendition.local.engine.SourceLimits;
import dev.rendition.local.engine.StreamingEngine;
import dev.rendition.spi.ImageOperation;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes renditions on threads of this process. Safe for use by many threads.
 *
 * <p>Requests wait in one bounded queue with a lane for each tenant (the tenant of the source), and
 * the lanes take turns: a tenant that asks for one rendition waits for at most one request of each
 * other tenant, however many they sent. When the queue is full, a request is refused with {@link
 * FailureReason#BUSY} at once; but if another tenant waits with at least two requests more, that
 * tenant's newest is refused in its place. One tenant alone may use the whole queue.
 *
 * <p>A deadline or a cancelled future is answered at once, also while every worker is busy. A
 * running worker notices between two rows or two blocks of bytes and before every write, and takes
 * the next request. A store that is in the middle of a call is not interrupted for that, because an
 * interrupt closes file channels under its feet: the caller is answered, the worker follows when
 * the store returns.
 *
 * <p>Continuations of the returned futures that name no executor run on this generator's threads.
 * They should be short; what takes long belongs into {@code thenAcceptAsync} and its like.
 *
 * <p>A picture for which the heap does not suffice, although the budget admitted it, fails with
 * {@link FailureReason#LIMIT_EXCEEDED}; the worker lives on with fresh buffers.
 */
public final class LocalRenditionGenerator implements RenditionGenerator {
  /** How many requests may wait unless told otherwise. */
  public static final int DEFAULT_QUEUE_CAPACITY = 1_000;

  /** The least default for the memory budget, in bytes: 32 MiB. */
  public static final long LEAST_DEFAULT_MEMORY_BUDGET = 32L << 20;

  private static final long USUAL_LEAST_MEMORY_BUDGET = 64L << 20;

  private static final Logger log = LoggerFactory.getLogger(LocalRenditionGenerator.class);
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Clock clock;
  private final MemoryBudget budget;
  private final int queueCapacity;
  private final Workers workers;
  private final Watcher watcher = new Watcher();
  private final Set<Job> live = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private LocalRenditionGenerator(Builder builder) {
    clock = builder.clock;
    budget = new MemoryBudget(builder.memoryBudget);
    queueCapacity = builder.queueCapacity;
    workers = Workers.start(builder.threads, builder.queueCapacity, help -> hand(builder, help));
  }

  private Consumer<Job> hand(Builder builder, Assistant assistant) {
    return new Renderer(
            builder.originals,
            builder.renditions,
            budget,
            builder.engines(),
            assistant,
            new Stages(builder.listener))
        ::run;
  }

  /**
   * Begins a generator.
   *
   * @param originals where sources are read; stays open when the generator is closed
   * @param renditions where renditions are written; stays open; may be the same store
   */
  public static Builder builder(AssetStore originals, AssetStore renditions) {
    return new Builder(originals, renditions);
  }

  /**
   * As {@link #builder(AssetStore, AssetStore)}, with other engines: one per worker, and another
   * after a defect.
   */
  static Builder builder(
      AssetStore originals, AssetStore renditions, Supplier<? extends Engine> engines) {
    return new Builder(originals, renditions).engines(engines);
  }

  @Override
  public CompletableFuture<RenditionReport> generate(RenditionRequest request) {
    requireNonNull(request, "request");
    Job job = new Job(request, Duration.between(clock.instant(), request.deadline()));
    if (job.nanosLeft() <= 0) {
      job.expire();
      return job.answer();
    }
    live.add(job);
    try {
      if (closed) {
        throw new RejectedExecutionException("closed");
      }
      Future<?> alarm = watcher.after(job.nanosLeft(), job::expire);
      CompletableFuture<?> unused = job.answer().whenComplete((report, e) -> ended(job, alarm));
      workers.submit(job).ifPresent(loser -> turnAway(loser, job));
    } catch (RejectedExecutionException e) {
      live.remove(job);
      job.refuse(new RenditionException(FailureReason.CANCELLED, "the generator is closed"));
    }
    return job.answer();
  }

  /**
   * Stops the workers; returns when every thread has ended. A worker inside a store's call is given
   * 2 seconds to return, then interrupted, and after 2 seconds more left behind with a warning in
   * the log; every other worker ends within milliseconds. A continuation may close the generator it
   * runs on.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (Job job : live) {
      job.refuse(
          new RenditionException(FailureReason.CANCELLED, "the generator was closed meanwhile"));
    }
    List<String> left = new ArrayList<>(workers.close(GRACE));
    left.addAll(watcher.close(GRACE));
    if (!left.isEmpty()) {
      log.warn("a store or a continuation does not return: the threads {} are left behind", left);
    }
  }

  /** Returns the queue, the workers and the memory budget. */
  @Override
  public List<Measure> measures() {
    return stats().measures();
  }

  /** Returns how busy this is at the moment. */
  public LocalStats stats() {
    return new LocalStats(
        workers.queued(),
        queueCapacity,
        workers.busy(),
        workers.threads(),
        budget.taken(),
        budget.capacity(),
        budget.waiting());
  }

  /** Returns the memory budget for a heap, both in bytes; see {@link Builder#memoryBudget}. */
  static long defaultMemoryBudget(long heap) {
    long least = Math.min(heap / 2, USUAL_LEAST_MEMORY_BUDGET);
    return Math.max(LEAST_DEFAULT_MEMORY_BUDGET, Math.max(least, heap / 4));
  }

  /** Returns how many requests wait for a worker at the moment. */
  int queued() {
    return workers.queued();
  }

  /** Returns the memory budget. */
  MemoryBudget budget() {
    return budget;
  }

  private void ended(Job job, Future<?> alarm) {
    live.remove(job);
    boolean unused = alarm.cancel(false);
    if (!job.begun()) {
      workers.forget(job);
    }
  }

  private void turnAway(Job loser, Job newcomer) {
    RenditionException problem =
        new RenditionException(
            FailureReason.BUSY,
            "every worker is busy and the queue is full ("
                + workers.queued()
                + " requests wait); ask again later, or raise rendition.local.queue");
    if (loser == newcomer) {
      loser.refuse(problem);
    } else {
      // The caller must not run the continuations of somebody else's future.
      Future<?> unused = watcher.after(0, () -> loser.refuse(problem));
    }
  }

  /** Collects the settings of a generator. Not safe for use by many threads. */
  public static final class Builder {
    private final AssetStore originals;
    private final AssetStore renditions;
    private final List<ImageOperation> operations = new ArrayList<>();
    private @Nullable Supplier<? extends Engine> engines;
    private SourceLimits limits = SourceLimits.DEFAULT;
    private Scaler scaler = Scaler.OURS;
    private Path temporaryFolder = Path.of(System.getProperty("java.io.tmpdir", "."));
    private ClassLoader classLoader = LocalRenditionGenerator.class.getClassLoader();
    private int threads = Runtime.getRuntime().availableProcessors();
    private int queueCapacity = DEFAULT_QUEUE_CAPACITY;
    private long memoryBudget = defaultMemoryBudget(Runtime.getRuntime().maxMemory());
    private Clock clock = Clock.systemUTC();
    private RenditionListener listener = new RenditionListener() {};

    private Builder(AssetStore originals, AssetStore renditions) {
      this.originals = requireNonNull(originals, "originals");
      this.renditions = requireNonNull(renditions, "renditions");
    }

    /** Sets what a source may ask for; {@link SourceLimits#DEFAULT} unless set. */
    public Builder limits(SourceLimits most) {
      limits = requireNonNull(most, "most");
      return this;
    }

    /**
     * Sets who is told the stages of requests ({@link RenditionListener#stage}), on the worker's
     * thread; nobody unless set.
     */
    public Builder listener(RenditionListener stages) {
      listener = requireNonNull(stages, "stages");
      return this;
    }

    /** Sets who scales; {@link Scaler#OURS} unless set. */
    public Builder scaler(Scaler who) {
      scaler = requireNonNull(who, "who");
      return this;
    }

    /**
     * Sets where sources too large for memory lie while they are read; the system's folder unless
     * set. It exists; files in it are deleted when their source was read.
     */
    public Builder temporaryFolder(Path folder) {
      temporaryFolder = requireNonNull(folder, "folder");
      return this;
    }

    /** Adds an operation for recipes; may be called more than once. */
    public Builder operation(ImageOperation operation) {
      operations.add(requireNonNull(operation, "operation"));
      return this;
    }

    /**
     * Sets what finds ImageIO writers of further encodings; the class loader of this class unless
     * set.
     */
    public Builder classLoader(ClassLoader loader) {
      classLoader = requireNonNull(loader, "loader");
      return this;
    }

    /**
     * Sets who makes the pixels, one engine per worker and another one when an engine showed a
     * defect.
     */
    Builder engines(Supplier<? extends Engine> supplier) {
      engines = requireNonNull(supplier, "supplier");
      return this;
    }

    private Supplier<? extends Engine> engines() {
      if (engines != null) {
        return engines;
      }
      EngineSettings settings =
          new EngineSettings(
              limits, temporaryFolder, new CustomOperations(operations), scaler, classLoader);
      return () -> new StreamingEngine(settings);
    }

    /** Sets how many requests are worked on at a time, 1 to 1,000; the processors by default. */
    public Builder threads(int count) {
      if (count < 1 || count > 1_000) {
        throw new IllegalArgumentException("threads must be 1..1000, was " + count);
      }
      threads = count;
      return this;
    }

    /**
     * Sets how many requests may wait, 1 to 1,000,000; {@value #DEFAULT_QUEUE_CAPACITY} by default.
     */
    public Builder queueCapacity(int count) {
      if (count < 1 || count > 1_000_000) {
        throw new IllegalArgumentException("queue capacity must be 1..1000000, was " + count);
      }
      queueCapacity = count;
      return this;
    }

    /**
     * Sets how many bytes of heap all requests together may take, 1 or more. By default a quarter
     * of the heap; in a heap below 256 MiB up to half of it, but not more than 64 MiB; and 32 MiB
     * in any case.
     */
    public Builder memoryBudget(long bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("memory budget must be 1 byte or more, was " + bytes);
      }
      memoryBudget = bytes;
      return this;
    }

    /** Sets the clock deadlines are compared with; the system's by default. */
    public Builder clock(Clock source) {
      clock = requireNonNull(source, "source");
      return this;
    }

    /** Starts the threads. */
    public LocalRenditionGenerator build() {
      return new LocalRenditionGenerator(this);
    }
  }
}
