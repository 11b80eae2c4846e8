package dev.rendition.local.jpeg;

/** What the planes of a JPEG picture mean. */
public enum JpegColour {
  /** One plane of grey. */
  GREY,
  /** Luma and two colour differences, of ITU-R BT.601 in full range (JFIF 1.02). */
  YCBCR,
  /** Red, green and blue. */
  RGB,
  /** Four inks, not decoded here. */
  CMYK,
  /** Four inks of which three are coded as luma and colour differences, not decoded here. */
  YCCK,
  /** A number of planes without an agreed meaning, not decoded here. */
  UNKNOWN
}
