package dev.rendition.recipe;

/** What becomes of an animated source. */
public enum Frames {
  /** Only the first frame is made. */
  FIRST,
  /** Every frame is made, where the encoding can hold them: GIF. The others keep the first. */
  ALL
}
