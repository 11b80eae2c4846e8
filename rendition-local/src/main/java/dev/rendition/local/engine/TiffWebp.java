package dev.rendition.local.engine;

import java.io.IOException;

/** TIFF whose strips or tiles are WebP files: compression 50001, as libtiff defines it. */
final class TiffWebp {
  /** Bytes of heap for each pixel of a strip: the most that {@link WebpProbe} announces. */
  static final int BYTES_PER_PIXEL = 24;

  private static final int RGB = 2;

  private TiffWebp() {}

  static Picture read(SourceBytes source, SourceHeader header, Cancellation cancellation)
      throws IOException {
    TiffDirectory directory = TiffDirectory.read(source);
    long samples = directory.value(TiffDirectory.SAMPLES, 1);
    boolean known =
        (samples == 3 || samples == 4)
            && directory.value(TiffDirectory.PLANES, 1) == 1
            && directory.value(TiffDirectory.PHOTOMETRIC, RGB) == RGB;
    if (!known) {
      throw StepException.notSupported(
          "TIFF: WebP inside of it is read as RGB of 3 or 4 samples only; save it otherwise");
    }
    Canvas canvas = new Canvas(Picture.Kind.RGB, header.width(), header.height(), samples == 4);
    for (TiffDirectory.Piece piece : directory.pieces(header.width(), header.height())) {
      cancellation.check();
      SourceBytes bytes = new SlicedBytes(source, piece.start(), piece.length());
      SourceHeader inner = SourceProbe.probe(bytes);
      if (inner.format() != SourceFormat.WEBP
          || inner.animated()
          || inner.width() != piece.width()
          || inner.height() != piece.height()) {
        throw StepException.damaged(
            "TIFF: a strip of "
                + piece.width()
                + " x "
                + piece.height()
                + " pixels is no WebP picture of that size");
      }
      place(WebpReader.read(bytes, inner, cancellation), canvas, piece);
    }
    Picture picture = canvas.toPicture(SourceReader.bytes(header.iccProfile()));
    if (canvas.alpha != null && directory.value(TiffDirectory.EXTRA_SAMPLES, 2) == 1) {
      TiffReader.unmultiply(picture);
    }
    return picture;
  }

  private static void place(Picture part, Canvas canvas, TiffDirectory.Piece piece) {
    int columns = Math.min(part.width(), canvas.width - piece.x());
    int rows = Math.min(part.height(), canvas.height - piece.y());
    for (int y = 0; y < rows; y++) {
      int from = y * part.width();
      int to = (piece.y() + y) * canvas.width + piece.x();
      for (int c = 0; c < 3; c++) {
        byte[] samples = part.planes().get(c).samples();
        System.arraycopy(samples, from, canvas.samples[c], to, columns);
      }
      if (canvas.alpha != null && part.alpha().isPresent()) {
        System.arraycopy(part.alpha().get().samples(), from, canvas.alpha, to, columns);
      } else if (canvas.alpha != null) {
        java.util.Arrays.fill(canvas.alpha, to, to + columns, (byte) 255);
      }
    }
  }
}
