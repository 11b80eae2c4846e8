package dev.rendition.local.engine;

import dev.rendition.generate.FailureReason;
import dev.rendition.local.raster.Plane;
import dev.rendition.local.resample.Scratch;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.Operation;
import dev.rendition.recipe.PixelSize;
import java.io.IOException;
import java.util.List;

/**
 * Runs the operations that need pixels, in order, on a picture that has its geometry behind it.
 * Later geometry is folded and resampled in memory. Not safe for use by many threads.
 */
final class PixelSteps {
  private final Scratch scratch;
  private final Overlays overlays;
  private final CustomOperations custom;
  private final Cancellation cancellation;

  PixelSteps(
      Scratch scratch, Overlays overlays, CustomOperations custom, Cancellation cancellation) {
    this.scratch = scratch;
    this.overlays = overlays;
    this.custom = custom;
    this.cancellation = cancellation;
  }

  /** Draws the pictures that watermarks lay over others. */
  @FunctionalInterface
  interface Overlays {
    /** Returns the picture of an operation at a width, upright sRGB. */
    Picture draw(Operation.Watermark watermark, int width) throws IOException;
  }

  /**
   * Returns the picture with everything done that follows a geometry.
   *
   * @param start upright sRGB of the geometry's size; its planes are not written to
   */
  Picture run(Picture start, Geometry geometry, List<Operation> operations) throws IOException {
    Picture picture = finish(start, geometry);
    FocalPoint focus = geometry.focus();
    int next = geometry.next();
    while (next < operations.size()) {
      cancellation.check();
      Operation operation = operations.get(next);
      PixelSize size = PixelSize.of(picture.width(), picture.height());
      Geometry further = Geometry.fold(size, focus, operations, next);
      if (further.next() > next) {
        // In two steps, so that nobody holds three pictures at a time.
        picture = further.isIdentity(size) ? picture : Resampling.of(picture, further, scratch);
        picture = finish(picture, further);
        focus = further.focus();
        next = further.next();
      } else {
        picture = step(picture, operation);
        next++;
      }
    }
    return picture;
  }

  private Picture finish(Picture picture, Geometry geometry) {
    if (geometry.finish() instanceof Geometry.Finish.Pad pad) {
      return Padding.around(picture, pad);
    } else if (geometry.finish() instanceof Geometry.Finish.Entropy entropy) {
      return EntropyCrop.of(picture, entropy.size());
    }
    return picture;
  }

  /**
   * One case for each operation that is no geometry; a test holds this list against the sealed
   * interface.
   */
  private Picture step(Picture picture, Operation operation) throws IOException {
    if (operation instanceof Operation.Background background) {
      return Flatten.on(picture, background.colour());
    } else if (operation instanceof Operation.Grey) {
      return Colours.toGrey(picture);
    } else if (operation instanceof Operation.Sharpen sharpen) {
      return Gaussian.sharpened(picture, sharpen.amount());
    } else if (operation instanceof Operation.Blur blur) {
      return Gaussian.blurred(picture, blur.sigma());
    } else if (operation instanceof Operation.Watermark watermark) {
      int width = Math.max(1, (int) Math.round(picture.width() * watermark.width() / 100.0));
      return Composite.over(picture, overlays.draw(watermark, width), watermark);
    } else if (operation instanceof Operation.Custom call) {
      return custom.run(picture, call);
    }
    throw new StepException(
        FailureReason.INTERNAL,
        "no step for the operation " + operation.getClass().getSimpleName());
  }

  /** Returns a plane of the same size with other samples. */
  static Plane like(Plane plane, byte[] samples) {
    return new Plane(plane.width(), plane.height(), samples);
  }
}
