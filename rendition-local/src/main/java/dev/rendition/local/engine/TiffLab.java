package dev.rendition.local.engine;

import dev.rendition.local.icc.LabColours;
import java.awt.image.BufferedImage;
import java.io.IOException;

/**
 * CIE L*a*b* in a TIFF. The foreign reader would turn it into sRGB by a formula that is a few
 * levels off, so it is shown the file as if it were RGB and hands over the samples as stored.
 */
final class TiffLab {
  private static final int PHOTOMETRIC = 262;
  private static final int CIE_LAB = 8;
  private static final int ICC_LAB = 9;
  private static final int RGB = 2;

  private final SourceBytes bytes;
  private final int kind;

  private TiffLab(SourceBytes bytes, int kind) {
    this.bytes = bytes;
    this.kind = kind;
  }

  static TiffLab of(SourceBytes source, SourceHeader header) throws IOException {
    if (header.colour().space() != ColourModel.Space.LAB) {
      return new TiffLab(source, 0);
    }
    ByteCursor in = new ByteCursor(source, "TIFF");
    boolean little = in.u16() == 0x4949;
    in.littleEndian(little);
    boolean big = in.u16() == 43;
    in.seek(big ? 8 : 4);
    in.seek(big ? in.i64() : in.u32());
    long entries = big ? in.i64() : in.u16();
    long start = in.position();
    int size = big ? 20 : 12;
    for (long i = 0; i < entries; i++) {
      long entry = start + i * size;
      if (in.seek(entry).u16() == PHOTOMETRIC) {
        long at = entry + (big ? 12 : 8);
        int kind = in.seek(at).u16();
        if (kind == CIE_LAB || kind == ICC_LAB) {
          return new TiffLab(new PatchedByte(source, little ? at : at + 1, (byte) RGB), kind);
        }
      }
    }
    return new TiffLab(source, 0);
  }

  boolean isLab() {
    return kind != 0;
  }

  /** Returns the file as the reader shall see it. */
  SourceBytes bytes() {
    return bytes;
  }

  Picture toSrgb(BufferedImage image) {
    boolean alpha = image.getColorModel().hasAlpha();
    Picture picture = Rasters.copy(image.getRaster(), Picture.Kind.RGB, alpha, null);
    byte[] a = picture.planes().get(1).samples();
    byte[] b = picture.planes().get(2).samples();
    if (kind == CIE_LAB) {
      // a* and b* are signed here (TIFF 6.0, section 23), and offset by 128 in the ICC kind.
      for (int i = 0; i < a.length; i++) {
        a[i] ^= (byte) 0x80;
        b[i] ^= (byte) 0x80;
      }
    }
    LabColours.toSrgb(picture.planes().get(0).samples(), a, b);
    return picture;
  }

  /** A source with one byte replaced. Closing it is left to the owner of the other one. */
  private record PatchedByte(SourceBytes source, long at, byte value) implements SourceBytes {
    @Override
    public long length() {
      return source.length();
    }

    @Override
    public int read(long position, byte[] into, int offset, int count) throws IOException {
      int n = source.read(position, into, offset, count);
      if (at >= position && at < position + n) {
        into[offset + (int) (at - position)] = value;
      }
      return n;
    }

    @Override
    public long heapBytes() {
      return source.heapBytes();
    }

    @Override
    public void close() {}
  }
}
