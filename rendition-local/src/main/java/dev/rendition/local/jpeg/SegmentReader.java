package dev.rendition.local.jpeg;

import dev.rendition.local.jpeg.JpegException.Kind;
import dev.rendition.local.notice.ExifNotices;
import dev.rendition.local.notice.IptcNotices;
import dev.rendition.local.notice.Notices;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the segments between scans (ITU-T T.81, annex B). Not safe for use by many threads. */
final class SegmentReader {
  private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.ISO_8859_1);

  final JpegSource source;
  final Tables tables = new Tables();
  final Warnings warnings;
  private final JpegLimits limits;
  private final IccChunks profile = new IccChunks();
  private byte[] segment = new byte[512];
  private int length;
  private @Nullable Frame frame;
  private @Nullable Scan scan;
  private boolean jfif;
  private int adobeTransform = -1;
  private int orientation;
  private boolean exifSeen;
  private Notices exif = Notices.NONE;
  private Notices iptc = Notices.NONE;
  private long metadata;

  SegmentReader(JpegSource source, JpegLimits limits) {
    this.source = source;
    this.limits = limits;
    this.warnings = new Warnings(limits.strict());
  }

  /** Reads up to the first scan, its header included. */
  JpegHeader readHeader() throws IOException {
    if (source.read() != 0xff || source.read() != JpegMarker.SOI) {
      throw problem(Kind.NOT_A_JPEG, "the stream does not begin with FF D8");
    }
    while (scan == null) {
      int marker = source.nextMarker();
      if (marker < 0 || marker == JpegMarker.EOI) {
        throw problem(Kind.DAMAGED, "the stream ends before its first scan");
      }
      readSegment(marker);
    }
    Frame f = resolveHeight();
    if (profile.incomplete()) {
      warnings.note("pieces of the colour profile do not fit together", source.offset());
    }
    return new JpegHeader(
        f,
        colour(f),
        orientation == 0 ? ExifOrientation.UPRIGHT : orientation,
        profile.join(),
        tables.restartInterval,
        scan.members().size() == f.components.size(),
        exif.or(iptc));
  }

  /** Returns the header of the scan just reached. */
  Scan scan() {
    if (scan == null) {
      throw new IllegalStateException("no scan was reached yet");
    }
    return scan;
  }

  /** Goes on to the next scan; says whether there is one. */
  boolean nextScan() throws IOException {
    while (true) {
      int marker = source.nextMarker();
      if (marker == JpegMarker.EOI) {
        return false;
      }
      if (marker < 0) {
        warnings.damage("the stream ends without an end marker", source.offset());
        return false;
      }
      if (JpegMarker.isFrame(marker)) {
        warnings.damage("a second frame begins", source.offset());
        return false;
      }
      try {
        readSegment(marker);
      } catch (JpegException e) {
        if (e.kind() != Kind.DAMAGED || limits.strict()) {
          throw e;
        }
        warnings.damage("the rest is not read: " + e.getMessage(), source.offset());
        return false;
      }
      if (marker == JpegMarker.SOS) {
        return true;
      }
    }
  }

  /** Looks for the end marker after a picture whose scans are all read. */
  void endOfPicture() throws IOException {
    int marker = source.peekMarker();
    if (marker < 0) {
      warnings.damage("the stream ends without an end marker", source.offset());
    } else if (marker != JpegMarker.EOI && marker != JpegMarker.DNL) {
      warnings.note("something follows the picture's scan", source.offset());
    }
  }

  private JpegException problem(Kind kind, String what) {
    return new JpegException(kind, what, source.offset());
  }

  private void readSegment(int marker) throws IOException {
    if (JpegMarker.isBare(marker)) {
      return;
    }
    length = source.readShort() - 2;
    if (length < 0) {
      throw problem(Kind.DAMAGED, "a segment of length " + (length + 2));
    }
    if (JpegMarker.isMetadata(marker)) {
      metadata += length;
      if (metadata > limits.maxMetadataBytes()) {
        throw problem(
            Kind.OVER_LIMIT, "more than " + limits.maxMetadataBytes() + " bytes of metadata");
      }
    }
    if (JpegMarker.isFrame(marker)) {
      load();
      readFrame(marker);
      return;
    }
    switch (marker) {
      case JpegMarker.DQT -> {
        load();
        require(tables.takeQuant(segment, length), "a broken quantisation table");
      }
      case JpegMarker.DHT -> {
        load();
        require(tables.takeHuffman(segment, length), "a broken Huffman table");
      }
      case JpegMarker.DAC -> {
        load();
        require(tables.conditioning.take(segment, length), "a broken arithmetic conditioning");
      }
      case JpegMarker.DRI -> {
        load();
        require(length >= 2, "a broken restart interval");
        tables.restartInterval = Segments.shortAt(segment, 0);
      }
      case JpegMarker.SOS -> {
        load();
        readScan();
      }
      case JpegMarker.APP0,
          JpegMarker.APP1,
          JpegMarker.APP2,
          JpegMarker.APP13,
          JpegMarker.APP14 -> {
        load();
        readMetadata(marker);
      }
      default -> require(source.skip(length), "the stream ends inside a segment");
    }
  }

  private void require(boolean sound, String what) throws JpegException {
    if (!sound) {
      throw problem(Kind.DAMAGED, what);
    }
  }

  private void load() throws IOException {
    if (segment.length < length) {
      segment = new byte[length];
    }
    int at = 0;
    while (at < length) {
      require(source.ensure(1), "the stream ends inside a segment");
      int step = Math.min(length - at, source.limit - source.pos);
      System.arraycopy(source.data, source.pos, segment, at, step);
      source.pos += step;
      at += step;
    }
  }

  private void readFrame(int marker) throws IOException {
    require(frame == null, "a second frame begins");
    require(length >= 6, "a broken frame header");
    int height = Segments.shortAt(segment, 1);
    int width = Segments.shortAt(segment, 3);
    int count = segment[5] & 0xff;
    require(width > 0, "a picture of width 0");
    require(count > 0 && length >= 6 + 3 * count, "a frame of " + count + " components");
    List<JpegComponent> components = new ArrayList<>();
    List<Integer> quantTables = new ArrayList<>();
    for (int i = 0, at = 6; i < count; i++, at += 3) {
      int horizontal = segment[at + 1] >> 4 & 15;
      int vertical = segment[at + 1] & 15;
      int table = segment[at + 2] & 0xff;
      require(
          horizontal >= 1 && horizontal <= 4 && vertical >= 1 && vertical <= 4,
          "sampling factors " + horizontal + " x " + vertical);
      require(table < 4, "quantisation table " + table);
      components.add(new JpegComponent(segment[at] & 0xff, horizontal, vertical));
      quantTables.add(table);
    }
    checkPixels(width, height);
    frame = new Frame(marker, segment[0] & 0xff, width, height, components, quantTables);
  }

  private void checkPixels(int width, int height) throws JpegException {
    if ((long) width * height > limits.maxPixels()) {
      throw problem(
          Kind.OVER_LIMIT,
          width + " x " + height + " pixels, more than the limit of " + limits.maxPixels());
    }
  }

  private Frame resolveHeight() throws IOException {
    Frame f = frame;
    if (f == null) {
      throw problem(Kind.DAMAGED, "a scan before the frame header");
    }
    if (f.height == 0) {
      int height = source.heightAfterScan(limits.maxMetadataBytes());
      require(height > 0, "a picture of height 0 whose height is not defined after the first scan");
      checkPixels(f.width, height);
      f = f.withHeight(height);
      frame = f;
    }
    return f;
  }

  private void readScan() throws JpegException {
    Frame f = frame;
    if (f == null) {
      throw problem(Kind.DAMAGED, "a scan before the frame header");
    }
    int count = length > 0 ? segment[0] & 0xff : 0;
    require(
        count >= 1 && count <= Math.min(4, f.components.size()) && length >= 4 + 2 * count,
        "a scan of " + count + " components");
    List<Scan.Member> members = new ArrayList<>();
    boolean[] used = new boolean[f.components.size()];
    for (int i = 0; i < count; i++) {
      int component = find(f, segment[1 + 2 * i] & 0xff, used);
      if (component < 0 && count == used.length && !used[i]) {
        component = i;
      }
      require(component >= 0, "a scan of unknown component " + (segment[1 + 2 * i] & 0xff));
      used[component] = true;
      int slots = segment[2 + 2 * i] & 0xff;
      require(slots >> 4 < 4 && (slots & 15) < 4, "entropy tables " + slots);
      members.add(new Scan.Member(component, slots >> 4, slots & 15));
    }
    int at = 1 + 2 * count;
    int planes = segment[at + 2] & 0xff;
    scan =
        new Scan(
            List.copyOf(members),
            segment[at] & 0xff,
            segment[at + 1] & 0xff,
            planes >> 4,
            planes & 15);
  }

  private static int find(Frame f, int id, boolean[] used) {
    for (int i = 0; i < used.length; i++) {
      if (!used[i] && f.components.get(i).id() == id) {
        return i;
      }
    }
    return -1;
  }

  private void readMetadata(int marker) {
    if (marker == JpegMarker.APP0) {
      jfif |= Segments.startsWith(segment, length, JFIF) && length >= 14;
    } else if (marker == JpegMarker.APP14) {
      if (Segments.startsWith(segment, length, ADOBE) && length >= 12) {
        adobeTransform = segment[11] & 0xff;
      }
    } else if (marker == JpegMarker.APP2) {
      profile.take(segment, length);
    } else if (marker == JpegMarker.APP13) {
      iptc = iptc.or(IptcNotices.read(segment, length));
    } else if (!exifSeen && ExifOrientation.isExif(segment, length)) {
      exifSeen = true;
      orientation = ExifOrientation.of(segment, length);
      exif = ExifNotices.read(ExifOrientation.block(segment, length));
    }
  }

  /** Returns the meaning of the planes by the rules of libjpeg, which others follow too. */
  private JpegColour colour(Frame f) {
    List<JpegComponent> c = f.components;
    switch (c.size()) {
      case 1:
        return JpegColour.GREY;
      case 3:
        boolean rgbIds = c.get(0).id() == 'R' && c.get(1).id() == 'G' && c.get(2).id() == 'B';
        if (jfif) {
          return JpegColour.YCBCR;
        }
        return adobeTransform == 0 || (adobeTransform < 0 && rgbIds)
            ? JpegColour.RGB
            : JpegColour.YCBCR;
      case 4:
        return adobeTransform <= 0 ? JpegColour.CMYK : JpegColour.YCCK;
      default:
        return JpegColour.UNKNOWN;
    }
  }
}
