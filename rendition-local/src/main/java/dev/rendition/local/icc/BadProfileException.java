package dev.rendition.local.icc;

/** Tells that a profile cannot be used; pictures are then taken as untagged. */
final class BadProfileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadProfileException(String what) {
    super(what);
  }
}
