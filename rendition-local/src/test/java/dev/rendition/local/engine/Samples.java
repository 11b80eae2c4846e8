package dev.rendition.local.engine;

import java.util.Base64;

/** Smallest files of formats that no test can draw. */
final class Samples {
  /** One pixel: a container around a VP8 key frame of 22 bytes. */
  static final byte[] LOSSY_WEBP =
      Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");

  private Samples() {}
}
