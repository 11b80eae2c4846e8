package dev.rendition.local.jpeg;

import static java.util.Objects.requireNonNull;

import dev.rendition.local.assist.Assistant;
import dev.rendition.local.assist.Relay;
import dev.rendition.local.jpeg.JpegException.Kind;
import dev.rendition.local.raster.RowSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Decodes one JPEG picture into planes of 8-bit samples, at full size or at a half, a quarter or an
 * eighth of it: baseline, extended sequential and progressive, Huffman or arithmetically coded, one
 * or three components.
 *
 * <p>Planes keep the size the picture stores them in (chroma is not enlarged) and the colours it
 * stores (nothing is converted). A sequential picture in one scan never exists as a whole in
 * memory; others keep their coefficients, as far as the scale needs them, until the last scan.
 *
 * <p>Not safe for use by many threads. The stream is read through one buffer and stays open.
 */
public final class JpegDecoder {
  private static final long WORK_FLOOR = 30_000_000L;
  private static final int WORK_PER_BLOCK = 24;

  private final SegmentReader segments;
  private final JpegHeader header;
  private final JpegLimits limits;
  private final DecoderScratch scratch;
  private final BitReader reader;
  private boolean used;

  private JpegDecoder(
      SegmentReader segments, JpegHeader header, JpegLimits limits, DecoderScratch scratch) {
    this.segments = segments;
    this.header = header;
    this.limits = limits;
    this.scratch = scratch;
    this.reader = new BitReader(segments.source);
    if (header.frame().arithmetic()) {
      reader.letZerosFollow();
    }
  }

  /** As {@link #open(InputStream, JpegLimits, DecoderScratch)}, in new arrays. */
  public static JpegDecoder open(InputStream in, JpegLimits limits) throws IOException {
    return open(in, limits, new DecoderScratch());
  }

  /**
   * Reads the header of a picture.
   *
   * <p>Where the height is defined after the first scan only (DNL), that scan is read ahead into
   * memory, up to {@code limits.maxMetadataBytes()}.
   *
   * @param scratch arrays to work in; nobody else may use them until the decoding is done
   * @throws JpegException when there is no sound header, or it asks for more than the limits allow
   * @throws IOException when the stream cannot be read
   */
  public static JpegDecoder open(InputStream in, JpegLimits limits, DecoderScratch scratch)
      throws IOException {
    requireNonNull(in, "in");
    requireNonNull(limits, "limits");
    JpegSource source = new JpegSource(in, scratch.input(JpegSource.BUFFER));
    SegmentReader segments = new SegmentReader(source, limits);
    return new JpegDecoder(segments, segments.readHeader(), limits, scratch);
  }

  public JpegHeader header() {
    return header;
  }

  /**
   * Returns how many samples a row of a plane has.
   *
   * @param scale the denominator: 1, 2, 4 or 8
   */
  public int width(int plane, int scale) {
    return PlaneRows.scaled(header.frame().componentWidth(plane), side(scale));
  }

  /** Returns how many rows a plane has, at the scale of a denominator of 1, 2, 4 or 8. */
  public int height(int plane, int scale) {
    return PlaneRows.scaled(header.frame().componentHeight(plane), side(scale));
  }

  /**
   * Returns an upper bound of the bytes that {@link #decode} has allocated at a time, input buffer
   * included.
   *
   * @param scales for each plane the denominator, or one for all
   */
  public long memoryNeeded(int... scales) {
    Frame frame = header.frame();
    long bytes = 256L * 1024 + segments.source.data.length;
    for (int i = 0; i < frame.components.size(); i++) {
      int side = side(scales[Math.min(i, scales.length - 1)]);
      bytes += PlaneRows.memoryNeeded(frame, i, side, blockRows(i));
      if (!header.streams()) {
        bytes += CoefficientStore.memoryNeeded(frame, i, side);
      }
    }
    return bytes;
  }

  /**
   * Returns an upper bound of the bytes that {@link #decode} allocates more when a worker helps.
   *
   * @param scales for each plane the denominator
   */
  public long memoryForHelp(int... scales) {
    long bytes = 0;
    for (int i = 0; i < scales.length && header.streams(); i++) {
      bytes += (Relay.SLOTS - 1) * PlaneRows.tileBytes(side(scales[i]), blockRows(i));
    }
    return bytes;
  }

  /**
   * Decodes all planes at one scale, without help; see {@link #decode(int[], RowSink,
   * BooleanSupplier, Assistant)}.
   */
  public DecodeResult decode(int scale, RowSink sink, BooleanSupplier cancelled)
      throws IOException {
    int[] scales = new int[header.components().size()];
    Arrays.fill(scales, scale);
    return decode(scales, sink, cancelled);
  }

  /** Decodes the picture, once, on the calling thread alone. */
  public DecodeResult decode(int[] scales, RowSink sink, BooleanSupplier cancelled)
      throws IOException {
    return decode(scales, sink, cancelled, Assistant.NONE);
  }

  /**
   * Decodes the picture, once.
   *
   * <p>Rows are given plane by plane for each row of units: so many of plane 0, then of plane 1 and
   * so on, until every row of every plane was given. A damaged stream gives all its rows too, grey
   * where data are missing, unless the limits refuse damage.
   *
   * @param scales for each plane the denominator of its scale: 1, 2, 4 or 8; chroma that is stored
   *     at half the size may so come out as large as luma
   * @param sink takes the rows, on the calling thread or a helping one, never on two at a time;
   *     what it throws ends the decoding
   * @param cancelled asked often, by the calling thread; when it says yes, the decoding ends with
   *     an exception
   * @param assistant may transform a sequential picture while this thread reads on; nobody helps
   *     any more when this method ends
   * @return what was wrong with the stream
   * @throws JpegException when the stream cannot be decoded
   * @throws IOException when the stream cannot be read
   * @throws CancellationException when {@code cancelled} said so
   */
  public DecodeResult decode(
      int[] scales, RowSink sink, BooleanSupplier cancelled, Assistant assistant)
      throws IOException {
    Frame frame = header.frame();
    if (scales.length != frame.components.size()) {
      throw new IllegalArgumentException(
          scales.length + " scales for " + frame.components.size() + " planes");
    }
    int[] sides = new int[scales.length];
    for (int i = 0; i < scales.length; i++) {
      sides[i] = side(scales[i]);
    }
    if (used) {
      throw new IllegalStateException("the stream was decoded already");
    }
    used = true;
    if (header.unsupportedBecause().isPresent()) {
      throw new JpegException(
          Kind.UNSUPPORTED,
          header.unsupportedBecause().get() + ", which this decoder does not do",
          segments.source.offset());
    }
    PlaneRows[] planes = new PlaneRows[sides.length];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = new PlaneRows(frame, i, sides[i], blockRows(i), scratch);
    }
    double share =
        header.streams()
            ? streamed(frame, planes, sink, cancelled, assistant)
            : buffered(frame, planes, sink, cancelled);
    return new DecodeResult(share, segments.warnings.list());
  }

  private double streamed(
      Frame frame, PlaneRows[] planes, RowSink sink, BooleanSupplier cancelled, Assistant assistant)
      throws IOException {
    EntropySegments entropy =
        new EntropySegments(reader, segments.tables.restartInterval, segments.warnings);
    StreamedScan streamed =
        frame.arithmetic()
            ? arithmeticScan(frame, planes, entropy)
            : huffmanScan(frame, planes, entropy);
    double share = streamed.decode(sink, cancelled, assistant);
    noteFaults(streamed.faults());
    if (!entropy.ended()) {
      segments.endOfPicture();
    }
    return share;
  }

  private StreamedScan huffmanScan(Frame frame, PlaneRows[] planes, EntropySegments entropy)
      throws JpegException {
    Scan scan = segments.scan();
    CodedComponent[] coded = new CodedComponent[planes.length];
    for (Scan.Member member : scan.members()) {
      int i = member.component();
      coded[i] =
          new CodedComponent(
              segments.tables.dc(member.dcTable()).orElseThrow(this::missingTable),
              segments.tables.ac(member.acTable()).orElseThrow(this::missingTable),
              segments.tables.quant(frame.quantTables.get(i)).orElseThrow(this::missingTable),
              planes[i].side,
              ScaledIdct.STEP);
    }
    return new StreamedScan(frame, scan, planes, coded, reader, entropy);
  }

  private StreamedScan arithmeticScan(Frame frame, PlaneRows[] planes, EntropySegments entropy)
      throws IOException {
    Scan scan = segments.scan();
    ArithmeticComponent[] coded = new ArithmeticComponent[planes.length];
    for (Scan.Member member : scan.members()) {
      int i = member.component();
      int[] quant = segments.tables.quant(frame.quantTables.get(i)).orElseThrow(this::missingTable);
      coded[i] = new ArithmeticComponent(member, quant, planes[i].side, ScaledIdct.STEP);
    }
    ArithmeticBlocks blocks = new ArithmeticBlocks(reader, segments.tables.conditioning);
    blocks.restart();
    return new ArithmeticStreamedScan(frame, scan, planes, coded, blocks, reader, entropy);
  }

  private double buffered(Frame frame, PlaneRows[] planes, RowSink sink, BooleanSupplier cancelled)
      throws IOException {
    CoefficientStore[] stores = new CoefficientStore[planes.length];
    for (int i = 0; i < stores.length; i++) {
      stores[i] = new CoefficientStore(frame, i, planes[i].side);
    }
    double[] shares = new double[planes.length];
    long work = Math.max(WORK_FLOOR, frame.blocks() * WORK_PER_BLOCK);
    int scans = 0;
    do {
      scans++;
      work -= BufferedScan.work(frame, segments.scan());
      if (scans > limits.maxScans() || work < 0) {
        throw new JpegException(
            Kind.OVER_LIMIT, "too many scans: " + scans + " so far", segments.source.offset());
      }
      if (!scan(frame, planes, stores, shares, cancelled)) {
        break;
      }
    } while (segments.nextScan());
    double share = 0;
    for (double each : shares) {
      share += each / shares.length;
      if (each == 0) {
        segments.warnings.damage("a component is never coded", segments.source.offset());
      }
    }
    giveRows(frame, planes, stores, sink, cancelled);
    return share;
  }

  /** Decodes one scan; says whether it makes sense to go on. */
  private boolean scan(
      Frame frame,
      PlaneRows[] planes,
      CoefficientStore[] stores,
      double[] shares,
      BooleanSupplier cancelled)
      throws IOException {
    Scan scan = segments.scan();
    if (frame.progressive() && !scan.soundProgression()) {
      segments.warnings.damage("a scan against the rules: " + scan, segments.source.offset());
      return true;
    }
    boolean seen = scan.first() == 0 || !frame.progressive();
    for (Scan.Member member : scan.members()) {
      int i = member.component();
      stores[i].quantBy(
          segments.tables.quant(frame.quantTables.get(i)).orElseThrow(this::missingTable));
      seen |= planes[i].side > 1;
    }
    if (!seen) {
      return true;
    }
    BufferedScan buffered;
    try {
      buffered = new BufferedScan(frame, scan, stores, segments.tables, reader, segments.warnings);
    } catch (JpegException e) {
      if (limits.strict() || Arrays.stream(shares).sum() == 0) {
        throw e;
      }
      segments.warnings.damage("the rest is not read: " + e.getMessage(), e.offset());
      return false;
    }
    double share = buffered.decode(cancelled);
    noteFaults(buffered.faults());
    if (scan.first() == 0) {
      for (Scan.Member member : scan.members()) {
        shares[member.component()] = Math.max(shares[member.component()], share);
      }
    }
    return true;
  }

  private void giveRows(
      Frame frame,
      PlaneRows[] planes,
      CoefficientStore[] stores,
      RowSink sink,
      BooleanSupplier cancelled) {
    int[][] tiles = new int[planes.length][];
    for (PlaneRows plane : planes) {
      tiles[plane.plane] = plane.tiles(0);
    }
    for (int unitRow = 0; unitRow < frame.unitsDown(); unitRow++) {
      check(cancelled);
      for (int i = 0; i < planes.length; i++) {
        PlaneRows plane = planes[i];
        int across = plane.blocksAcross;
        int repeats = frame.components.get(i).vertical() / plane.blockRows;
        for (int part = 0; part < repeats; part++) {
          int row = unitRow * repeats * plane.blockRows + part * plane.blockRows;
          for (int first = 0; first < across; first += ScaledIdct.BLOCKS) {
            int blocks = Math.min(ScaledIdct.BLOCKS, across - first);
            for (int v = 0; v < plane.blockRows; v++) {
              stores[i].fill(row + v, first, blocks, tiles[i], v * plane.tileSize);
            }
            plane.transform(tiles[i], first, blocks);
          }
          for (int v = 0; v < plane.blockRows; v++) {
            stores[i].drop(row + v);
          }
          plane.emit(sink);
        }
      }
    }
  }

  private void noteFaults(int faults) throws JpegException {
    if (faults > 0) {
      segments.warnings.damage(faults + " codes are broken", segments.source.offset());
    }
  }

  private JpegException missingTable() {
    return damaged("a table is missing", segments.source);
  }

  static JpegException damaged(String what, JpegSource source) {
    return new JpegException(Kind.DAMAGED, what, source.offset());
  }

  static void check(BooleanSupplier cancelled) {
    if (cancelled.getAsBoolean()) {
      throw new CancellationException("decoding was cancelled");
    }
  }

  /** Returns how many rows of blocks a row of units has; a component alone has single blocks. */
  private int blockRows(int component) {
    Frame frame = header.frame();
    return frame.components.size() == 1 ? 1 : frame.components.get(component).vertical();
  }

  private static int side(int scale) {
    if (scale != 1 && scale != 2 && scale != 4 && scale != 8) {
      throw new IllegalArgumentException("scale must be 1, 2, 4 or 8, was " + scale);
    }
    return 8 / scale;
  }
}
