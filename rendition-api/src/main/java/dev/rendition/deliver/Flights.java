package dev.rendition.deliver;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.generate.WriteMode;
import dev.rendition.layout.AdHocLayout;
import dev.rendition.layout.KeyLayout;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has renditions made, each target by one flight at a time. Safe for use by many threads. */
final class Flights implements AutoCloseable {
  static final int DEFAULT_MAX_VARIANTS = 100;
  static final Runnable NOTHING = () -> {};

  private static final Logger log = LoggerFactory.getLogger(Flights.class);
  private static final Duration CLAIM_MARGIN = Duration.ofSeconds(5);
  private static final long FIRST_LOOK_MILLIS = 50;
  private static final long LAST_LOOK_MILLIS = 1_000;

  private final DeliveryStore renditions;
  private final RenditionGenerator generator;
  private final Function<AssetInfo, FocalPoint> focus;
  private final OriginalLookups lookups;
  private final DeliveryThreads threads;
  private final Counts counts;
  private final Bounded<AssetKey, RenditionException> failures;
  private final Clock clock;
  private final Duration timeout;
  private final String cacheControl;
  private final int maxVariants;
  private final @Nullable Claims claims;
  private final Map<AssetKey, Flight> underWay = new ConcurrentHashMap<>();
  private final Map<AssetKey, Integer> variantsUnderWay = new ConcurrentHashMap<>();
  private volatile boolean closed;

  Flights(
      ReadThrough.Builder from,
      OriginalLookups lookups,
      DeliveryThreads threads,
      Counts counts,
      Bounded<AssetKey, RenditionException> failures) {
    this.renditions = from.renditions;
    this.generator = from.generator;
    this.focus = from.focus;
    this.lookups = lookups;
    this.threads = threads;
    this.counts = counts;
    this.failures = failures;
    this.clock = from.clock;
    this.timeout = from.timeout;
    this.cacheControl = from.cacheControl;
    this.maxVariants = from.maxVariants;
    this.claims = from.claims ? new Claims(renditions, clock, timeout.plus(CLAIM_MARGIN)) : null;
  }

  int underWay() {
    return underWay.size();
  }

  /**
   * Boards the flight of a target, or begins it. Whoever boards leaves, once.
   *
   * @param readable whether the store could be read: then the flight looks there once more, because
   *     another one may have landed meanwhile
   */
  Flight join(Wanted wanted, boolean readable) {
    Flight[] begun = new Flight[1];
    Flight flight =
        underWay.compute(
            wanted.target(),
            (target, there) -> {
              if (there != null && there.board()) {
                return there;
              }
              Flight fresh = new Flight(wanted, renditions.await(target));
              fresh.board();
              begun[0] = fresh;
              return fresh;
            });
    if (begun[0] == null) {
      counts.joined.increment();
      return flight;
    }
    var unused =
        flight.landing().whenComplete((how, problem) -> underWay.remove(wanted.target(), flight));
    try {
      if (closed) {
        throw DeliveryThreads.closed();
      }
      threads.run(() -> step(flight, () -> begin(flight, readable, FIRST_LOOK_MILLIS)));
    } catch (RenditionException e) {
      flight.fail(e);
    }
    return flight;
  }

  /** Takes one off board; the last one to go before the landing ends the flight. */
  void leave(Flight flight) {
    if (flight.leave() && !flight.over()) {
      counts.abandoned.increment();
      flight.fail(new RenditionException(FailureReason.CANCELLED, "nobody waits for it any more"));
    }
  }

  @Override
  public void close() {
    closed = true;
    underWay.values().forEach(flight -> flight.fail(DeliveryThreads.closed()));
  }

  static AssetKey target(
      KeyLayout layout, AssetInfo original, NamedRecipe recipe, FocalPoint focus) {
    try {
      return layout.target(original, recipe, focus);
    } catch (IllegalArgumentException e) {
      throw new RenditionException(
          FailureReason.REQUEST_INVALID, String.valueOf(e.getMessage()), e);
    }
  }

  private void begin(Flight flight, boolean readable, long pause) {
    if (claims == null) {
      make(flight, readable, NOTHING);
      return;
    }
    AssetKey target = flight.wanted().target();
    boolean mine;
    try {
      mine = claims.take(target);
    } catch (IOException e) {
      counts.claimFailures.increment();
      log.debug("no claim for {}, making it all the same", target, e);
      make(flight, readable, NOTHING);
      return;
    }
    if (mine) {
      make(flight, readable, () -> release(target));
    } else if (!landed(flight)) {
      if (pause == FIRST_LOOK_MILLIS) {
        counts.claimedElsewhere.increment();
      }
      long next = Math.min(LAST_LOOK_MILLIS, pause * 2);
      threads.later(pause, () -> step(flight, () -> begin(flight, readable, next)), flight::fail);
    }
  }

  private void make(Flight flight, boolean readable, Runnable release) {
    boolean handedOver = false;
    AssetKey source = flight.wanted().source();
    boolean variant = flight.wanted().recipe().name().equals(AdHocLayout.NAME);
    int others = variant ? variantsUnderWay.merge(source, 1, Integer::sum) - 1 : 0;
    Runnable counted =
        () -> {
          if (variant) {
            variantsUnderWay.compute(source, (key, count) -> one(count));
          }
        };
    try {
      if (readable && landed(flight)) {
        return;
      }
      if (variant) {
        requireRoom(source, others);
      }
      RenditionRequest request = request(flight.wanted());
      CompletableFuture<RenditionReport> work = generator.generate(request);
      flight.ends(work);
      handedOver = true;
      var unused =
          work.whenComplete(
              (report, problem) -> {
                // Before the landing: a variant is stored or under way, never both.
                counted.run();
                threadsOrHere(release);
                step(flight, () -> finish(flight, report, problem));
              });
    } finally {
      if (!handedOver) {
        counted.run();
        release.run();
      }
    }
  }

  private RenditionRequest request(Wanted wanted) {
    AssetInfo original = wanted.looked() ? wanted.original() : lookups.now(wanted.source());
    FocalPoint point = wanted.looked() ? wanted.focus() : focus.apply(original);
    try {
      return new RenditionRequest(
          original.key(),
          original.version(),
          List.of(RenditionSpec.of(wanted.recipe(), wanted.target())),
          point,
          clock.instant().plus(timeout),
          WriteMode.CREATE,
          cacheControl);
    } catch (IllegalArgumentException e) {
      throw new RenditionException(
          FailureReason.REQUEST_INVALID, String.valueOf(e.getMessage()), e);
    }
  }

  private void finish(
      Flight flight, @Nullable RenditionReport report, @Nullable Throwable problem) {
    if (report == null) {
      throw refusal(problem);
    }
    RenditionOutcome outcome = report.outcomes().get(0);
    Optional<KeptBytes> kept = flight.bytes();
    if (outcome instanceof RenditionOutcome.Stored stored) {
      counts.generated.increment();
      flight.land(
          new Flight.Landing(
              Delivered.From.GENERATOR,
              kept.filter(bytes -> bytes.info().version().equals(stored.version()))));
      return;
    }
    RenditionOutcome.Failed failed = (RenditionOutcome.Failed) outcome;
    if (failed.reason() == FailureReason.STORE_FAILED && kept.isPresent()) {
      counts.generated.increment();
      counts.unstored.increment();
      log.warn("{} is served and not stored: {}", flight.wanted().target(), failed.detail());
      flight.land(new Flight.Landing(Delivered.From.UNSTORED, kept));
      return;
    }
    throw new RenditionException(failed.reason(), failed.detail());
  }

  /** Runs a step of a flight; whatever goes wrong wakes everybody who waits. */
  private void step(Flight flight, Runnable task) {
    if (flight.over()) {
      return;
    }
    try {
      task.run();
    } catch (RenditionException e) {
      counts.failed.increment();
      if (!e.retryable()) {
        failures.put(flight.wanted().target(), new RenditionException(e.reason(), text(e)));
      }
      flight.fail(e);
    } catch (RuntimeException | Error e) {
      counts.failed.increment();
      flight.fail(new RenditionException(FailureReason.INTERNAL, "the delivery failed: " + e, e));
    }
  }

  private boolean landed(Flight flight) {
    try {
      if (renditions.stat(flight.wanted().target()).isEmpty()) {
        return false;
      }
      flight.land(new Flight.Landing(Delivered.From.STORE, Optional.empty()));
      return true;
    } catch (IOException e) {
      counts.storeFailures.increment();
      return false;
    }
  }

  private void requireRoom(AssetKey source, int others) {
    long there;
    try (Stream<AssetInfo> made = renditions.list(source.tenant(), AdHocLayout.prefix(source))) {
      there = made.limit(maxVariants).count();
    } catch (IOException | UncheckedIOException e) {
      throw new RenditionException(
          FailureReason.STORE_FAILED,
          "the variants of " + source + " cannot be counted: " + e.getMessage(),
          e);
    }
    if (there + others >= maxVariants) {
      throw new RenditionException(
          FailureReason.LIMIT_EXCEEDED,
          source
              + " has "
              + there
              + " variants of its own, and no more than "
              + maxVariants
              + " are made; use a recipe of the book, or raise the limit");
    }
  }

  private void release(AssetKey target) {
    try {
      if (claims != null) {
        claims.release(target);
      }
    } catch (IOException e) {
      counts.claimFailures.increment();
      log.debug("the claim of {} stays until it ends", target, e);
    }
  }

  /** The generator's threads do not wait for stores on our behalf, if ours are there. */
  private void threadsOrHere(Runnable task) {
    try {
      threads.run(task);
    } catch (RenditionException e) {
      task.run();
    }
  }

  private static @Nullable Integer one(@Nullable Integer count) {
    return count == null || count <= 1 ? null : Integer.valueOf(count - 1);
  }

  private static RenditionException refusal(@Nullable Throwable problem) {
    Throwable cause =
        problem instanceof CompletionException && problem.getCause() != null
            ? problem.getCause()
            : problem;
    return cause instanceof RenditionException refused
        ? refused
        : new RenditionException(FailureReason.INTERNAL, "the generator failed: " + cause, cause);
  }

  private static String text(RenditionException e) {
    return String.valueOf(e.getMessage());
  }
}
