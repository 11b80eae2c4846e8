package dev.rendition.local.gif;

/**
 * How a GIF file is written.
 *
 * @param plays how often an animation is shown, 1 to 65,536; 0 for without end
 * @param dither whether a frame of more than 256 colours spreads its errors over neighbours
 *     (Floyd–Steinberg) instead of showing bands
 */
public record GifSettings(int plays, boolean dither) {
  /** Without end, dithered: bands in skies are what people notice first in a GIF. */
  public static final GifSettings DEFAULT = new GifSettings(0, true);

  public GifSettings {
    if (plays < 0 || plays > 65_536) {
      throw new IllegalArgumentException("plays must be 0..65536, was " + plays);
    }
  }
}
