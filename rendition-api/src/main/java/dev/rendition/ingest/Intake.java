package dev.rendition.ingest;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import java.io.IOException;
import java.util.Optional;

/** Stores what has been judged, and nothing else. Safe for use by many threads. */
final class Intake {
  private final AssetStore originals;
  private final IngestRules rules;
  private final Judge judge;

  Intake(AssetStore originals, IngestRules rules, Judge judge) {
    this.originals = originals;
    this.rules = rules;
    this.judge = judge;
  }

  /** Judges bytes and stores them. */
  AssetInfo take(
      AssetKey key, String declared, Gauge gauge, AssetSource.Opener opener, Expected expected)
      throws IOException {
    String type = judge.judge(key, declared, gauge, opener, expected);
    return store(key, type, gauge, opener, AssetAttributes.NONE, rules.existing());
  }

  /** Stores bytes that have been judged; the store fails if it is given others. */
  AssetInfo store(
      AssetKey key,
      String type,
      Gauge gauge,
      AssetSource.Opener opener,
      AssetAttributes attributes,
      Existing existing)
      throws IOException {
    AssetSource source =
        AssetSource.of(() -> new VerifiedStream(opener.open(), gauge), gauge.length(), type);
    try {
      if (existing == Existing.REPLACE) {
        return originals.put(key, source, attributes);
      }
      Optional<AssetInfo> stored = originals.putIfAbsent(key, source, attributes);
      return stored.isPresent() ? stored.get() : there(key, gauge);
    } catch (IOException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof VerifiedStream.ChangedException) {
          throw new IngestException(
              IngestReason.SOURCE_CHANGED,
              "the source of " + key + " changed while it was taken in; nothing was stored",
              e);
        }
      }
      throw e;
    }
  }

  /** A store may answer "taken" to its own lost write, so what counts is what is there. */
  private AssetInfo there(AssetKey key, Gauge gauge) throws IOException {
    return originals
        .stat(key)
        .filter(info -> info.version().equals(gauge.sha256()))
        .orElseThrow(
            () ->
                new IngestException(
                    IngestReason.ALREADY_THERE,
                    key + " holds another asset already, which is kept; choose another key"));
  }
}
