package dev.rendition.local.engine;

import dev.rendition.local.icc.ToSrgb;
import java.util.Optional;

/**
 * Brings a picture to sRGB, best after it has been made small. A picture without a profile, or with
 * one that is damaged or made for other pictures, is taken as it is; CMYK always becomes RGB.
 */
public final class SrgbConversion {
  private SrgbConversion() {}

  /**
   * Returns the picture in sRGB, or in grey with the tone curve of sRGB. The samples of {@code
   * picture} are overwritten and belong to the result.
   */
  public static Picture apply(Picture picture) {
    Optional<ToSrgb> way =
        picture.iccProfile().flatMap(profile -> ToSrgb.of(profile, picture.kind().planes()));
    if (picture.kind() == Picture.Kind.CMYK) {
      way.orElseGet(ToSrgb::fromPlainCmyk).apply(picture.planes());
      return new Picture(
          Picture.Kind.RGB, picture.planes().subList(0, 3), picture.alpha().orElse(null), null);
    }
    way.ifPresent(to -> to.apply(picture.planes()));
    return new Picture(picture.kind(), picture.planes(), picture.alpha().orElse(null), null);
  }
}
