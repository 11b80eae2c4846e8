package dev.rendition.local.engine;

import dev.rendition.generate.FailureReason;
import dev.rendition.local.raster.Plane;
import dev.rendition.recipe.Operation;
import dev.rendition.recipe.PixelSize;
import dev.rendition.spi.ImageOperation;
import dev.rendition.spi.Pixels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Operations somebody else wrote, by name. Safe for use by many threads. */
public final class CustomOperations {
  private final Map<String, ImageOperation> byName = new HashMap<>();

  /**
   * Collects operations.
   *
   * @throws IllegalArgumentException if two have one name, or a name is none for a recipe
   */
  public CustomOperations(Collection<ImageOperation> operations) {
    for (ImageOperation operation : operations) {
      String name = new Operation.Custom(operation.name(), List.of()).name();
      if (byName.put(name, operation) != null) {
        throw new IllegalArgumentException("two operations are named " + name);
      }
    }
  }

  Picture run(Picture picture, Operation.Custom call) {
    ImageOperation operation = byName.get(call.name());
    if (operation == null) {
      throw new StepException(
          FailureReason.OPERATION_NOT_APPLICABLE,
          "there is no operation "
              + call.name()
              + " here; there are "
              + byName.keySet().stream().sorted().toList()
              + "; put its ImageOperation on the class path of the generator");
    }
    try {
      return picture(operation.apply(pixels(picture), call.arguments()));
    } catch (RuntimeException e) {
      throw new StepException(
          FailureReason.OPERATION_NOT_APPLICABLE,
          call.name() + " cannot be applied: " + e.getMessage(),
          e);
    }
  }

  private static Pixels pixels(Picture picture) {
    Picture rgb = Colours.toRgb(picture);
    PixelSize size = PixelSize.of(rgb.width(), rgb.height());
    int[] argb = new int[rgb.width() * rgb.height()];
    byte[] r = rgb.planes().get(0).samples();
    byte[] g = rgb.planes().get(1).samples();
    byte[] b = rgb.planes().get(2).samples();
    for (int i = 0; i < argb.length; i++) {
      argb[i] = 0xff000000 | (r[i] & 0xff) << 16 | (g[i] & 0xff) << 8 | (b[i] & 0xff);
    }
    rgb.alpha()
        .ifPresent(
            alpha -> {
              for (int i = 0; i < argb.length; i++) {
                argb[i] = (argb[i] & 0xffffff) | (alpha.samples()[i] & 0xff) << 24;
              }
            });
    return new Pixels(size, argb);
  }

  private static Picture picture(Pixels pixels) {
    int width = pixels.size().width();
    int height = pixels.size().height();
    List<Plane> planes = new ArrayList<>();
    boolean transparent = false;
    for (int shift = 16; shift >= -8; shift -= 8) {
      int bits = shift < 0 ? 24 : shift;
      Plane plane = Plane.ofSize(width, height);
      for (int i = 0; i < pixels.argb().length; i++) {
        plane.samples()[i] = (byte) (pixels.argb()[i] >> bits);
        transparent |= bits == 24 && plane.samples()[i] != (byte) 255;
      }
      planes.add(plane);
    }
    return new Picture(
        Picture.Kind.RGB, planes.subList(0, 3), transparent ? planes.get(3) : null, null);
  }
}
