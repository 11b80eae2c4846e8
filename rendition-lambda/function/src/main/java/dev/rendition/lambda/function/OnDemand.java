package dev.rendition.lambda.function;

import dev.rendition.Renditions;
import dev.rendition.UrlPolicy;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetNotFoundException;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers GET and HEAD for renditions: from the store if they are there, else they are made first.
 * Only keys the layout leads to are answered, so nobody fills the store by walking through names.
 * Safe for use by many threads.
 */
final class OnDemand {
  private static final Logger log = LoggerFactory.getLogger(OnDemand.class);
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Duration LINK = Duration.ofMinutes(5);
  private static final int ROUNDS = 2;

  private final Renditions renditions;
  private final Places places;
  private final Origins origins;
  private final Replies replies;
  private final Flights flights = new Flights();
  private final String prefix;
  private final long inlineLimit;

  /**
   * Takes what it works with.
   *
   * @param prefix what paths begin with, a slash at both ends
   * @param inlineLimit the most bytes of a body
   */
  OnDemand(
      Renditions renditions,
      Places places,
      Origins origins,
      Replies replies,
      String prefix,
      long inlineLimit) {
    this.renditions = renditions;
    this.places = places;
    this.origins = origins;
    this.replies = replies;
    this.prefix = prefix;
    this.inlineLimit = inlineLimit;
  }

  /** Answers a call; never throws. */
  HttpReply answer(HttpCall call, Deadline deadline) {
    HttpReply reply;
    if (!call.method().equals("GET") && !call.isHead()) {
      reply = replies.notAllowed();
    } else {
      try {
        reply = find(call, deadline);
      } catch (RenditionException e) {
        reply = failed(call, e.reason(), String.valueOf(e.getMessage()));
      } catch (EventFailedException e) {
        reply = failed(call, e.reason(), String.valueOf(e.getMessage()));
      } catch (IOException e) {
        reply = failed(call, FailureReason.STORE_FAILED, String.valueOf(e.getMessage()));
      } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
        log.atError().addKeyValue("path", Shown.text(call.path())).setCause(e).log("a defect");
        reply = replies.failed(FailureReason.INTERNAL, "");
      }
    }
    return reply.forMethod(call);
  }

  private HttpReply failed(HttpCall call, FailureReason reason, String detail) {
    log.atInfo()
        .addKeyValue("path", Shown.text(call.path()))
        .addKeyValue("reason", reason)
        .addKeyValue("detail", Shown.line(detail))
        .log("not shown");
    return replies.failed(reason, detail);
  }

  private HttpReply find(HttpCall call, Deadline deadline) throws IOException {
    AssetKey key = key(call.path());
    List<Origins.Origin> possible = origins.of(key);
    if (possible.isEmpty() || !places.serves(key)) {
      throw new RenditionException(
          FailureReason.RECIPE_UNKNOWN, "this is the address of no rendition");
    }
    Optional<HttpReply> stored = stored(call, key);
    if (stored.isPresent()) {
      return stored.get();
    }
    for (int round = 1; ; round++) {
      try {
        Optional<AssetKey> elsewhere = make(key, possible, deadline);
        return elsewhere.isPresent() ? replies.moved(prefix, elsewhere.get()) : made(call, key);
      } catch (RenditionException e) {
        if (e.reason() != FailureReason.SOURCE_CHANGED || round == ROUNDS) {
          throw e;
        }
      }
    }
  }

  private HttpReply made(HttpCall call, AssetKey key) throws IOException {
    return stored(call, key)
        .orElseThrow(
            () ->
                new RenditionException(
                    FailureReason.STORE_FAILED, key + " was made and is not in the store"));
  }

  private AssetKey key(String path) {
    if (!path.startsWith(prefix)) {
      throw new RenditionException(FailureReason.RECIPE_UNKNOWN, "renditions lie under " + prefix);
    }
    try {
      return AssetKey.parse(path.substring(prefix.length()));
    } catch (IllegalArgumentException e) {
      throw new RenditionException(
          FailureReason.REQUEST_INVALID, String.valueOf(e.getMessage()), e);
    }
  }

  private Optional<HttpReply> stored(HttpCall call, AssetKey key) throws IOException {
    if (call.isHead() || call.isConditional()) {
      Optional<AssetInfo> info = renditions.renditionStore().stat(key);
      if (info.isEmpty()) {
        return Optional.empty();
      }
      if (call.has(tag(info.get()))) {
        return Optional.of(described(HttpReply.of(304), info.get()));
      }
      if (call.isHead()) {
        return Optional.of(whole(info.get()).orElseGet(() -> large(info.get())));
      }
    }
    try (AssetContent content = renditions.renditionStore().open(key)) {
      Optional<HttpReply> whole = whole(content.info());
      if (whole.isEmpty()) {
        return Optional.of(large(content.info()));
      }
      byte[] bytes = content.stream().readNBytes(Math.toIntExact(inlineLimit + 1));
      if (bytes.length != content.info().length()) {
        throw new IOException(key + " ends early, or late");
      }
      return Optional.of(whole.get().with(content.info().mediaType(), bytes));
    } catch (AssetNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Returns the reply without its bytes, or empty if they are too many. */
  private Optional<HttpReply> whole(AssetInfo info) {
    return info.length() > inlineLimit
        ? Optional.empty()
        : Optional.of(
            described(HttpReply.of(200), info).withoutBody(info.mediaType(), info.length()));
  }

  private HttpReply described(HttpReply reply, AssetInfo info) {
    String stored = info.attributes().cacheControl();
    return reply
        .with("ETag", tag(info))
        .with("Last-Modified", HTTP_DATE.format(info.modified()))
        .with("Cache-Control", stored.isEmpty() ? renditions.cacheControl() : stored);
  }

  /** Lambda answers with 6 MB at most: who asks for more is sent to the store itself. */
  private HttpReply large(AssetInfo info) {
    try {
      return replies.elsewhere(renditions.url(info.key(), UrlPolicy.signed(LINK)));
    } catch (IllegalStateException e) {
      throw new RenditionException(
          FailureReason.LIMIT_EXCEEDED,
          "the rendition has "
              + info.length()
              + " bytes and an answer holds "
              + inlineLimit
              + "; set rendition.urls.signer, so that there is a link to send to",
          e);
    }
  }

  private static String tag(AssetInfo info) {
    return '"' + info.version() + '"';
  }

  /**
   * Makes a rendition.
   *
   * @return empty if it is there now; else the key the same recipe of the original as it is now
   *     has: the key asked for is of bytes that were replaced, or around another focal point
   */
  private Optional<AssetKey> make(AssetKey key, List<Origins.Origin> possible, Deadline deadline)
      throws IOException {
    Optional<AssetKey> moved = Optional.empty();
    for (Origins.Origin origin : possible) {
      Optional<AssetInfo> source = renditions.originalStore().stat(origin.source());
      if (source.isPresent()) {
        AssetKey target = renditions.target(source.get(), origin.recipe());
        if (target.equals(key)) {
          make(source.get(), origin, deadline);
          return Optional.empty();
        }
        if (renditions.layout().namesContent() && moved.isEmpty()) {
          moved = Optional.of(target);
        }
      }
    }
    if (moved.isEmpty()) {
      throw new RenditionException(
          FailureReason.SOURCE_NOT_FOUND, "there is no original of " + key);
    }
    return moved;
  }

  private void make(AssetInfo source, Origins.Origin origin, Deadline deadline) {
    deadline.requireTime();
    RenditionRequest request = renditions.request(source, List.of(origin.recipe()));
    AssetKey target = request.specs().get(0).target();
    RenditionReport report =
        flights.join(target, deadline, () -> Asking.ask(renditions.generator(), request, deadline));
    for (RenditionOutcome.Failed failed : report.failed()) {
      throw new RenditionException(failed.reason(), failed.detail());
    }
  }
}
