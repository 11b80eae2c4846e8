package dev.rendition.local.engine;

import dev.rendition.local.icc.LabColours;
import dev.rendition.local.raster.Plane;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives the channels of a Photoshop file their meaning. */
final class PsdColours {
  private PsdColours() {}

  static Picture picture(PsdHeader psd, int width, int height, byte[][] channels) {
    byte[] alpha = psd.transparency ? channels[psd.colours()] : null;
    byte[] icc = psd.icc;
    return switch (psd.mode) {
      case PsdHeader.BITMAP, PsdHeader.GREY, PsdHeader.DUOTONE ->
          make(Picture.Kind.GREY, width, height, channels, alpha, icc);
      case PsdHeader.INDEXED -> indexed(psd, width, height, channels[0]);
      case PsdHeader.CMYK -> {
        invert(channels, 4);
        yield make(Picture.Kind.CMYK, width, height, channels, alpha, icc);
      }
      case PsdHeader.LAB -> {
        LabColours.toSrgb(channels[0], channels[1], channels[2]);
        yield make(Picture.Kind.RGB, width, height, channels, alpha, null);
      }
      case PsdHeader.MULTICHANNEL ->
          psd.colours() == 1
              ? make(Picture.Kind.GREY, width, height, channels, alpha, null)
              : make(Picture.Kind.RGB, width, height, channels, alpha, null);
      default -> make(Picture.Kind.RGB, width, height, channels, alpha, icc);
    };
  }

  private static void invert(byte[][] channels, int count) {
    for (int c = 0; c < count; c++) {
      for (int i = 0; i < channels[c].length; i++) {
        channels[c][i] = (byte) ~channels[c][i];
      }
    }
  }

  private static Picture indexed(PsdHeader psd, int width, int height, byte[] indices) {
    Palette palette = new Palette();
    for (int i = 0; i < 256; i++) {
      palette.set(i, psd.palette[i], psd.palette[256 + i], psd.palette[512 + i]);
    }
    int clear = psd.transparentIndex;
    if (clear >= 0 && clear < 256) {
      palette.alpha[clear] = 0;
    }
    Canvas canvas = new Canvas(Picture.Kind.RGB, width, height, clear >= 0);
    for (int i = 0; i < indices.length; i++) {
      palette.put(canvas, i, indices[i] & 0xff);
    }
    return canvas.toPicture(psd.icc);
  }

  private static Picture make(
      Picture.Kind kind,
      int width,
      int height,
      byte[][] channels,
      byte @Nullable [] alpha,
      byte @Nullable [] icc) {
    List<Plane> planes = new ArrayList<>();
    for (int c = 0; c < kind.planes(); c++) {
      if (alpha != null && kind != Picture.Kind.CMYK) {
        removeWhite(channels[c], alpha);
      }
      planes.add(new Plane(width, height, channels[c]));
    }
    return new Picture(kind, planes, alpha == null ? null : new Plane(width, height, alpha), icc);
  }

  /** Photoshop blends the composite with white: {@code stored = c * a + white * (1 - a)}. */
  private static void removeWhite(byte[] colour, byte[] alpha) {
    for (int i = 0; i < colour.length; i++) {
      int a = alpha[i] & 0xff;
      if (a > 0 && a < 255) {
        int v = ((colour[i] & 0xff) - (255 - a)) * 255;
        colour[i] = (byte) Math.max(0, Math.min(255, (v + a / 2) / a));
      }
    }
  }
}
