package dev.rendition.local.engine;

/**
 * How the pixels of a source are stored.
 *
 * @param space the colour space of the stored samples, before any conversion
 * @param bits of one sample, 1 to 64; of one index if indexed
 * @param indexed whether the samples are numbers of palette entries
 * @param alpha whether there is transparency: a channel, or one transparent colour
 */
public record ColourModel(Space space, int bits, boolean indexed, boolean alpha) {
  /** The colour spaces that sources store. */
  public enum Space {
    GREY,
    RGB,
    YCBCR,
    CMYK,
    YCCK,
    LAB,
    OTHER
  }

  @Override
  public String toString() {
    return space.name().toLowerCase(java.util.Locale.ROOT)
        + (alpha ? "+alpha " : " ")
        + bits
        + " bit"
        + (indexed ? " indexed" : "");
  }
}
