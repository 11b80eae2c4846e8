package dev.rendition.local.engine;

import dev.rendition.local.gif.GifEncoder;
import dev.rendition.local.gif.GifSettings;
import dev.rendition.local.resample.RowResampler;
import dev.rendition.local.resample.Scratch;
import dev.rendition.local.resample.Window;
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
  /** The most bits of the code of a pixel. */
  private static final long CODE_BITS = 12;

  /** Bytes of a frame's palette and headers. */
  private static final long COLOURS = 800;

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

  /**
   * Refuses a result that has more pixels in all its frames than a source may have.
   *
   * @throws StepException {@code LIMIT_EXCEEDED}
   */
  static void check(PortableSource source, Job job, SourceLimits limits) {
    limits.checkResult(Finishing.pixels(job), source.header().frames());
  }

  /** Returns an upper bound of the heap a job takes, its result included. */
  static long need(PortableSource source, Job job) {
    long pixels = Finishing.pixels(job);
    int planes = source.planesAtMost();
    PixelSize stored = source.stored();
    PixelSize size = job.geometry().size();
    Window whole = Window.whole(stored.width(), stored.height());
    long rows =
        RowResampler.bytesAtMost(
            stored.width(), stored.height(), whole, size.width(), size.height());
    return source.memoryHeld()
        + source.memoryToOpen()
        + stored.pixels() * CANVAS
        + planes * (size.pixels() + rows + 64L * stored.width())
        + Finishing.bytes(job, planes)
        + pixels * source.header().frames() * CODE_BITS / Byte.SIZE
        + COLOURS * source.header().frames();
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
    encoder.add(Colours.toRgb(first).allPlanes(), frame.delayMillis() / MILLIS_PER_TICK);
    while (frames.hasNext()) {
      cancellation.check();
      frame = frames.next();
      encoder.add(
          Colours.toRgb(made(frame.picture(), job.geometry(), operations)).allPlanes(),
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
