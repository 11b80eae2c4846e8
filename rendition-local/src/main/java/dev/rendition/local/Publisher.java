package dev.rendition.local;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionMetadata;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.generate.WriteMode;
import dev.rendition.local.engine.Encoded;
import dev.rendition.recipe.PixelSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Writes the renditions of one request into their store, and turns whatever the store does into an
 * outcome. One spec's trouble stays with that spec.
 */
final class Publisher {
  private final AssetStore store;
  private final RenditionRequest request;
  private final LongAdder nanos = new LongAdder();

  Publisher(AssetStore store, RenditionRequest request) {
    this.store = store;
    this.request = request;
  }

  /** Writes a rendition as the request's mode says. */
  RenditionOutcome publish(RenditionSpec spec, Encoded encoded, String sourceVersion) {
    long begin = System.nanoTime();
    try {
      return write(spec, encoded, sourceVersion);
    } finally {
      nanos.add(System.nanoTime() - begin);
    }
  }

  /** Returns the nanoseconds spent on writing until now. */
  long nanos() {
    return nanos.sum();
  }

  private RenditionOutcome write(RenditionSpec spec, Encoded encoded, String sourceVersion) {
    try {
      AssetSource bytes = AssetSource.of(encoded::open, encoded.length(), encoded.mediaType());
      AssetAttributes attributes =
          RenditionMetadata.of(
              request.cacheControl(), spec.recipe(), sourceVersion, encoded.size());
      if (request.mode() == WriteMode.REPLACE) {
        return created(spec, encoded, store.put(spec.target(), bytes, attributes));
      }
      Optional<AssetInfo> fresh = store.putIfAbsent(spec.target(), bytes, attributes);
      return fresh.isPresent() ? created(spec, encoded, fresh.get()) : taken(spec, encoded);
    } catch (IOException | RuntimeException e) {
      return failed(spec, "written", e);
    }
  }

  /**
   * Returns the outcome of a spec whose target holds a rendition already. Empty if the target holds
   * nothing, or an asset without our metadata: it may have lost them in a backup, so it is made
   * again and compared.
   */
  Optional<RenditionOutcome> lookUp(RenditionSpec spec) {
    try {
      return store
          .stat(spec.target())
          .flatMap(info -> sizeOf(info).map(size -> existing(spec, info, size, List.of())));
    } catch (IOException | RuntimeException e) {
      return Optional.of(failed(spec, "looked at", e));
    }
  }

  private RenditionOutcome taken(RenditionSpec spec, Encoded encoded) throws IOException {
    // A store may also answer "taken" to its own lost write, so what counts is what is there.
    Optional<AssetInfo> there = store.stat(spec.target());
    if (there.isEmpty()) {
      return new RenditionOutcome.Failed(
          spec,
          FailureReason.STORE_FAILED,
          "the target " + spec.target() + " was deleted while it was written; ask again",
          encoded.trace());
    }
    AssetInfo info = there.get();
    Optional<PixelSize> size = sizeOf(info);
    if (size.isPresent()) {
      return existing(spec, info, size.get(), encoded.trace());
    }
    return info.version().equals(version(encoded))
        ? existing(spec, info, encoded.size(), encoded.trace())
        : new RenditionOutcome.Failed(
            spec,
            FailureReason.REQUEST_INVALID,
            "the target "
                + spec.target()
                + " holds an asset that was not made here; delete it, choose another key,"
                + " or ask with the write mode REPLACE",
            encoded.trace());
  }

  private static Optional<PixelSize> sizeOf(AssetInfo info) {
    return info.length() > 0 ? RenditionMetadata.size(info) : Optional.empty();
  }

  private static String version(Encoded encoded) throws IOException {
    MessageDigest digest = Hashes.sha256();
    try (InputStream in = new DigestInputStream(encoded.open(), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static RenditionOutcome created(RenditionSpec spec, Encoded encoded, AssetInfo info) {
    return new RenditionOutcome.Stored(
        spec,
        encoded.size(),
        info.mediaType(),
        info.length(),
        info.version(),
        true,
        encoded.elapsed(),
        encoded.trace());
  }

  private static RenditionOutcome existing(
      RenditionSpec spec, AssetInfo info, PixelSize size, List<String> trace) {
    return new RenditionOutcome.Stored(
        spec, size, info.mediaType(), info.length(), info.version(), false, Duration.ZERO, trace);
  }

  private static RenditionOutcome failed(RenditionSpec spec, String verb, Exception problem) {
    if (problem instanceof IOException || problem instanceof UncheckedIOException) {
      return new RenditionOutcome.Failed(
          spec,
          FailureReason.STORE_FAILED,
          "the target " + spec.target() + " could not be " + verb + ": " + Defect.text(problem));
    }
    return new RenditionOutcome.Failed(
        spec,
        FailureReason.INTERNAL,
        "the store broke its own rules for " + spec.target() + ": " + Defect.text(problem));
  }
}
