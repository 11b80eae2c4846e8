package dev.rendition.deliver;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetNotFoundException;
import dev.rendition.asset.AssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionMetadata;
import dev.rendition.layout.AdHocLayout;
import dev.rendition.layout.KeyLayout;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Gets renditions, and has those made that are not there. A hit is one call of the renditions
 * store, on the caller's thread. A rendition that is not there is made once, however many ask for
 * it at the same time: they wait together, each until its own time is up, and get the same bytes or
 * the same refusal. Who leaves does not disturb the others; when the last one leaves, the work
 * stops.
 *
 * <p>Failures that asking again cannot change are remembered for a short while. A rendition that
 * was made and could not be stored is served all the same, if the generator works in this process
 * and writes into the {@link DeliveryStore} given here.
 *
 * <p>Where keys name their content, the original's version has to be known: pass the {@link
 * AssetInfo} you keep, or it is looked up and remembered for a moment. Safe for use by many
 * threads. Closing it ends its threads and everybody's waiting; stores and generator stay open.
 */
public final class ReadThrough implements AutoCloseable {
  /** How long failures are remembered unless told otherwise. */
  public static final Duration DEFAULT_REMEMBER_FAILURES = Duration.ofSeconds(30);

  /** How long versions of originals are remembered unless told otherwise. */
  public static final Duration DEFAULT_REMEMBER_VERSIONS = Duration.ofSeconds(5);

  /** How many failures, and how many versions, are remembered unless told otherwise. */
  public static final int DEFAULT_REMEMBER = 10_000;

  private final AssetStore originals;
  private final DeliveryStore renditions;
  private final KeyLayout layout;
  private final Function<AssetInfo, FocalPoint> focus;
  private final Bounded<AssetKey, AssetInfo> versions;
  private final Bounded<AssetKey, RenditionException> failures;
  private final Counts counts = new Counts();
  private final DeliveryThreads threads = new DeliveryThreads();
  private final Flights flights;
  private final OriginalLookups lookups;

  private ReadThrough(Builder builder) {
    originals = builder.originals;
    renditions = builder.renditions;
    layout = builder.layout;
    focus = builder.focus;
    versions = new Bounded<>(builder.remember, builder.rememberVersions, System::nanoTime);
    failures = new Bounded<>(builder.remember, builder.rememberFailures, System::nanoTime);
    lookups = new OriginalLookups(originals, versions, failures, threads);
    flights = new Flights(builder, lookups, threads, counts, failures);
  }

  /**
   * Begins one.
   *
   * @param originals where originals are looked up; stays open
   * @param renditions where renditions are read; the store the generator writes to, where it works
   *     in this process; stays open
   * @param generator makes what is not there; stays open
   * @param layout says where renditions lie
   */
  public static Builder builder(
      AssetStore originals,
      DeliveryStore renditions,
      RenditionGenerator generator,
      KeyLayout layout) {
    return new Builder(originals, renditions, generator, layout);
  }

  /**
   * Gets or makes a rendition of what a key holds now, around the original's own focal point.
   * Blocks.
   *
   * @param limit how long to wait; a hit is not cut off
   * @return the rendition, which the caller closes
   * @throws RenditionException if it could not be made, or not in time
   */
  public Delivered get(AssetKey source, NamedRecipe recipe, Duration limit) {
    long deadline = deadline(limit);
    try {
      return fetch(wanted(source, recipe, deadline), deadline);
    } catch (RenditionException e) {
      if (e.reason() != FailureReason.SOURCE_CHANGED) {
        throw e;
      }
      // The version was remembered, and the original replaced since: once more with the new one.
      versions.forget(source::equals);
      return fetch(wanted(source, recipe, deadline), deadline);
    }
  }

  /**
   * Gets or makes a rendition of one version of an original around a focal point, without looking
   * the original up. Blocks; see {@link #get(AssetKey, NamedRecipe, Duration)}.
   */
  public Delivered get(AssetInfo original, NamedRecipe recipe, FocalPoint point, Duration limit) {
    long deadline = deadline(limit);
    requireOriginal(original.key());
    return fetch(
        new Wanted(original, true, recipe, point, target(original, recipe, point)), deadline);
  }

  /**
   * Gets what lies under a rendition's key, and makes it if the key is what the original and the
   * recipe lead to now. Blocks; see {@link #get(AssetKey, NamedRecipe, Duration)}.
   *
   * @throws RenditionException with {@link FailureReason#SOURCE_NOT_FOUND} also if the key is not
   *     there and belongs to a former version of the original or of the recipe
   */
  public Delivered getTarget(AssetKey target, AssetKey source, NamedRecipe recipe, Duration limit) {
    return find(target, source, recipe, limit)
        .here()
        .orElseThrow(
            () ->
                new RenditionException(
                    FailureReason.SOURCE_NOT_FOUND,
                    target
                        + " belongs to a former version of "
                        + source
                        + " or of the recipe; link anew"));
  }

  /** As {@link #getTarget}, which see, but tells where a rendition is whose key is a former one. */
  Place find(AssetKey target, AssetKey source, NamedRecipe recipe, Duration limit) {
    long deadline = deadline(limit);
    Optional<Delivered> hit = hit(target);
    if (hit.isPresent()) {
      return new Place(hit, target);
    }
    boolean remembered = versions.find(source).isPresent();
    Wanted now = wanted(source, recipe, deadline);
    if (!now.target().equals(target) && remembered && versions.forgetOne(source)) {
      // The original may have been replaced since: then the key is a newer one than we know.
      now = wanted(source, recipe, deadline);
    }
    return now.target().equals(target)
        ? new Place(Optional.of(fetch(now, deadline)), target)
        : new Place(Optional.empty(), now.target());
  }

  /**
   * Where a rendition is.
   *
   * @param here the rendition, which the receiver closes, if its key is the one asked for
   * @param now the key the original and the recipe lead to now
   */
  record Place(Optional<Delivered> here, AssetKey now) {}

  /** Opens the original itself; for callers that give it where no rendition can be had. */
  public Delivered original(AssetKey source) {
    requireOriginal(source);
    try {
      AssetContent content = originals.open(source);
      return new Delivered(
          content.info(), Delivered.From.ORIGINAL, content.stream(), Flights.NOTHING);
    } catch (AssetNotFoundException e) {
      throw OriginalLookups.absent(source, e);
    } catch (IOException e) {
      throw OriginalLookups.unreadable(source, e);
    }
  }

  /** Returns the key a rendition of what a key holds now lies under; may look the original up. */
  public AssetKey target(AssetKey source, NamedRecipe recipe, Duration limit) {
    return wanted(source, recipe, deadline(limit)).target();
  }

  /** Forgets what is remembered of an original: it was stored, replaced or deleted. */
  public void forget(AssetKey source) {
    versions.forget(source::equals);
    failures.forget(key -> key.equals(source) || layout.isTargetOf(key, source));
  }

  /** Returns what happened until now. */
  public DeliveryStats stats() {
    return counts.read(flights.underWay(), renditions.kept());
  }

  /** Returns the layout renditions lie after. */
  public KeyLayout layout() {
    return layout;
  }

  @Override
  public void close() {
    flights.close();
    lookups.close();
    threads.close();
  }

  private Wanted wanted(AssetKey source, NamedRecipe recipe, long deadline) {
    requireOriginal(source);
    boolean needed = layout.namesContent() || recipe.name().equals(AdHocLayout.NAME);
    if (!needed) {
      AssetInfo unseen = Wanted.unseen(source);
      return new Wanted(
          unseen, false, recipe, FocalPoint.CENTER, target(unseen, recipe, FocalPoint.CENTER));
    }
    AssetInfo original = await(lookups.find(source), deadline);
    FocalPoint point = focus.apply(original);
    return new Wanted(original, true, recipe, point, target(original, recipe, point));
  }

  private Delivered fetch(Wanted wanted, long deadline) {
    boolean readable = true;
    try {
      Optional<Delivered> hit = hit(wanted.target());
      if (hit.isPresent()) {
        return hit.get();
      }
    } catch (RenditionException e) {
      // A store that cannot be read is no reason to serve nothing: what is made is served.
      readable = false;
    }
    counts.misses.increment();
    Optional<RenditionException> known = failures.find(wanted.target());
    if (known.isPresent()) {
      counts.fromMemory.increment();
      throw again(known.get());
    }
    Flight flight = flights.join(wanted, readable);
    boolean aboard = true;
    try {
      Flight.Landing landing = await(flight.landing(), deadline);
      if (landing.kept().isPresent()) {
        KeptBytes bytes = landing.kept().get();
        aboard = false;
        return new Delivered(
            bytes.info(), landing.from(), bytes.open(), () -> flights.leave(flight));
      }
      AssetContent content = renditions.open(wanted.target());
      return new Delivered(content.info(), landing.from(), content.stream(), Flights.NOTHING);
    } catch (IOException e) {
      throw new RenditionException(
          FailureReason.STORE_FAILED,
          "the rendition " + wanted.target() + " was made and cannot be read: " + e.getMessage(),
          e);
    } finally {
      if (aboard) {
        flights.leave(flight);
      }
    }
  }

  private Optional<Delivered> hit(AssetKey target) {
    try {
      AssetContent content = renditions.open(target);
      counts.hits.increment();
      return Optional.of(
          new Delivered(content.info(), Delivered.From.STORE, content.stream(), Flights.NOTHING));
    } catch (AssetNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      counts.storeFailures.increment();
      throw new RenditionException(
          FailureReason.STORE_FAILED,
          "the rendition " + target + " cannot be read: " + e.getMessage(),
          e);
    }
  }

  private AssetKey target(AssetInfo original, NamedRecipe recipe, FocalPoint point) {
    return Flights.target(layout, original, recipe, point);
  }

  private void requireOriginal(AssetKey key) {
    if (layout.isTarget(requireNonNull(key, "key"))) {
      throw new RenditionException(
          FailureReason.SOURCE_IS_RENDITION,
          key + " has the form of a rendition's key; renditions are made of originals only");
    }
  }

  private static long deadline(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("a limit is more than zero, was " + limit);
    }
    Duration bounded = limit.compareTo(Duration.ofDays(1)) > 0 ? Duration.ofDays(1) : limit;
    return System.nanoTime() + bounded.toNanos();
  }

  private static <T> T await(CompletableFuture<T> answer, long deadline) {
    try {
      return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RenditionException refusal
          ? again(refusal)
          : new RenditionException(
              FailureReason.INTERNAL, "the delivery failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new RenditionException(
          FailureReason.DEADLINE_EXCEEDED, "no rendition in the time there was; ask again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RenditionException(
          FailureReason.CANCELLED, "the waiting thread was interrupted", e);
    }
  }

  /** Many throw one refusal: each its own, with its own stack. */
  private static RenditionException again(RenditionException refusal) {
    return new RenditionException(refusal.reason(), String.valueOf(refusal.getMessage()), refusal);
  }

  /** Collects the parts. Not safe for use by many threads. */
  public static final class Builder {
    private static final Duration LONGEST = Duration.ofDays(1);

    final AssetStore originals;
    final DeliveryStore renditions;
    final RenditionGenerator generator;
    final KeyLayout layout;
    Function<AssetInfo, FocalPoint> focus =
        info -> RenditionMetadata.focus(info).orElse(FocalPoint.CENTER);
    Duration timeout = dev.rendition.generate.RenditionRequest.DEFAULT_TIMEOUT;
    String cacheControl = "";
    Clock clock = Clock.systemUTC();
    int remember = DEFAULT_REMEMBER;
    Duration rememberFailures = DEFAULT_REMEMBER_FAILURES;
    Duration rememberVersions = DEFAULT_REMEMBER_VERSIONS;
    int maxVariants = Flights.DEFAULT_MAX_VARIANTS;
    boolean claims;

    private Builder(
        AssetStore originals,
        DeliveryStore renditions,
        RenditionGenerator generator,
        KeyLayout layout) {
      this.originals = requireNonNull(originals, "originals");
      this.renditions = requireNonNull(renditions, "renditions");
      this.generator = requireNonNull(generator, "generator");
      this.layout = requireNonNull(layout, "layout");
    }

    /**
     * Sets who tells the focal point of an original; unless set it is what the original was stored
     * with, see {@link RenditionMetadata#focus}. Called on delivery's own threads and on callers'.
     */
    public Builder focus(Function<AssetInfo, FocalPoint> points) {
      focus = requireNonNull(points, "points");
      return this;
    }

    /** Sets how long the making of one rendition may take, more than zero and at most a day. */
    public Builder timeout(Duration limit) {
      timeout = positive("a timeout", limit);
      return this;
    }

    /** Sets the cache-control renditions are stored with; none unless set. */
    public Builder cacheControl(String value) {
      cacheControl = dev.rendition.asset.AssetAttributes.cacheControl(value).cacheControl();
      return this;
    }

    /** Sets the clock deadlines and claims are counted from. */
    public Builder clock(Clock source) {
      clock = requireNonNull(source, "source");
      return this;
    }

    /** Sets how many failures, and how many versions, are remembered: 0 to 1,000,000. */
    public Builder remember(int most) {
      if (most < 0 || most > 1_000_000) {
        throw new IllegalArgumentException("remember must be 0..1000000, was " + most);
      }
      remember = most;
      return this;
    }

    /** Sets how long failures are remembered; zero for not at all, at most a day. */
    public Builder rememberFailures(Duration time) {
      rememberFailures = notNegative("the memory of failures", time);
      return this;
    }

    /**
     * Sets how long the version of an original is remembered; zero for not at all, at most a day.
     * So long a process may go on serving renditions of an original that another one replaced.
     */
    public Builder rememberVersions(Duration time) {
      rememberVersions = notNegative("the memory of versions", time);
      return this;
    }

    /**
     * Sets how many different renditions of recipes in no book one original may have, 0 to 100,000;
     * {@value Flights#DEFAULT_MAX_VARIANTS} unless set.
     */
    public Builder maxVariants(int most) {
      if (most < 0 || most > 100_000) {
        throw new IllegalArgumentException("max variants must be 0..100000, was " + most);
      }
      maxVariants = most;
      return this;
    }

    /**
     * Has several machines agree, by a tiny asset in the renditions store, who makes a rendition:
     * two more calls of the store for each rendition made. Nobody is needed to clean up after a
     * machine that died: its claims end.
     */
    public Builder claims(boolean wanted) {
      claims = wanted;
      return this;
    }

    /** Makes it. */
    public ReadThrough build() {
      return new ReadThrough(this);
    }

    private static Duration positive(String what, Duration time) {
      if (time.isZero()) {
        throw new IllegalArgumentException(what + " is more than zero, was " + time);
      }
      return notNegative(what, time);
    }

    private static Duration notNegative(String what, Duration time) {
      if (time.isNegative() || time.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(what + " is at most " + LONGEST + ", was " + time);
      }
      return time;
    }
  }
}
