package dev.rendition.ingest;

import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetNotFoundException;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.asset.MediaType;
import java.io.IOException;

/** Judges what somebody else has put into the store. Safe for use by many threads. */
final class Confirmation {
  private final AssetStore originals;
  private final IngestRules rules;
  private final Judge judge;
  private final Intake intake;

  Confirmation(AssetStore originals, IngestRules rules, Judge judge, Intake intake) {
    this.originals = originals;
    this.rules = rules;
    this.judge = judge;
    this.intake = intake;
  }

  /** Judges an upload, and stores it under a key, which may be its own. */
  AssetInfo run(AssetKey uploaded, AssetKey key, Expected expected) throws IOException {
    AssetInfo info;
    Gauge gauge = new Gauge(rules.maxBytes(), uploaded.toString());
    String type;
    try {
      try (AssetContent content = originals.open(uploaded)) {
        info = content.info();
        judge.requireLength(uploaded.toString(), info.length(), expected);
        if (info.length() <= Spool.IN_MEMORY) {
          return small(info, content, key, expected);
        }
        gauge.addAll(content.stream());
      } catch (AssetNotFoundException e) {
        throw missing(uploaded, e);
      }
      type = judge.judge(key, info.mediaType(), gauge, opener(uploaded), expected);
    } catch (IngestException e) {
      throw refused(uploaded, e);
    }
    return settle(info, type, gauge, opener(uploaded), key);
  }

  private AssetInfo small(AssetInfo info, AssetContent content, AssetKey key, Expected expected)
      throws IOException {
    try (Spool spool =
        Spool.of(
            content.stream(), rules.maxBytes(), info.key().toString(), rules.temporaryFolder())) {
      String type = judge.judge(key, info.mediaType(), spool.gauge(), spool::open, expected);
      return settle(info, type, spool.gauge(), spool::open, key);
    }
  }

  /** Moves what was accepted to its key, or corrects the type where it lies. */
  private AssetInfo settle(
      AssetInfo info, String type, Gauge gauge, AssetSource.Opener opener, AssetKey key)
      throws IOException {
    if (info.key().equals(key)) {
      return info.mediaType().equals(type)
          ? info
          : intake.store(key, type, gauge, opener, info.attributes(), Existing.REPLACE);
    }
    AssetInfo stored = intake.store(key, type, gauge, opener, info.attributes(), rules.existing());
    boolean unused = originals.delete(info.key());
    return stored;
  }

  private AssetSource.Opener opener(AssetKey uploaded) {
    return () -> originals.open(uploaded).stream();
  }

  /** Takes away what is refused for good; what may do later stays where it is. */
  private IngestException refused(AssetKey uploaded, IngestException refusal) throws IOException {
    if (refusal.retryable()
        || refusal.reason() == IngestReason.UPLOAD_MISSING
        || refusal.reason() == IngestReason.ALREADY_THERE) {
      return refusal;
    }
    if (!rules.quarantine().isEmpty()) {
      quarantine(uploaded);
    }
    boolean unused = originals.delete(uploaded);
    return refusal;
  }

  private void quarantine(AssetKey uploaded) throws IOException {
    AssetInfo info;
    try (AssetContent content = originals.open(uploaded)) {
      info = content.info();
    }
    AssetKey aside = uploaded.withPath(rules.quarantine() + "/" + uploaded.path());
    // Whatever it is, it is never served as more than bytes.
    AssetSource bytes = AssetSource.of(opener(uploaded), info.length(), MediaType.UNKNOWN);
    var unused = originals.put(aside, bytes, info.attributes());
  }

  private static IngestException missing(AssetKey uploaded, AssetNotFoundException cause) {
    return new IngestException(
        IngestReason.UPLOAD_MISSING,
        "nothing was uploaded to " + uploaded + "; upload it, then confirm again",
        cause);
  }
}
