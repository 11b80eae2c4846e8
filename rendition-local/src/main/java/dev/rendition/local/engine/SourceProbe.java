package dev.rendition.local.engine;

import static java.util.Objects.requireNonNull;

import dev.rendition.generate.FailureReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Tells the format of a source, its size and its colour model from its bytes alone, without
 * decoding. Safe for use by many threads.
 */
public final class SourceProbe {
  private static final int HEAD = 1024;

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
    byte[] head = new byte[HEAD];
    int n = source.read(0, head, 0, HEAD);
    if (n == 0) {
      throw new StepException(FailureReason.FORMAT_UNKNOWN, "0 bytes: the file is empty");
    }
    String text = new String(head, 0, n, StandardCharsets.ISO_8859_1);
    if (text.startsWith("\u00ff\u00d8\u00ff")) {
      return SourceFormat.JPEG;
    }
    if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
      return SourceFormat.PNG;
    }
    if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
      return SourceFormat.GIF;
    }
    if (text.startsWith("II*\0")
        || text.startsWith("MM\0*")
        || text.startsWith("II+\0")
        || text.startsWith("MM\0+")) {
      return SourceFormat.TIFF;
    }
    if (text.startsWith("8BPS")) {
      return SourceFormat.PSD;
    }
    if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
      return SourceFormat.WEBP;
    }
    if (text.startsWith("BM")) {
      return SourceFormat.BMP;
    }
    return withoutReader(text, n);
  }

  private static SourceFormat withoutReader(String text, int n) {
    if (text.startsWith("ftyp", 4)) {
      return isoMedia(text);
    }
    if (text.startsWith("\0\0\0\fJXL ") || text.startsWith("\u00ff\n")) {
      return SourceFormat.JPEG_XL;
    }
    if (text.startsWith("\0\0\0\fjP  ") || text.startsWith("\u00ffO\u00ffQ")) {
      return SourceFormat.JPEG_2000;
    }
    if (text.startsWith("II\u00bc\u0001")) {
      return SourceFormat.JPEG_XR;
    }
    if (n >= 22 && (text.startsWith("\0\0\1\0") || text.startsWith("\0\0\2\0"))) {
      return SourceFormat.ICO;
    }
    if (text.startsWith("%PDF-")) {
      return SourceFormat.PDF;
    }
    if (text.startsWith("v/1\u0001")) {
      return SourceFormat.OPENEXR;
    }
    if (text.startsWith("#?RADIANCE") || text.startsWith("#?RGBE")) {
      return SourceFormat.RADIANCE;
    }
    if (n > 2 && text.charAt(0) == 'P' && text.charAt(1) >= '1' && text.charAt(1) <= '7') {
      if (Character.isWhitespace(text.charAt(2))) {
        return SourceFormat.PNM;
      }
    }
    String start = text.stripLeading().toLowerCase(Locale.ROOT);
    if (start.startsWith("<svg")
        || (start.startsWith("<?xml") || start.startsWith("<!")) && start.contains("<svg")) {
      return SourceFormat.SVG;
    }
    String kind = text.startsWith("PK\u0003\u0004") ? "a ZIP archive" : "not a picture";
    throw new StepException(
        FailureReason.FORMAT_UNKNOWN,
        "the first bytes are those of no picture format we know ("
            + kind
            + "): give a JPEG, PNG, GIF, BMP, TIFF, PSD or WebP file");
  }

  /** Tells AVIF from HEIC by the brands of the first box (ISO/IEC 14496-12, 4.3). */
  private static SourceFormat isoMedia(String text) {
    int size = text.charAt(0) << 24 | text.charAt(1) << 16 | text.charAt(2) << 8 | text.charAt(3);
    int end = Math.min(text.length(), Math.max(12, size < 0 ? 0 : size));
    String brands = text.substring(8, end);
    if (brands.contains("avif") || brands.contains("avis") || brands.contains("MA1")) {
      return SourceFormat.AVIF;
    }
    if (brands.contains("hei")
        || brands.contains("hev")
        || brands.contains("mif1")
        || brands.contains("msf1")) {
      return SourceFormat.HEIC;
    }
    if (brands.startsWith("jp2") || brands.startsWith("jpx")) {
      return SourceFormat.JPEG_2000;
    }
    throw new StepException(
        FailureReason.FORMAT_UNKNOWN,
        "an ISO media file, but no AVIF or HEIC picture: films and sounds have no renditions");
  }
}
