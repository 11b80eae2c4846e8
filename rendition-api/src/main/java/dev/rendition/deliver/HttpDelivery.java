package dev.rendition.deliver;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.layout.AdHocLayout;
import dev.rendition.recipe.NamedRecipe;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers HTTP requests for renditions, without any server: a servlet, a function URL or the JDK's
 * server hands over a {@link HttpQuestion} and writes the {@link HttpAnswer}. Blocks as long as the
 * limit allows. Safe for use by many threads.
 */
public final class HttpDelivery {
  /** How long a request waits for its rendition unless told otherwise. */
  public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(20);

  /** What renditions are sent with whose address does not name their content. */
  public static final Duration DEFAULT_MAX_AGE = Duration.ofMinutes(5);

  private static final Logger log = LoggerFactory.getLogger(HttpDelivery.class);
  private static final Set<String> SHOWN =
      Set.of("image/jpeg", "image/png", "image/gif", "image/webp", "image/avif");

  private final ReadThrough renditions;
  private final UrlScheme scheme;
  private final Accept accept;
  private final Predicate<AssetKey> visible;
  private final Fallback fallback;
  private final Refusals refusals;
  private final Duration limit;
  private final Duration maxAge;
  private final boolean redirectFormer;
  private final long largest;
  private final Function<AssetKey, Optional<URI>> links;
  private final Clock clock;

  private HttpDelivery(Builder from) {
    renditions = from.renditions;
    scheme = from.scheme;
    accept = from.accept;
    visible = from.visible;
    fallback = from.fallback;
    refusals = new Refusals(from.fallback, from.refusalMaxAge);
    limit = from.limit;
    maxAge = from.maxAge;
    redirectFormer = from.redirectFormer;
    largest = from.largest;
    links = from.links;
    clock = from.clock;
  }

  /** Begins one. */
  public static Builder builder(ReadThrough renditions, UrlScheme scheme) {
    return new Builder(renditions, scheme);
  }

  /** Answers a request. Never throws, whatever the request; the receiver closes the answer. */
  public HttpAnswer answer(HttpQuestion question) {
    return answer(question, limit);
  }

  /**
   * Answers a request for which there is little time; see {@link #answer(HttpQuestion)}.
   *
   * @param atMost how long it waits, if that is less than the limit; with zero or less no store is
   *     asked, and the answer is that of a deadline that has passed
   */
  public HttpAnswer answer(HttpQuestion question, Duration atMost) {
    boolean head = question.method().equals("HEAD");
    if (!head && !question.method().equals("GET")) {
      return Refusals.method();
    }
    try {
      Duration time = atMost.compareTo(limit) < 0 ? atMost : limit;
      return answer(scheme.parse(question.path()), new Call(question, head, time));
    } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
      log.error("a defect of the delivery", e);
      return refusals.of(FailureReason.INTERNAL, head);
    }
  }

  private HttpAnswer answer(Address address, Call call) {
    if (address instanceof Address.Preset preset) {
      return answer(preset.source(), preset.recipe(), address, call);
    } else if (address instanceof Address.Signed signed) {
      return answer(signed.source(), signed.recipe(), address, call);
    } else if (address instanceof Address.Target target) {
      return answer(target.source(), target.recipe(), address, call);
    }
    return refusals.of(((Address.Refused) address).problem(), call.head());
  }

  private HttpAnswer answer(AssetKey source, NamedRecipe recipe, Address address, Call call) {
    if (!visible.test(source)) {
      return refusals.of(FailureReason.SOURCE_NOT_FOUND, call.head());
    }
    if (call.time().isZero() || call.time().isNegative()) {
      return refusals.of(FailureReason.DEADLINE_EXCEEDED, call.head());
    }
    // A key that names one encoding cannot stand for another.
    boolean varies = !(address instanceof Address.Target) && decides(recipe);
    NamedRecipe chosen = varies ? accept.choose(recipe, call.question().header("accept")) : recipe;
    HttpAnswer answer;
    try {
      answer =
          address instanceof Address.Target target
              ? target(target, call)
              : found(get(source, chosen, recipe, call.time()), address, call);
    } catch (RenditionException e) {
      answer = failed(e, source, call);
    }
    return varies ? answer.with("Vary", "Accept") : answer;
  }

  private HttpAnswer target(Address.Target address, Call call) {
    if (!redirectFormer || !renditions.layout().namesContent()) {
      Delivered found =
          renditions.getTarget(address.target(), address.source(), address.recipe(), call.time());
      return found(found, address, call);
    }
    ReadThrough.Place place =
        renditions.find(address.target(), address.source(), address.recipe(), call.time());
    return place.here().isPresent()
        ? found(place.here().get(), address, call)
        : refusals.moved(scheme.format(place.now()).toASCIIString());
  }

  /** An encoding that was offered and has no writer is no reason to show nothing. */
  private Delivered get(AssetKey source, NamedRecipe chosen, NamedRecipe plain, Duration time) {
    try {
      return renditions.get(source, chosen, time);
    } catch (RenditionException e) {
      if (chosen.equals(plain) || e.reason() != FailureReason.ENCODING_NOT_SUPPORTED) {
        throw e;
      }
      log.warn(
          "{} is offered by Accept and cannot be written: {}", chosen.recipe(), e.getMessage());
      return renditions.get(source, plain, time);
    }
  }

  /** Where two encodings would share a key, the layout's own way stays: nothing is chosen. */
  private boolean decides(NamedRecipe recipe) {
    return accept.decides(recipe.recipe())
        && (renditions.layout().namesContent() || recipe.name().equals(AdHocLayout.NAME));
  }

  private HttpAnswer found(Delivered found, Address address, Call call) {
    AssetInfo info = found.info();
    Map<String, String> headers = Refusals.common();
    headers.put("ETag", Preconditions.tag(info));
    headers.put("Last-Modified", HttpDate.print(info.modified()));
    headers.put("Cache-Control", cacheControl(found, address));
    headers.put("Rendition-From", found.from().name().toLowerCase(Locale.ROOT));
    if (Preconditions.unchanged(call.question(), info)) {
      close(found);
      return new HttpAnswer(304, headers, 0, InputStream.nullInputStream());
    }
    if (info.length() > largest) {
      return tooLarge(found, call);
    }
    // What is no picture is not shown as anything: bytes in the store may be somebody else's.
    boolean picture = SHOWN.contains(info.mediaType());
    headers.put("Content-Type", picture ? info.mediaType() : "application/octet-stream");
    headers.put("Content-Length", Long.toString(info.length()));
    if (call.head()) {
      close(found);
      return new HttpAnswer(200, headers, 0, InputStream.nullInputStream());
    }
    return new HttpAnswer(200, headers, info.length(), found.stream(), found);
  }

  private String cacheControl(Delivered found, Address address) {
    if (found.from() == Delivered.From.ORIGINAL) {
      return "no-store";
    }
    String stored = found.info().attributes().cacheControl();
    if (address instanceof Address.Target && !stored.isEmpty()) {
      return stored;
    }
    long seconds = maxAge.toSeconds();
    if (address instanceof Address.Signed signed && !signed.expires().equals(Instant.MAX)) {
      seconds =
          Math.max(
              0,
              Math.min(seconds, Duration.between(clock.instant(), signed.expires()).toSeconds()));
    }
    return "public, max-age=" + seconds;
  }

  private HttpAnswer failed(RenditionException problem, AssetKey source, Call call) {
    FailureReason reason = problem.reason();
    if (reason.httpStatus() >= 500) {
      log.warn("{} for {}: {}", reason, source, problem.getMessage());
    } else {
      log.debug("{} for {}: {}", reason, source, problem.getMessage());
    }
    boolean mayBeThere =
        reason != FailureReason.SOURCE_NOT_FOUND && reason != FailureReason.SOURCE_IS_RENDITION;
    Optional<HttpAnswer> original =
        fallback.originalUpTo() > 0 && mayBeThere ? original(source, call) : Optional.empty();
    return original.orElseGet(() -> refusals.of(reason, call.head()));
  }

  private Optional<HttpAnswer> original(AssetKey source, Call call) {
    Delivered found;
    try {
      found = renditions.original(source);
    } catch (RenditionException e) {
      return Optional.empty();
    }
    AssetInfo info = found.info();
    if (info.length() > Math.min(largest, fallback.originalUpTo())
        || !SHOWN.contains(info.mediaType())) {
      close(found);
      return Optional.empty();
    }
    HttpQuestion plain = new HttpQuestion(call.question().method(), "/", Map.of());
    return Optional.of(
        found(
            found,
            new Address.Refused(Address.Problem.RECIPE_UNKNOWN, "the original"),
            new Call(plain, call.head(), call.time())));
  }

  private HttpAnswer tooLarge(Delivered found, Call call) {
    close(found);
    AssetInfo info = found.info();
    if (found.from() == Delivered.From.UNSTORED) {
      return refusals.of(FailureReason.STORE_FAILED, call.head());
    }
    Optional<URI> link = links.apply(info.key());
    if (link.isPresent()) {
      return Refusals.elsewhere(link.get().toASCIIString());
    }
    log.warn(
        "{} has {} bytes, an answer holds {}, and there is no link to send to",
        info.key(),
        info.length(),
        largest);
    return refusals.of(FailureReason.LIMIT_EXCEEDED, call.head());
  }

  private static void close(Delivered found) {
    try {
      found.close();
    } catch (IOException e) {
      log.debug("{} was not needed, and not closed", found.info().key(), e);
    }
  }

  /**
   * A request under way.
   *
   * @param question what came
   * @param head whether the body is left out
   * @param time how long it may wait
   */
  private record Call(HttpQuestion question, boolean head, Duration time) {}

  /** Collects what a delivery needs. Not safe for use by many threads. */
  public static final class Builder {
    private final ReadThrough renditions;
    private final UrlScheme scheme;
    private Accept accept = Accept.NOTHING;
    private Fallback fallback = Fallback.NONE;
    private Duration limit = DEFAULT_LIMIT;
    private Duration maxAge = DEFAULT_MAX_AGE;
    private Duration refusalMaxAge = Duration.ZERO;
    private Predicate<AssetKey> visible = source -> true;
    private boolean redirectFormer;
    private long largest = Long.MAX_VALUE;
    private Function<AssetKey, Optional<URI>> links = key -> Optional.empty();
    private Clock clock = Clock.systemUTC();

    private Builder(ReadThrough renditions, UrlScheme scheme) {
      this.renditions = requireNonNull(renditions, "renditions");
      this.scheme = requireNonNull(scheme, "scheme");
    }

    /** Sets what the Accept header may choose; nothing unless set. */
    public Builder accept(Accept chooser) {
      accept = requireNonNull(chooser, "chooser");
      return this;
    }

    /** Sets what is shown where there is no rendition; a line of text unless set. */
    public Builder fallback(Fallback what) {
      fallback = requireNonNull(what, "what");
      return this;
    }

    /** Changes what is shown where there is no rendition. */
    public Builder fallback(UnaryOperator<Fallback> change) {
      return fallback(change.apply(fallback));
    }

    /**
     * Sets whose renditions are shown; all unless set. Others are answered as if there were no
     * original, and no store is asked. Called on callers' threads.
     */
    public Builder visible(Predicate<AssetKey> originals) {
      visible = requireNonNull(originals, "originals");
      return this;
    }

    /**
     * Sets whether a key of a former version of the original is redirected (302) to that of the
     * version there is, where keys name their content; 404 unless set.
     */
    public Builder redirectFormer(boolean wanted) {
      redirectFormer = wanted;
      return this;
    }

    /**
     * Sets how long caches keep those redirects, and refusals that asking again does not change
     * (all of 4xx but 405, 409 and 429): zero to a year, not at all unless set.
     */
    public Builder refusalMaxAge(Duration time) {
      refusalMaxAge = age(time);
      return this;
    }

    /**
     * Sets the most bytes of a body, where who carries answers has a limit; none unless set. A
     * larger rendition is redirected (302, kept by nobody) to a link, and refused with 413 where
     * there is none.
     *
     * @param bytes 1 or more
     * @param toRendition makes a link of a stored rendition's key; called on callers' threads
     */
    public Builder largest(long bytes, Function<AssetKey, Optional<URI>> toRendition) {
      if (bytes < 1) {
        throw new IllegalArgumentException("a body has 1 byte or more, was " + bytes);
      }
      largest = bytes;
      links = requireNonNull(toRendition, "toRendition");
      return this;
    }

    /** Sets how long a request waits, more than zero and at most an hour. */
    public Builder limit(Duration time) {
      if (time.isZero() || time.isNegative() || time.compareTo(Duration.ofHours(1)) > 0) {
        throw new IllegalArgumentException(
            "a limit is more than zero and at most an hour, was " + time);
      }
      limit = time;
      return this;
    }

    /**
     * Sets how long clients keep renditions whose address does not name their content, zero to a
     * year; those by a layout that does are sent with the cache-control they are stored with.
     */
    public Builder maxAge(Duration time) {
      maxAge = age(time);
      return this;
    }

    private static Duration age(Duration time) {
      if (time.isNegative() || time.compareTo(Duration.ofDays(366)) > 0) {
        throw new IllegalArgumentException("a max-age is zero to a year, was " + time);
      }
      return time;
    }

    /** Sets the clock signed addresses expire by. */
    public Builder clock(Clock time) {
      clock = requireNonNull(time, "time");
      return this;
    }

    /** Makes it. */
    public HttpDelivery build() {
      return new HttpDelivery(this);
    }
  }
}
