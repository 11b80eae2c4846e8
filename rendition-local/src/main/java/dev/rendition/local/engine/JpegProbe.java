package dev.rendition.local.engine;

import dev.rendition.local.notice.ExifNotices;
import dev.rendition.local.notice.IptcNotices;
import dev.rendition.local.notice.Notices;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the marker segments before the first scan of a JPEG (ITU-T T.81, annex B). */
final class JpegProbe {
  private static final int MAX_SEGMENTS = 10_000;
  private static final int SCANS_COUNTED = 100_000;
  private static final byte[] ICC = "ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] EXIF = "Exif\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.ISO_8859_1);

  private final SourceBytes source;
  private final ByteCursor in;
  private final SourceHeader.Builder found = new SourceHeader.Builder(SourceFormat.JPEG);
  private final Map<Integer, byte[]> iccParts = new TreeMap<>();
  private int iccLength;
  private boolean jfif;
  private boolean adobe;
  private int adobeTransform;
  private int components;
  private int firstIds;
  private int process;
  private boolean exifSeen;
  private Notices exif = Notices.NONE;
  private Notices iptc = Notices.NONE;

  private JpegProbe(SourceBytes source) {
    this.source = source;
    this.in = new ByteCursor(source, "JPEG");
  }

  static SourceHeader.Builder probe(SourceBytes source) throws IOException {
    return readHeader(source).found;
  }

  static JpegProbe readHeader(SourceBytes source) throws IOException {
    JpegProbe probe = new JpegProbe(source);
    probe.segments();
    return probe;
  }

  /** Returns whether an Adobe marker was seen: then CMYK samples are stored inverted. */
  boolean adobe() {
    return adobe;
  }

  /** Returns the number of components, 1 to 4. */
  int components() {
    return components;
  }

  ColourModel.Space space() {
    return found.space;
  }

  /** Returns the low nibble of the frame marker: 0 baseline, 2 progressive, 3 lossless, ... */
  int process() {
    return process;
  }

  /** Returns whether the entropy coding is arithmetic, of a kind our own decoder reads. */
  boolean arithmetic() {
    return process == 9 || process == 10;
  }

  private void segments() throws IOException {
    in.seek(2);
    for (int n = 0; n < MAX_SEGMENTS; n++) {
      int marker = nextMarker();
      if (marker == 0xda) {
        if (components == 0) {
          throw StepException.damaged("JPEG: a scan begins before any frame header");
        }
        finish();
        return;
      }
      if (marker == 0xd9) {
        throw StepException.damaged("JPEG: the file ends before any scan: it has no pixels");
      }
      if (marker == 0x01 || marker >= 0xd0 && marker <= 0xd8) {
        continue;
      }
      long start = in.position();
      int length = in.u16();
      if (length < 2) {
        throw StepException.damaged(
            "JPEG: a segment at byte " + start + " has length " + length + ", at least 2 needed");
      }
      segment(marker, start + 2, length - 2);
      in.seek(start + length);
    }
    throw StepException.damaged(
        "JPEG: no picture within the first " + MAX_SEGMENTS + " segments: a hostile file");
  }

  private int nextMarker() throws IOException {
    int b = in.u8();
    while (b != 0xff) {
      b = in.u8();
    }
    while (b == 0xff) {
      b = in.u8();
    }
    return b == 0 ? nextMarker(0) : b;
  }

  private int nextMarker(int b) throws IOException {
    int last = b;
    while (true) {
      int next = in.u8();
      if (last == 0xff && next != 0 && next != 0xff) {
        return next;
      }
      last = next;
    }
  }

  private void segment(int marker, long start, int length) throws IOException {
    if (isFrame(marker)) {
      frame(marker, length);
    } else if (marker == 0xe0 && startsWith(start, length, JFIF)) {
      jfif = true;
    } else if (marker == 0xe1 && !exifSeen && startsWith(start, length, EXIF)) {
      exifSeen = true;
      found.orientation = ExifOrientation.find(source, start + 6, length - 6L);
      exif = ExifNotices.read(ByteBuffer.wrap(available(start + 6, length - 6)));
    } else if (marker == 0xe2 && startsWith(start, length, ICC)) {
      iccPart(start + ICC.length, length - ICC.length);
    } else if (marker == 0xed) {
      byte[] segment = available(start, length);
      iptc = iptc.or(IptcNotices.read(segment, segment.length));
    } else if (marker == 0xee && length >= 12 && startsWith(start, length, ADOBE)) {
      adobe = true;
      adobeTransform = in.seek(start + 11).u8();
    }
  }

  /** Returns the bytes of a segment, or as many as the source still has. */
  private byte[] available(long start, int length) throws IOException {
    long there = Math.min(length, in.seek(start).remaining());
    return in.bytes((int) Math.max(0, there));
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private boolean startsWith(long start, int length, byte[] prefix) throws IOException {
    if (length < prefix.length || in.seek(start).remaining() < prefix.length) {
      return false;
    }
    return Arrays.equals(in.bytes(prefix.length), prefix);
  }

  private void frame(int marker, int length) throws IOException {
    if (components != 0) {
      throw StepException.damaged("JPEG: there are two frame headers; only one is allowed");
    }
    process = marker & 15;
    found.bits = in.u8();
    found.height = in.u16();
    found.width = in.u16();
    components = in.u8();
    if (components < 1 || components > 4 || length < 6 + 3 * components) {
      throw StepException.damaged(
          "JPEG: the frame header gives " + components + " components; 1 to 4 are possible");
    }
    for (int i = 0; i < components; i++) {
      int id = in.u8();
      firstIds = i < 3 ? firstIds << 8 | id : firstIds;
      int sampling = in.u8();
      if ((sampling >> 4) < 1
          || (sampling >> 4) > 4
          || (sampling & 15) < 1
          || (sampling & 15) > 4) {
        throw StepException.damaged(
            "JPEG: a component has the sampling factors "
                + (sampling >> 4)
                + " x "
                + (sampling & 15)
                + "; 1 to 4 are possible");
      }
      in.u8();
    }
  }

  private void iccPart(long start, int length) throws IOException {
    if (length < 2) {
      return;
    }
    int number = in.seek(start).u8();
    in.u8();
    int count = length - 2;
    if (iccParts.containsKey(number) || iccLength + count > SourceLimits.MAX_ICC_BYTES) {
      return;
    }
    if (count > in.remaining()) {
      throw in.truncated();
    }
    iccParts.put(number, in.bytes(count));
    iccLength += count;
  }

  private void finish() throws IOException {
    found.space = colourSpace();
    found.variant = variant();
    if (process >= 5 && process <= 7 || process >= 13) {
      throw StepException.notSupported(
          "JPEG: hierarchical coding (frame type " + process + "); save it as baseline JPEG");
    }
    boolean plain = found.bits == 8 && (components == 1 || components == 3);
    if (process >= 9 && !(arithmetic() && plain)) {
      throw StepException.notSupported(
          "JPEG: arithmetic coding is not supported losslessly, of CMYK or of more than 8 bits;"
              + " save it with Huffman coding");
    }
    found.icc = icc();
    found.notices = exif.or(iptc);
    // The raster and the planes; the lossless decoder holds whole numbers besides.
    // The foreign reader copies all segments before the picture.
    found.workingBytes = 3 * in.position();
    found.bytesPerPixel = components * (process == 3 ? 10 : 2);
    if (arithmetic()) {
      // Planes as stored and enlarged, coefficients and their bits; rows of blocks and of samples.
      found.bytesPerPixel = components * 4.5;
      found.workingBytes = (1 << 19) + 1_024L * found.width + 512L * found.height;
    }
    int inFirstScan = in.skip(2).u8();
    if (process == 2 || process == 10 || inFirstScan < components) {
      found.scans = JpegScans.count(source, in.position(), SCANS_COUNTED);
    }
  }

  private byte @Nullable [] icc() {
    if (iccParts.isEmpty()) {
      return null;
    }
    byte[] all = new byte[iccLength];
    int at = 0;
    for (byte[] part : iccParts.values()) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  /** Follows JFIF 1.02, the Adobe marker (TN 5116), then the component identifiers. */
  private ColourModel.Space colourSpace() {
    if (components == 1) {
      return ColourModel.Space.GREY;
    }
    if (components == 2) {
      return ColourModel.Space.OTHER;
    }
    if (components == 4) {
      return adobe && adobeTransform == 2 ? ColourModel.Space.YCCK : ColourModel.Space.CMYK;
    }
    if (jfif) {
      return ColourModel.Space.YCBCR;
    }
    if (adobe) {
      return adobeTransform == 0 ? ColourModel.Space.RGB : ColourModel.Space.YCBCR;
    }
    boolean rgb = firstIds == ('R' << 16 | 'G' << 8 | 'B') || process == 3 && firstIds != 0x010203;
    return rgb ? ColourModel.Space.RGB : ColourModel.Space.YCBCR;
  }

  private String variant() {
    return switch (process) {
      case 0 -> "baseline";
      case 1 -> "extended";
      case 2 -> "progressive";
      case 3 -> "lossless";
      case 9 -> "arithmetic";
      case 10 -> "arithmetic progressive";
      default -> "frame type " + process;
    };
  }
}
