package dev.rendition.recipe;

import java.util.Locale;

/**
 * Which part of a picture is kept, or where it is put, when the room and the picture differ in
 * shape.
 */
public enum Gravity {
  /** The middle. */
  CENTER,
  /** The middle of the top edge. */
  N,
  /** The top right corner. */
  NE,
  /** The middle of the right edge. */
  E,
  /** The bottom right corner. */
  SE,
  /** The middle of the bottom edge. */
  S,
  /** The bottom left corner. */
  SW,
  /** The middle of the left edge. */
  W,
  /** The top left corner. */
  NW,
  /** Around the focal point of the request; the middle when the request has none. */
  FOCUS,
  /** Where the picture holds most detail. */
  ENTROPY;

  /** Returns the word used in recipes. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
