package dev.rendition.local.webp;

import java.util.Arrays;

/**
 * Decodes one VP8 key frame to samples of red, green and blue.
 *
 * <p>One use each; not safe for use by many threads.
 */
public final class Vp8Decoder {
  private static final int BLOCKWISE = 4;

  /** How a 4 x 4 block counts as a neighbour where the macroblock is predicted as a whole. */
  private static final int[] AS_BLOCK_MODE = {0, 2, 3, 1};

  private final Vp8Header header;
  private final Runnable stop;
  private final int columns;
  private final int rows;
  private final Vp8Plane[] planes = new Vp8Plane[3];
  private final byte[] levels;
  private final boolean[] inner;
  private final int[] aboveModes;
  private final int[] leftModes = new int[4];
  private final int[] blockModes = new int[16];
  private final int[] edge = new int[13];
  private int segment;

  /**
   * Reads the header of a frame and makes room for it.
   *
   * @param frame the data of a {@code VP8} chunk
   * @param stop called once per row of macroblocks; it may throw to end the work
   * @throws Vp8Exception if the header is damaged
   */
  public Vp8Decoder(byte[] frame, Runnable stop) {
    this.header = new Vp8Header(frame);
    this.stop = stop;
    this.columns = header.width + 15 >> 4;
    this.rows = header.height + 15 >> 4;
    planes[0] = new Vp8Plane(16 * columns, 16 * rows);
    planes[1] = new Vp8Plane(8 * columns, 8 * rows);
    planes[2] = new Vp8Plane(8 * columns, 8 * rows);
    levels = new byte[columns * rows];
    inner = new boolean[columns * rows];
    aboveModes = new int[4 * columns];
  }

  public int width() {
    return header.width;
  }

  public int height() {
    return header.height;
  }

  /**
   * Decodes the frame.
   *
   * @param red takes width × height samples; so do the others
   * @throws Vp8Exception if the data end too early
   */
  public void decode(byte[] red, byte[] green, byte[] blue) {
    Vp8Residual residual = new Vp8Residual(header, columns);
    for (int y = 0; y < rows; y++) {
      stop.run();
      BoolDecoder tokens = header.tokens[y & header.tokens.length - 1];
      Arrays.fill(leftModes, 0);
      residual.startRow();
      for (int x = 0; x < columns; x++) {
        macroblock(residual, tokens, x, y);
      }
      if (tokens.past() || header.modes.past()) {
        throw new Vp8Exception("the data end in row " + 16 * y + " of " + header.height);
      }
    }
    Vp8Filter filter = new Vp8Filter(header.simpleFilter, header.sharpness);
    for (int i = 0; i < levels.length; i++) {
      filter.apply(planes, i % columns, i / columns, levels[i], inner[i]);
    }
    stop.run();
    new Vp8Colours(planes, header.width, header.height).convert(red, green, blue);
  }

  private void macroblock(Vp8Residual residual, BoolDecoder tokens, int x, int y) {
    BoolDecoder in = header.modes;
    if (header.segmentMap) {
      int[] p = header.segmentProbabilities;
      segment = in.bit(p[0]) == 0 ? in.bit(p[1]) : 2 + in.bit(p[2]);
    }
    boolean skip = header.skipping && in.bit(header.skipProbability) != 0;
    int mode = lumaMode(in, x);
    int chroma = in.bit(142) == 0 ? 0 : in.bit(114) == 0 ? 1 : in.bit(183) == 0 ? 2 : 3;
    boolean averages = mode != BLOCKWISE;
    if (skip) {
      residual.skip(x, averages);
    } else {
      residual.read(tokens, x, segment, averages);
    }
    int at = y * columns + x;
    levels[at] = (byte) header.filterLevels[segment][averages ? 0 : 1];
    inner[at] = residual.any || !averages;
    luma(residual, mode, x, y);
    for (int p = 1; p < 3; p++) {
      Vp8Plane plane = planes[p];
      int start = plane.origin + 8 * y * plane.stride + 8 * x;
      plane.predict(start, 8, chroma, y > 0, x > 0);
      for (int b = 0; residual.any && b < 4; b++) {
        int block = start + 4 * (b >> 1) * plane.stride + 4 * (b & 1);
        plane.add(block, residual.values, 16 * (12 + 4 * p + b));
      }
    }
  }

  /** RFC 6386, 11.2 and 11.3. */
  private int lumaMode(BoolDecoder in, int x) {
    if (in.bit(145) != 0) {
      int mode = in.bit(156) == 0 ? in.bit(163) : 2 + in.bit(128);
      Arrays.fill(aboveModes, 4 * x, 4 * x + 4, AS_BLOCK_MODE[mode]);
      Arrays.fill(leftModes, AS_BLOCK_MODE[mode]);
      return mode;
    }
    for (int b = 0; b < 16; b++) {
      int up = 4 * x + (b & 3);
      int probabilities = (aboveModes[up] * 10 + leftModes[b >> 2]) * 9;
      int node = 0;
      do {
        int bit = in.bit(Vp8Tables.BLOCK_MODES[probabilities + (node >> 1)]);
        node = Vp8Tables.BLOCK_MODE_TREE[node + bit];
      } while (node > 0);
      blockModes[b] = -node;
      aboveModes[up] = -node;
      leftModes[b >> 2] = -node;
    }
    return BLOCKWISE;
  }

  private void luma(Vp8Residual residual, int mode, int x, int y) {
    Vp8Plane plane = planes[0];
    int start = plane.origin + 16 * y * plane.stride + 16 * x;
    if (mode != BLOCKWISE) {
      plane.predict(start, 16, mode, y > 0, x > 0);
    }
    for (int b = 0; b < 16; b++) {
      int block = start + 4 * (b >> 2) * plane.stride + 4 * (b & 3);
      if (mode == BLOCKWISE) {
        aboveRight(plane, start, block, b, x, y);
        plane.predictBlock(block, blockModes[b], edge);
      }
      if (residual.any) {
        plane.add(block, residual.values, 16 * b);
      }
    }
  }

  /** Blocks of the last column all look at the row above the macroblock (RFC 6386, 12.3). */
  private void aboveRight(Vp8Plane plane, int start, int block, int b, int x, int y) {
    boolean last = (b & 3) == 3;
    int from = last ? start - plane.stride + 16 : block - plane.stride + 4;
    boolean outside = last && x == columns - 1 && y > 0;
    for (int i = 0; i < 4; i++) {
      edge[9 + i] = plane.samples[outside ? from - 1 : from + i] & 0xff;
    }
  }
}
