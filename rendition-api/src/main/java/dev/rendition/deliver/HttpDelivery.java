package dev.rendition.deliver;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.recipe.NamedRecipe;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
  private final Fallback fallback;
  private final Duration limit;
  private final Duration maxAge;
  private final Clock clock;

  private HttpDelivery(Builder from) {
    renditions = from.renditions;
    scheme = from.scheme;
    accept = from.accept;
    fallback = from.fallback;
    limit = from.limit;
    maxAge = from.maxAge;
    clock = from.clock;
  }

  /** Begins one. */
  public static Builder builder(ReadThrough renditions, UrlScheme scheme) {
    return new Builder(renditions, scheme);
  }

  /** Answers a request. Never throws, whatever the request; the receiver closes the answer. */
  public HttpAnswer answer(HttpQuestion question) {
    boolean head = question.method().equals("HEAD");
    try {
      if (!head && !question.method().equals("GET")) {
        HttpAnswer refusal = text(405, "only GET and HEAD are answered here", false);
        return with(refusal, "Allow", "GET, HEAD");
      }
      return answer(scheme.parse(question.path()), question, head);
    } catch (RuntimeException e) {
      log.error("a defect of the delivery", e);
      return text(500, FailureReason.INTERNAL.name(), head);
    }
  }

  private HttpAnswer answer(Address address, HttpQuestion question, boolean head) {
    if (address instanceof Address.Preset preset) {
      return answer(preset.source(), preset.recipe(), address, question, head);
    } else if (address instanceof Address.Signed signed) {
      return answer(signed.source(), signed.recipe(), address, question, head);
    } else if (address instanceof Address.Target target) {
      return answer(target.source(), target.recipe(), address, question, head);
    }
    Address.Refused refused = (Address.Refused) address;
    return failed(refused.problem().httpStatus(), refused.problem().name(), head);
  }

  private HttpAnswer answer(
      AssetKey source, NamedRecipe recipe, Address address, HttpQuestion question, boolean head) {
    // A key that names one encoding cannot stand for another.
    boolean varies = !(address instanceof Address.Target) && decides(recipe);
    NamedRecipe chosen = varies ? accept.choose(recipe, question.header("accept")) : recipe;
    HttpAnswer answer;
    try {
      Delivered found =
          address instanceof Address.Target target
              ? renditions.getTarget(target.target(), source, chosen, limit)
              : get(source, chosen, recipe);
      answer = found(found, address, question, head);
    } catch (RenditionException e) {
      answer = failed(e, source, head);
    }
    return varies ? with(answer, "Vary", "Accept") : answer;
  }

  /** An encoding that was offered and has no writer is no reason to show nothing. */
  private Delivered get(AssetKey source, NamedRecipe chosen, NamedRecipe plain) {
    try {
      return renditions.get(source, chosen, limit);
    } catch (RenditionException e) {
      if (chosen.equals(plain) || e.reason() != FailureReason.ENCODING_NOT_SUPPORTED) {
        throw e;
      }
      log.warn(
          "{} is offered by Accept and cannot be written: {}", chosen.recipe(), e.getMessage());
      return renditions.get(source, plain, limit);
    }
  }

  /** Where two encodings would share a key, the layout's own way stays: nothing is chosen. */
  private boolean decides(NamedRecipe recipe) {
    return accept.decides(recipe.recipe())
        && (renditions.layout().namesContent()
            || recipe.name().equals(dev.rendition.layout.AdHocLayout.NAME));
  }

  private HttpAnswer found(Delivered found, Address address, HttpQuestion question, boolean head) {
    AssetInfo info = found.info();
    Map<String, String> headers = common();
    headers.put("ETag", Preconditions.tag(info));
    headers.put("Last-Modified", HttpDate.print(info.modified()));
    headers.put("Cache-Control", cacheControl(found, address));
    headers.put("Rendition-From", found.from().name().toLowerCase(java.util.Locale.ROOT));
    if (Preconditions.unchanged(question, info)) {
      close(found);
      return new HttpAnswer(304, headers, 0, InputStream.nullInputStream());
    }
    // What is no picture is not shown as anything: bytes in the store may be somebody else's.
    boolean picture = SHOWN.contains(info.mediaType());
    headers.put("Content-Type", picture ? info.mediaType() : "application/octet-stream");
    headers.put("Content-Length", Long.toString(info.length()));
    if (head) {
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

  private HttpAnswer failed(RenditionException problem, AssetKey source, boolean head) {
    FailureReason reason = problem.reason();
    int status = reason.httpStatus();
    if (status >= 500) {
      log.warn("{} for {}: {}", reason, source, problem.getMessage());
    } else {
      log.debug("{} for {}: {}", reason, source, problem.getMessage());
    }
    boolean mayBeThere =
        reason != FailureReason.SOURCE_NOT_FOUND && reason != FailureReason.SOURCE_IS_RENDITION;
    Optional<HttpAnswer> original =
        fallback.originalUpTo() > 0 && mayBeThere ? original(source, head) : Optional.empty();
    if (original.isPresent()) {
      return original.get();
    }
    HttpAnswer answer = failed(status, reason.name(), head);
    int wait = retryAfter(reason);
    return wait < 0 ? answer : with(answer, "Retry-After", Integer.toString(wait));
  }

  /** Returns the seconds after which asking again makes sense, or -1. */
  static int retryAfter(FailureReason reason) {
    return switch (reason) {
      case SOURCE_CHANGED -> 0;
      case BUSY, CANCELLED -> 1;
      case DEADLINE_EXCEEDED -> 2;
      case STORE_FAILED, BACKEND_FAILED -> 5;
      default -> -1;
    };
  }

  private Optional<HttpAnswer> original(AssetKey source, boolean head) {
    Delivered found;
    try {
      found = renditions.original(source);
    } catch (RenditionException e) {
      return Optional.empty();
    }
    AssetInfo info = found.info();
    if (info.length() > fallback.originalUpTo() || !SHOWN.contains(info.mediaType())) {
      close(found);
      return Optional.empty();
    }
    HttpQuestion plain = new HttpQuestion(head ? "HEAD" : "GET", "/", Map.of());
    return Optional.of(
        found(
            found,
            new Address.Refused(Address.Problem.RECIPE_UNKNOWN, "the original"),
            plain,
            head));
  }

  private HttpAnswer failed(int status, String reason, boolean head) {
    Optional<KeptBytes> picture = fallback.picture(status);
    if (picture.isEmpty()) {
      return text(status, reason, head);
    }
    KeptBytes bytes = picture.get();
    Map<String, String> headers = common();
    headers.put("Cache-Control", "no-store");
    headers.put("Content-Type", bytes.info().mediaType());
    headers.put("Content-Length", Integer.toString(bytes.length()));
    headers.put("Rendition-Problem", reason);
    return head
        ? new HttpAnswer(status, headers, 0, InputStream.nullInputStream())
        : new HttpAnswer(status, headers, bytes.length(), bytes.open());
  }

  /** The text is a word of ours: nothing a client sent, and nothing a store said, comes back. */
  private static HttpAnswer text(int status, String reason, boolean head) {
    byte[] body = (reason + "\n").getBytes(StandardCharsets.US_ASCII);
    Map<String, String> headers = common();
    headers.put("Cache-Control", "no-store");
    headers.put("Content-Type", "text/plain; charset=us-ascii");
    headers.put("Content-Length", Integer.toString(body.length));
    headers.put("Rendition-Problem", reason.matches("[A-Z_]+") ? reason : "METHOD");
    return new HttpAnswer(
        status,
        headers,
        head ? 0 : body.length,
        head ? InputStream.nullInputStream() : new ByteArrayInputStream(body));
  }

  private static Map<String, String> common() {
    Map<String, String> headers = new TreeMap<>();
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Content-Security-Policy", "default-src 'none'; sandbox");
    return headers;
  }

  private static HttpAnswer with(HttpAnswer answer, String name, String value) {
    Map<String, String> headers = new TreeMap<>(answer.headers());
    headers.put(name, value);
    return new HttpAnswer(answer.status(), headers, answer.length(), answer.body(), answer.done());
  }

  private static void close(Delivered found) {
    try {
      found.close();
    } catch (IOException e) {
      log.debug("{} was not needed, and not closed", found.info().key(), e);
    }
  }

  /** Collects what a delivery needs. Not safe for use by many threads. */
  public static final class Builder {
    private final ReadThrough renditions;
    private final UrlScheme scheme;
    private Accept accept = Accept.NOTHING;
    private Fallback fallback = Fallback.NONE;
    private Duration limit = DEFAULT_LIMIT;
    private Duration maxAge = DEFAULT_MAX_AGE;
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
      if (time.isNegative() || time.compareTo(Duration.ofDays(366)) > 0) {
        throw new IllegalArgumentException("a max-age is zero to a year, was " + time);
      }
      maxAge = time;
      return this;
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
