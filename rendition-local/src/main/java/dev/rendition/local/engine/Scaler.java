package dev.rendition.local.engine;

/** Who scales pictures. */
public enum Scaler {
  /** Our resampler: Lanczos, streaming, the same bytes everywhere. */
  OURS,
  /** imgscalr, on whole pictures in memory. */
  IMGSCALR
}
