package dev.rendition.local.engine;

import dev.rendition.local.jpeg.JpegSettings;
import dev.rendition.local.resample.RowResampler;
import dev.rendition.local.resample.Window;
import dev.rendition.recipe.Encoding;
import dev.rendition.recipe.Operation;
import dev.rendition.recipe.PixelSize;
import java.util.List;

/**
 * Works out what the pixel operations and the encoder of one job hold at most beside the pixels the
 * job starts from: it walks through the operations as {@link PixelSteps} does, with sizes in place
 * of pixels.
 */
final class Finishing {
  /** Tables, and the boxes and cells that find a palette. */
  private static final long GIF_TABLES = 3 << 20;

  /**
   * Bytes per pixel of a GIF: what was seen, what waits, what comes and a piece of it, four bytes
   * each; indices; and codes of at most 12 bits.
   */
  private static final double GIF = 4 * 4 + 1 + 1.5;

  /** Bytes per pixel of an image for a plug-in, and of what plug-ins are seen to hold. */
  private static final long PLUGIN = 24;

  /** Two copies and a result as floats. */
  private static final long BLUR = 3 * Float.BYTES;

  /** Numbers to and fro, and as much again for the operation itself. */
  private static final long CUSTOM = 6 * Integer.BYTES;

  private final List<Operation> operations;
  private PixelSize size;
  private int planes;
  private long held;
  private long most;

  private Finishing(Job job, int planes) {
    this.operations = job.spec().recipe().operations();
    this.size = job.geometry().size();
    this.planes = planes;
  }

  /**
   * Returns bytes, the encoded result included.
   *
   * @param planes of the picture the job starts from, alpha counted
   */
  static long bytes(Job job, int planes) {
    Finishing finishing = new Finishing(job, planes);
    finishing.walk(job);
    long encoding = finishing.encoding(job.encoding(), job.isPlainJpeg());
    return Math.max(finishing.most, finishing.held + encoding);
  }

  /** Returns the most pixels the job has at a time: those it starts from, or a later result. */
  static long pixels(Job job) {
    Finishing finishing = new Finishing(job, 1);
    finishing.walk(job);
    return Math.max(job.geometry().size().pixels(), finishing.size.pixels());
  }

  private void walk(Job job) {
    Geometry geometry = job.geometry();
    finish(geometry);
    int next = geometry.next();
    while (next < operations.size()) {
      Geometry further;
      try {
        further = Geometry.fold(size, geometry.focus(), operations, next);
      } catch (StepException e) {
        // The job fails here, and says so when it comes here.
        return;
      }
      if (further.next() > next) {
        resample(further);
        finish(further);
        geometry = further;
        next = further.next();
      } else {
        step(operations.get(next));
        next++;
      }
    }
  }

  /** Takes a step that turns what is held into another picture. */
  private void become(PixelSize to, int toPlanes, long working) {
    long made = to.pixels() * toPlanes;
    most = Math.max(most, held + made + working);
    held = made;
    size = to;
    planes = toPlanes;
  }

  private void finish(Geometry geometry) {
    if (geometry.finish() instanceof Geometry.Finish.Pad pad) {
      become(pad.ground(), withAlpha(), size.pixels());
    } else if (geometry.finish() instanceof Geometry.Finish.Entropy entropy) {
      become(entropy.size(), planes, size.pixels());
    }
  }

  private void resample(Geometry geometry) {
    if (geometry.isIdentity(size)) {
      return;
    }
    Window window = geometry.turn().stored(geometry.window(), size.width(), size.height());
    boolean turned = geometry.turn().transposes();
    PixelSize to = geometry.size();
    long rows =
        RowResampler.bytesAtMost(
            size.width(),
            size.height(),
            window,
            turned ? to.height() : to.width(),
            turned ? to.width() : to.height());
    become(to, planes, planes * (rows + 64L * size.width()));
  }

  private void step(Operation operation) {
    long pixels = size.pixels();
    if (operation instanceof Operation.Background) {
      become(size, withAlpha() == planes ? 3 : planes, 2 * pixels);
    } else if (operation instanceof Operation.Grey) {
      // The alpha plane is shared.
      become(size, planes > 2 ? planes - 2 : planes, pixels);
    } else if (operation instanceof Operation.Blur || operation instanceof Operation.Sharpen) {
      become(size, planes, BLUR * pixels);
    } else if (operation instanceof Operation.Watermark) {
      become(size, coloured(), 2 * pixels);
    } else {
      become(size, 4, CUSTOM * pixels);
    }
  }

  private int withAlpha() {
    return planes % 2 == 0 ? planes : planes + 1;
  }

  private int coloured() {
    return planes <= 2 ? planes + 2 : planes;
  }

  private long encoding(Encoding encoding, boolean planesAreThere) {
    long pixels = size.pixels();
    if (encoding instanceof Encoding.Jpeg jpeg) {
      // Luma and colour differences, after what shows through was filled.
      JpegSettings settings = TargetWriter.settings(jpeg);
      int width = size.width();
      int height = size.height();
      boolean grey = planes == 1;
      long colours = jpeg.fullChroma() ? 2 * pixels : pixels / 2 + width + height;
      long samples = grey ? pixels : pixels + colours;
      long before = planesAreThere ? 0 : samples + 3 * pixels;
      return before
          + 2 * samples
          + (grey
              ? settings.greyScratchBytes(width, height)
              : settings.scratchBytes(width, height));
    } else if (encoding instanceof Encoding.Png) {
      // What deflate cannot shrink it stores, with a few bytes for each piece.
      long rows = 24L * size.width() + size.height();
      return pixels * planes + pixels * planes / 64 + rows;
    } else if (encoding instanceof Encoding.Gif) {
      return (long) (GIF * pixels) + GIF_TABLES + 2 * pixels;
    }
    return PLUGIN * pixels;
  }
}
