package dev.rendition.local.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The first directory of a TIFF or BigTIFF that {@link TiffProbe} has passed, as numbers (TIFF 6.0,
 * section 2), for the kinds that our own code reads. Not safe for use by many threads.
 */
final class TiffDirectory {
  static final int COMPRESSION = 259;
  static final int PHOTOMETRIC = 262;
  static final int FILL_ORDER = 266;
  static final int SAMPLES = 277;
  static final int PLANES = 284;
  static final int FAX_OPTIONS = 292;
  static final int EXTRA_SAMPLES = 338;
  private static final int STRIP_OFFSETS = 273;
  private static final int ROWS_PER_STRIP = 278;
  private static final int STRIP_BYTES = 279;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTES = 325;
  private static final Set<Integer> SINGLE =
      Set.of(
          COMPRESSION,
          PHOTOMETRIC,
          FILL_ORDER,
          SAMPLES,
          PLANES,
          FAX_OPTIONS,
          EXTRA_SAMPLES,
          ROWS_PER_STRIP,
          TILE_WIDTH,
          TILE_HEIGHT);
  private static final Set<Integer> MANY =
      Set.of(STRIP_OFFSETS, STRIP_BYTES, TILE_OFFSETS, TILE_BYTES);

  /** More pieces than any sound picture has: as many as rows of the longest side, four times. */
  private static final int MOST_PIECES = 1 << 18;

  /**
   * A strip or tile.
   *
   * @param x the column of the picture where it begins
   * @param y the row of the picture where it begins
   * @param width as it is coded; it may reach beyond the picture
   * @param height as it is coded; it may reach beyond the picture
   * @param start the first of its bytes in the file
   * @param length how many bytes it has, all of them in the file
   */
  record Piece(int x, int y, int width, int height, long start, long length) {}

  private final ByteCursor in;
  private final boolean big;
  private final Map<Integer, long[]> values = new HashMap<>();

  private TiffDirectory(ByteCursor in, boolean big) {
    this.in = in;
    this.big = big;
  }

  static TiffDirectory read(SourceBytes source) throws IOException {
    ByteCursor in = new ByteCursor(source, "TIFF");
    in.littleEndian(in.u16() == 0x4949);
    boolean big = in.u16() == 43;
    TiffDirectory directory = new TiffDirectory(in, big);
    in.seek(big ? 8 : 4);
    in.seek(directory.offset());
    directory.entries();
    return directory;
  }

  private long offset() throws IOException {
    return big ? in.i64() : in.u32();
  }

  private void entries() throws IOException {
    long count = big ? in.i64() : in.u16();
    long start = in.position();
    for (long i = 0; i < count; i++) {
      in.seek(start + i * (big ? 20 : 12));
      int tag = in.u16();
      int type = in.u16();
      long n = offset();
      if (SINGLE.contains(tag) && n > 0) {
        values.put(tag, numbers(type, n, 1));
      } else if (MANY.contains(tag) && n > 0) {
        values.put(tag, numbers(type, n, (int) Math.min(n, MOST_PIECES)));
      }
    }
  }

  private long[] numbers(int type, long count, int wanted) throws IOException {
    int size = TiffProbe.size(type);
    if (count > (big ? 8 : 4) / size) {
      in.seek(offset());
    }
    long[] numbers = new long[wanted];
    for (int i = 0; i < wanted; i++) {
      numbers[i] =
          switch (size) {
            case 1 -> in.u8();
            case 2 -> in.u16();
            case 8 -> in.i64();
            default -> in.u32();
          };
    }
    return numbers;
  }

  /** Returns the first value of a tag. */
  long value(int tag, long otherwise) {
    long[] found = values.get(tag);
    return found == null ? otherwise : found[0];
  }

  /**
   * Returns the strips or tiles of the first plane, row by row.
   *
   * @throws StepException if one does not begin within the file
   */
  List<Piece> pieces(int width, int height) {
    boolean tiled = values.containsKey(TILE_OFFSETS);
    long across = tiled ? value(TILE_WIDTH, 0) : width;
    long down = tiled ? value(TILE_HEIGHT, 0) : Math.min(height, value(ROWS_PER_STRIP, height));
    if (across < 1 || down < 1 || across > Integer.MAX_VALUE || down > Integer.MAX_VALUE) {
      throw StepException.damaged("TIFF: strips or tiles of " + across + " x " + down + " pixels");
    }
    long columns = (width + across - 1) / across;
    long rows = (height + down - 1) / down;
    if (columns * rows > MOST_PIECES) {
      throw StepException.limit(
          "TIFF: " + columns * rows + " strips or tiles, more than " + MOST_PIECES);
    }
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < columns * rows; i++) {
      long start = at(tiled ? TILE_OFFSETS : STRIP_OFFSETS, i, -1);
      if (start < 0 || start >= in.length()) {
        throw StepException.damaged("TIFF: strip or tile " + i + " does not lie in the file");
      }
      long there = in.length() - start;
      long length = Math.min(there, at(tiled ? TILE_BYTES : STRIP_BYTES, i, there));
      int y = (int) (i / columns * down);
      int high = (int) (tiled ? down : Math.min(down, height - y));
      pieces.add(
          new Piece(
              (int) (i % columns * across), y, (int) across, high, start, Math.max(0, length)));
    }
    return pieces;
  }

  private long at(int tag, int index, long otherwise) {
    long[] found = values.get(tag);
    return found == null || index >= found.length ? otherwise : found[index];
  }
}
