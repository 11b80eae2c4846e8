package dev.rendition.local.jpeg;

import static java.util.Objects.requireNonNull;

import dev.rendition.local.raster.Plane;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Writes pictures as JPEG files: ITU-T T.81, Huffman coded, 8 bit, in the JFIF 1.01 form.
 *
 * <p>All arithmetic is in whole numbers, so the bytes depend on the samples and the settings alone.
 * With the same samples and settings the coefficients equal those of libjpeg's default encoder.
 *
 * <p>Keeps its buffers from one picture to the next: one encoder per worker. Not safe for use by
 * many threads.
 */
public final class JpegEncoder {
  /** The largest side, from the 16-bit fields of the frame header: T.81, B.2.2. */
  public static final int MAX_SIDE = 65_535;

  private final JpegSettings settings;
  private final EncoderQuantiser lumaQuantiser;
  private final EncoderQuantiser chromaQuantiser;
  private final List<EncoderHuffman> standardDc;
  private final List<EncoderHuffman> standardAc;
  private final EncoderTokens tokens = new EncoderTokens();

  private JpegEncoder(JpegSettings settings) {
    this.settings = settings;
    lumaQuantiser = new EncoderQuantiser(EncoderTables.quantisers(false, settings.quality()));
    chromaQuantiser = new EncoderQuantiser(EncoderTables.quantisers(true, settings.quality()));
    standardDc = List.of(EncoderTables.standardDc(false), EncoderTables.standardDc(true));
    standardAc = List.of(EncoderTables.standardAc(false), EncoderTables.standardAc(true));
  }

  /** Returns an encoder with these settings. */
  public static JpegEncoder of(JpegSettings settings) {
    return new JpegEncoder(requireNonNull(settings, "settings"));
  }

  /**
   * Writes a grey picture.
   *
   * @param grey each side at most {@value #MAX_SIDE}
   * @param out written to, neither flushed nor closed
   * @throws IOException from {@code out}
   */
  public void encode(Plane grey, JpegAttachments attachments, OutputStream out) throws IOException {
    requireSide(grey);
    write(List.of(new EncoderComponent(grey, 1, 1, 0, lumaQuantiser)), attachments, out);
  }

  /**
   * Writes a colour picture.
   *
   * @param y luma of ITU-R BT.601 in full range, each side at most {@value #MAX_SIDE}
   * @param cb blueness, 128 is none, already of the size that {@link JpegSubsampling#chromaWidth}
   *     and {@link JpegSubsampling#chromaHeight} give
   * @param cr redness, as {@code cb}
   * @param out written to, neither flushed nor closed
   * @throws IOException from {@code out}
   */
  public void encode(Plane y, Plane cb, Plane cr, JpegAttachments attachments, OutputStream out)
      throws IOException {
    requireSide(y);
    requireChroma(y, cb, "cb");
    requireChroma(y, cr, "cr");
    JpegSubsampling subsampling = settings.subsampling();
    write(
        List.of(
            new EncoderComponent(y, subsampling.across(), subsampling.down(), 0, lumaQuantiser),
            new EncoderComponent(cb, 1, 1, 1, chromaQuantiser),
            new EncoderComponent(cr, 1, 1, 1, chromaQuantiser)),
        attachments,
        out);
  }

  private static void requireSide(Plane plane) {
    if (plane.width() > MAX_SIDE || plane.height() > MAX_SIDE) {
      throw new IllegalArgumentException(
          "a JPEG picture has at most "
              + MAX_SIDE
              + " samples a side, was "
              + plane.width()
              + " x "
              + plane.height());
    }
  }

  private void requireChroma(Plane y, Plane chroma, String name) {
    int width = settings.subsampling().chromaWidth(y.width());
    int height = settings.subsampling().chromaHeight(y.height());
    if (chroma.width() != width || chroma.height() != height) {
      throw new IllegalArgumentException(
          name
              + " must be "
              + width
              + " x "
              + height
              + " for "
              + settings.subsampling()
              + ", was "
              + chroma.width()
              + " x "
              + chroma.height());
    }
  }

  private void write(
      List<EncoderComponent> components, JpegAttachments attachments, OutputStream stream)
      throws IOException {
    requireNonNull(attachments, "attachments");
    JpegEncoderOutput out = new JpegEncoderOutput(requireNonNull(stream, "out"));
    JpegEncoderMarkers markers = new JpegEncoderMarkers(out);
    markers.start(attachments);
    markers.quantisers(0, lumaQuantiser);
    if (components.size() > 1) {
      markers.quantisers(1, chromaQuantiser);
    }
    if (settings.layout() == JpegSettings.Layout.PROGRESSIVE) {
      markers.frame(JpegEncoderMarkers.PROGRESSIVE, components);
      new JpegEncoderProgressive(components, tokens).writeTo(markers, out);
    } else if (settings.tables() == JpegSettings.Tables.OPTIMISED) {
      markers.frame(JpegEncoderMarkers.BASELINE, components);
      optimised(components, markers, out);
    } else {
      markers.frame(JpegEncoderMarkers.BASELINE, components);
      standard(components, markers, out);
    }
    markers.end();
    tokens.clear();
  }

  private void standard(
      List<EncoderComponent> components, JpegEncoderMarkers markers, JpegEncoderOutput out)
      throws IOException {
    for (int table = 0; table < tableCount(components); table++) {
      markers.huffman(0, table, standardDc.get(table));
      markers.huffman(1, table, standardAc.get(table));
    }
    markers.scan(components, EncoderScan.sequential(components.size()));
    new EncoderInterleave(components)
        .run(new EncoderDirect(out, components, standardDc, standardAc));
    out.endBits();
  }

  private void optimised(
      List<EncoderComponent> components, JpegEncoderMarkers markers, JpegEncoderOutput out)
      throws IOException {
    tokens.clear();
    new EncoderInterleave(components).run(new EncoderCollect(tokens, components));
    List<EncoderHuffman> tables = tokens.optimalTables();
    for (int table = 0; table < tableCount(components); table++) {
      markers.huffman(0, table, tables.get(EncoderTokens.DC + table));
      markers.huffman(1, table, tables.get(EncoderTokens.AC + table));
    }
    markers.scan(components, EncoderScan.sequential(components.size()));
    tokens.writeTo(out, tables);
    out.endBits();
  }

  private static int tableCount(List<EncoderComponent> components) {
    return components.size() > 1 ? 2 : 1;
  }
}
