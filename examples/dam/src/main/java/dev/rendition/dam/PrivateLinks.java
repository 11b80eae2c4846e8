package dev.rendition.dam;

import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetNotFoundException;
import dev.rendition.asset.AssetStore;
import dev.rendition.deliver.HttpAnswer;
import dev.rendition.local.HmacUrlSigner;
import dev.rendition.local.LinkCheck;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/**
 * The demo's own private links, for places that sign none themselves. Their key is made at the
 * start and told to nobody, so they end with the process. Safe for use by many threads.
 */
final class PrivateLinks {
  static final String PATH = "/private/";

  private final HmacUrlSigner signer;

  PrivateLinks() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    signer = HmacUrlSigner.builder(URI.create(PATH)).key("demo", secret).build();
  }

  HmacUrlSigner signer() {
    return signer;
  }

  /** Answers a request for a link; all bad ones alike. */
  HttpAnswer answer(String pathAndQuery, AssetStore renditions) throws IOException {
    LinkCheck check = signer.verify(pathAndQuery);
    Optional<AssetKey> key = check.key();
    if (key.isEmpty()) {
      return Answers.text(403, "The link is not valid, or no longer.");
    }
    try {
      AssetContent content = renditions.open(key.get());
      return new HttpAnswer(
          200,
          Map.of(
              "Content-Type", content.info().mediaType(),
              "Content-Length", Long.toString(content.info().length()),
              "Cache-Control", "private, no-store",
              "X-Content-Type-Options", "nosniff",
              "Content-Security-Policy", "default-src 'none'; sandbox"),
          content.info().length(),
          content.stream(),
          content);
    } catch (AssetNotFoundException e) {
      return Answers.text(404, "It is not there any more.");
    }
  }
}
