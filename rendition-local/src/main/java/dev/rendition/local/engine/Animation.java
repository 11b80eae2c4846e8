package dev.rendition.local.engine;

import dev.rendition.local.gif.GifEncoder;
import dev.rendition.local.gif.GifSettings;
import dev.rendition.local.resample.Scratch;
import dev.rendition.recipe.Encoding;
import dev.rendition.recipe.Frames;
import dev.rendition.recipe.Operation;
import dev.rendition.recipe.PixelSize;
import java.io.IOException;
import java.util.List;

/**
 * Makes an animated GIF of an animated source: frame by frame, each composed on the whole canvas
 * first.
 */
final class Animation {
  /**
   * Bytes per pixel that a GIF encoder holds: three pictures of four bytes, a piece of a fourth,
   * its codes.
   */
  private static final long ENCODER = 20;

  /**
   * Bytes per pixel of the canvas: what is shown, what is kept for later, and the frame handed out.
   */
  private static final long CANVAS = 16;

  private static final int MILLIS_PER_TICK = 10;

  private final PortableSource source;
  private final Cancellation cancellation;
  private final PixelSteps steps;
  private final Scratch scratch;

  Animation(PortableSource source, Cancellation cancellation, PixelSteps steps, Scratch scratch) {
    this.source = source;
    this.cancellation = cancellation;
    this.steps = steps;
    this.scratch = scratch;
  }

  /**
   * Tells whether a job wants every frame, and there is more than one, and its encoding holds them.
   */
  static boolean wanted(Job job, LaneSource source) {
    return job.encoding() instanceof Encoding.Gif
        && job.spec().recipe().frames() == Frames.ALL
        && source instanceof PortableSource portable
        && portable.header().animated()
        && portable.format() == SourceFormat.GIF;
  }

  /** Returns an upper bound of the heap a job takes, the result aside. */
  static long need(PortableSource source, Job job) {
    PixelSize size = job.geometry().size();
    long steps = job.geometry().next() < job.spec().recipe().operations().size() ? 24 : 8;
    return source.memoryToOpen()
        + source.stored().pixels() * CANVAS
        + size.pixels() * (ENCODER + steps)
        + Math.min(size.pixels() * source.header().frames(), 64 << 20);
  }

  /**
   * Writes all frames.
   *
   * @return the size of the result
   */
  PixelSize write(Job job, Buffer to) throws IOException {
    FrameReader frames = source.frames(cancellation);
    List<Operation> operations = job.spec().recipe().operations();
    FrameReader.Frame frame = frames.next();
    Picture first = made(frame.picture(), job.geometry(), operations);
    PixelSize size = PixelSize.of(first.width(), first.height());
    GifEncoder encoder =
        GifEncoder.of(size.width(), size.height(), new GifSettings(frames.plays(), true), to);
    encoder.add(first.allPlanes(), frame.delayMillis() / MILLIS_PER_TICK);
    while (frames.hasNext()) {
      cancellation.check();
      frame = frames.next();
      encoder.add(
          made(frame.picture(), job.geometry(), operations).allPlanes(),
          frame.delayMillis() / MILLIS_PER_TICK);
    }
    encoder.finish();
    return size;
  }

  private Picture made(Picture canvas, Geometry geometry, List<Operation> operations)
      throws IOException {
    PixelSize size = PixelSize.of(canvas.width(), canvas.height());
    Picture small = geometry.isIdentity(size) ? canvas : Resampling.of(canvas, geometry, scratch);
    return steps.run(small, geometry, operations);
  }
}
