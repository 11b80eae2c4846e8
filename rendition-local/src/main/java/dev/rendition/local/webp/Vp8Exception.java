package dev.rendition.local.webp;

/** Tells that the bytes are no VP8 key frame, or end too early. */
public final class Vp8Exception extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Vp8Exception(String what) {
    super(what);
  }
}
