package dev.rendition.generate;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.MediaType;
import dev.rendition.recipe.PixelSize;
import java.time.Duration;
import java.util.List;

/** What became of one spec: stored or failed. */
public sealed interface RenditionOutcome {
  /** Returns what was asked for. */
  RenditionSpec spec();

  /**
   * Returns remarks for people, in no fixed form: what the engine did and why, what it tolerated in
   * the source. At most a few short lines.
   */
  List<String> trace();

  /**
   * The rendition is in its store.
   *
   * @param spec what was asked for
   * @param size the rendition's width and height
   * @param mediaType what it is encoded as
   * @param bytes its length
   * @param version its {@link dev.rendition.asset.AssetInfo#version()}
   * @param created whether this request wrote it; else it was there
   * @param elapsed the time spent on this rendition alone, reading the source not counted
   * @param trace remarks
   */
  record Stored(
      RenditionSpec spec,
      PixelSize size,
      String mediaType,
      long bytes,
      String version,
      boolean created,
      Duration elapsed,
      List<String> trace)
      implements RenditionOutcome {
    public Stored {
      requireNonNull(spec, "spec");
      requireNonNull(size, "size");
      requireNonNull(version, "version");
      requireNonNull(elapsed, "elapsed");
      mediaType = MediaType.require(mediaType);
      trace = List.copyOf(trace);
      if (bytes < 1) {
        throw new IllegalArgumentException("a rendition has 1 byte or more, was " + bytes);
      }
    }
  }

  /**
   * The rendition could not be made; nothing was written under its key.
   *
   * @param spec what was asked for
   * @param reason why, from the closed list
   * @param detail one sentence: what, which value, what to do
   * @param trace remarks
   */
  record Failed(RenditionSpec spec, FailureReason reason, String detail, List<String> trace)
      implements RenditionOutcome {
    public Failed {
      requireNonNull(spec, "spec");
      requireNonNull(reason, "reason");
      requireNonNull(detail, "detail");
      trace = List.copyOf(trace);
    }

    /** A failure without remarks. */
    public Failed(RenditionSpec spec, FailureReason reason, String detail) {
      this(spec, reason, detail, List.of());
    }

    /** Returns whether the same request may succeed later without anybody changing anything. */
    public boolean retryable() {
      return reason.retryable();
    }
  }
}
