package dev.rendition.benchmarks.candidate;

import dev.rendition.benchmarks.candidate.Target.Format;
import java.util.List;

/** What is made of every source. */
public enum Workload {
  /** One small rendition of a large JPEG. */
  W1(new Target(400, Format.JPEG)),
  /** The five renditions of a web page. */
  W2(
      new Target(1600, Format.JPEG),
      new Target(1200, Format.JPEG),
      new Target(800, Format.JPEG),
      new Target(400, Format.JPEG),
      new Target(200, Format.JPEG)),
  /** The same five of a photo that lies on its side and says so. */
  W2_TURNED(W2.targets),
  /** The same five of a photo in the colours of a wider screen. */
  W2_PROFILE(W2.targets),
  /** A PNG with alpha, and the same on white as JPEG. */
  W3(new Target(800, Format.PNG), new Target(800, Format.JPEG)),
  /** One WebP. */
  W4(new Target(800, Format.WEBP));

  // Immutable, which an analyser cannot see from the type.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Target> targets;

  Workload(Target... targets) {
    this(List.of(targets));
  }

  Workload(List<Target> targets) {
    this.targets = targets;
  }

  /** Returns the renditions, widest first. */
  public List<Target> targets() {
    return targets;
  }
}
