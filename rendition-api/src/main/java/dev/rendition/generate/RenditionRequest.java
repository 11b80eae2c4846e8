package dev.rendition.generate;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetKey;
import dev.rendition.recipe.FocalPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything a backend needs to make the renditions of one original; it needs no configuration of
 * the caller's.
 *
 * @param source the original's key
 * @param sourceVersion the {@link dev.rendition.asset.AssetInfo#version()} the targets were
 *     computed for: a generator that finds another answers {@link FailureReason#SOURCE_CHANGED};
 *     empty to take what is there
 * @param specs 1 to {@value #MAX_SPECS}, each with a target of its own, none of them the source
 * @param focus what recipes with the gravity {@code focus} keep in sight
 * @param deadline when the answer is no longer wanted; work stops then
 * @param mode what happens where a target exists
 * @param cacheControl the cache-control the renditions are stored with; empty for none
 */
public record RenditionRequest(
    AssetKey source,
    String sourceVersion,
    List<RenditionSpec> specs,
    FocalPoint focus,
    Instant deadline,
    WriteMode mode,
    String cacheControl) {
  /** The most renditions in one request. */
  public static final int MAX_SPECS = 200;

  /** How long a request may take that names no deadline. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  public RenditionRequest {
    requireNonNull(source, "source");
    requireNonNull(focus, "focus");
    requireNonNull(deadline, "deadline");
    requireNonNull(mode, "mode");
    if (!sourceVersion.matches("|[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "a source version is empty or 64 lower-case hex digits, had "
              + sourceVersion.length()
              + " characters");
    }
    specs = List.copyOf(specs);
    if (specs.isEmpty() || specs.size() > MAX_SPECS) {
      throw new IllegalArgumentException(
          "a request has 1.." + MAX_SPECS + " specs, had " + specs.size());
    }
    Set<AssetKey> targets = new HashSet<>();
    for (RenditionSpec spec : specs) {
      if (spec.target().equals(source)) {
        throw new IllegalArgumentException("a spec writes over the source, " + source);
      }
      if (!targets.add(spec.target())) {
        throw new IllegalArgumentException("two specs write to one target, " + spec.target());
      }
    }
    cacheControl = AssetAttributes.cacheControl(cacheControl).cacheControl();
  }

  /**
   * Returns a request for the source as it is found, centred, within {@link #DEFAULT_TIMEOUT} of
   * now, replacing what is there.
   */
  public static RenditionRequest of(AssetKey source, List<RenditionSpec> specs) {
    return new RenditionRequest(
        source,
        "",
        specs,
        FocalPoint.CENTER,
        Instant.now().plus(DEFAULT_TIMEOUT),
        WriteMode.REPLACE,
        "");
  }

  /** Returns a request of one spec; see {@link #of(AssetKey, List)}. */
  public static RenditionRequest of(AssetKey source, RenditionSpec spec) {
    return of(source, List.of(spec));
  }

  /** Returns this request for one version of the source only. */
  public RenditionRequest ofVersion(String version) {
    return new RenditionRequest(source, version, specs, focus, deadline, mode, cacheControl);
  }

  /** Returns this request around another focal point. */
  public RenditionRequest around(FocalPoint point) {
    return new RenditionRequest(source, sourceVersion, specs, point, deadline, mode, cacheControl);
  }

  /** Returns this request with another deadline. */
  public RenditionRequest before(Instant moment) {
    return new RenditionRequest(source, sourceVersion, specs, focus, moment, mode, cacheControl);
  }

  /** Returns this request with another write mode. */
  public RenditionRequest writing(WriteMode other) {
    return new RenditionRequest(source, sourceVersion, specs, focus, deadline, other, cacheControl);
  }

  /** Returns this request with another cache-control. */
  public RenditionRequest cachedAs(String other) {
    return new RenditionRequest(source, sourceVersion, specs, focus, deadline, mode, other);
  }
}
