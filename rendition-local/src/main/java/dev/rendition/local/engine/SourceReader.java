package dev.rendition.local.engine;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decodes sources in the portable lane: ours for PNG, GIF, BMP, PSD; the readers of TwelveMonkeys
 * for TIFF, WebP and the kinds of JPEG that have no decoder of ours.
 *
 * <p>The picture is as stored: the orientation of the header is not yet applied, and its profile is
 * handed on. Safe for use by many threads.
 */
public final class SourceReader {
  /** Windows, rows, tables, and what the foreign readers keep beside the pixels. */
  private static final long FIXED_BYTES = 2 << 20;

  private SourceReader() {}

  /**
   * Decodes the first frame; of an animation, its whole canvas.
   *
   * @param header of the same source; check it against {@link SourceLimits} before
   * @param cancellation asked while decoding
   * @throws StepException if the pixels cannot be decoded
   * @throws IOException if the source itself cannot be read
   */
  public static Picture read(SourceBytes source, SourceHeader header, Cancellation cancellation)
      throws IOException {
    requireNonNull(source, "source");
    requireNonNull(header, "header");
    requireNonNull(cancellation, "cancellation");
    return Boundary.guard(
        header.format(), cancellation, () -> readFirst(source, header, cancellation));
  }

  /**
   * Returns an upper bound of the heap that {@link #read} takes, in bytes, its result included. The
   * encoded bytes are not: see {@link SourceBytes#heapBytes}.
   */
  public static long memoryNeeded(SourceHeader header) {
    long pixels = (long) header.width() * header.height();
    return FIXED_BYTES + header.workingBytes() + (long) (pixels * header.bytesPerPixel());
  }

  /** Returns all frames of an animation, or the one picture of any other source. */
  public static FrameReader frames(
      SourceBytes source, SourceHeader header, Cancellation cancellation) throws IOException {
    if (header.format() == SourceFormat.GIF) {
      GifReader gif = new GifReader(source, header, cancellation);
      return new FrameReader() {
        @Override
        public boolean hasNext() {
          return gif.hasNext();
        }

        @Override
        public int plays() {
          return gif.plays();
        }

        @Override
        public Frame next() throws IOException {
          return Boundary.guard(SourceFormat.GIF, cancellation, gif::next);
        }
      };
    }
    return new OneFrame(source, header, cancellation);
  }

  private static Picture readFirst(SourceBytes source, SourceHeader header, Cancellation stop)
      throws IOException {
    return switch (header.format()) {
      case PNG -> PngReader.read(source, header, stop);
      case GIF -> new GifReader(source, header, stop).next().picture();
      case BMP -> BmpReader.read(source, header, stop);
      case PSD -> PsdReader.read(source, header, stop);
      case JPEG -> JpegReader.read(source, header, stop);
      case TIFF -> TiffReader.read(source, header, stop);
      case WEBP -> WebpReader.read(source, header, stop);
      default ->
          throw StepException.notSupported(header.format().displayName() + ": no decoder is here");
    };
  }

  static byte @Nullable [] bytes(Optional<ByteBuffer> buffer) {
    if (buffer.isEmpty()) {
      return null;
    }
    byte[] bytes = new byte[buffer.get().remaining()];
    buffer.get().duplicate().get(bytes);
    return bytes;
  }

  private static final class OneFrame implements FrameReader {
    private final SourceBytes source;
    private final SourceHeader header;
    private final Cancellation cancellation;
    private boolean done;

    OneFrame(SourceBytes source, SourceHeader header, Cancellation cancellation) {
      this.source = source;
      this.header = header;
      this.cancellation = cancellation;
    }

    @Override
    public boolean hasNext() {
      return !done;
    }

    @Override
    public Frame next() throws IOException {
      if (done) {
        throw new NoSuchElementException("there is only one frame");
      }
      done = true;
      return new Frame(read(source, header, cancellation), 0);
    }
  }
}
