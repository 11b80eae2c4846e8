package dev.rendition.local.engine;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.MediaType;
import dev.rendition.generate.FailureReason;
import java.io.IOException;
import java.util.Arrays;

/**
 * Tells the format of a source, its size and its colour model from its bytes alone, without
 * decoding. Safe for use by many threads.
 */
public final class SourceProbe {
  private SourceProbe() {}

  /**
   * Reads the header. It reads as little as possible: the pixels are stepped over.
   *
   * @throws StepException with {@code FORMAT_UNKNOWN}, {@code FORMAT_NOT_SUPPORTED} or {@code
   *     SOURCE_DAMAGED}; never with {@code LIMIT_EXCEEDED} unless the size does not even fit the
   *     format: {@link SourceLimits#check} does that
   * @throws IOException if the source itself cannot be read
   */
  public static SourceHeader probe(SourceBytes source) throws IOException {
    requireNonNull(source, "source");
    SourceFormat format = format(source);
    SourceHeader.Builder found =
        switch (format) {
          case JPEG -> JpegProbe.probe(source);
          case PNG -> PngProbe.probe(source);
          case GIF -> GifProbe.probe(source);
          case BMP -> BmpHeader.probe(source);
          case TIFF -> TiffProbe.probe(source);
          case PSD -> PsdHeader.probe(source);
          case WEBP -> WebpProbe.probe(source);
          default ->
              throw StepException.notSupported(
                  format.displayName()
                      + ": no decoder is installed; convert the file, or add an ImageIO reader plugin for "
                      + format.displayName());
        };
    requireSize(found);
    return found.build();
  }

  private static void requireSize(SourceHeader.Builder found) {
    String name = found.format.displayName();
    String size = found.width + " x " + found.height;
    if (found.width <= 0 || found.height <= 0) {
      throw StepException.damaged(
          name + ": the header gives " + size + " pixels; both must be 1 or more");
    }
    if (found.width > Integer.MAX_VALUE
        || found.height > Integer.MAX_VALUE
        || found.width > Long.MAX_VALUE / found.height / Math.max(1, found.frames)) {
      throw StepException.limit(
          name + ": the header gives " + size + " pixels, which nobody can decode");
    }
  }

  /**
   * Returns the format by the first bytes.
   *
   * @throws StepException with {@code FORMAT_UNKNOWN}
   */
  static SourceFormat format(SourceBytes source) throws IOException {
    byte[] head = new byte[MediaType.SIGNATURE_BYTES];
    int n = source.read(0, head, 0, head.length);
    if (n == 0) {
      throw new StepException(FailureReason.FORMAT_UNKNOWN, "0 bytes: the file is empty");
    }
    String type = MediaType.ofContent(Arrays.copyOf(head, n));
    for (SourceFormat format : SourceFormat.values()) {
      if (format.mediaType().equals(type)) {
        return format;
      }
    }
    if (type.equals("video/mp4")) {
      throw new StepException(
          FailureReason.FORMAT_UNKNOWN,
          "an ISO media file, but no AVIF or HEIC picture: films and sounds have no renditions");
    }
    String kind = type.equals(MediaType.ZIP) ? "a ZIP archive" : "not a picture";
    throw new StepException(
        FailureReason.FORMAT_UNKNOWN,
        "the first bytes are those of no picture format we know ("
            + kind
            + "): give a JPEG, PNG, GIF, BMP, TIFF, PSD or WebP file");
  }
}
