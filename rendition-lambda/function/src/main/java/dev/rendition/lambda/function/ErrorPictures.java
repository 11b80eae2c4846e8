package dev.rendition.lambda.function;

import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetStore;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows a picture where there is none to show. Each is read once. Safe for use by many threads. */
final class ErrorPictures {
  private static final Logger log = LoggerFactory.getLogger(ErrorPictures.class);
  private static final int MAX_BYTES = 1 << 20;
  private static final int NOT_FOUND = 404;

  private final AssetStore store;
  private final Optional<AssetKey> notFound;
  private final Optional<AssetKey> otherwise;
  private final Map<AssetKey, HttpReply> read = new ConcurrentHashMap<>();

  /**
   * Takes what it shows.
   *
   * @param notFound shown with status 404
   * @param otherwise shown with every other status
   */
  ErrorPictures(AssetStore store, Optional<AssetKey> notFound, Optional<AssetKey> otherwise) {
    this.store = store;
    this.notFound = notFound;
    this.otherwise = otherwise;
  }

  /** Returns a reply with the picture for a status, or empty if there is none to show. */
  Optional<HttpReply> reply(int status) {
    return (status == NOT_FOUND ? notFound : otherwise).flatMap(key -> reply(key, status));
  }

  private Optional<HttpReply> reply(AssetKey key, int status) {
    HttpReply known = read.get(key);
    if (known != null) {
      return Optional.of(
          HttpReply.of(status)
              .with(known.headers().getOrDefault("Content-Type", ""), known.body()));
    }
    try (AssetContent content = store.open(key)) {
      byte[] bytes = content.stream().readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("it has more than " + MAX_BYTES + " bytes");
      }
      HttpReply reply = HttpReply.of(status).with(content.info().mediaType(), bytes);
      read.put(key, reply);
      return Optional.of(reply);
    } catch (IOException | RuntimeException e) {
      log.atWarn()
          .addKeyValue("key", key)
          .log("the error picture cannot be shown: {}", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
