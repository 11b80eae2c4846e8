package dev.rendition.local.jpeg;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Builds sequential JPEG streams with features that writers in the field do not offer. Coefficients
 * are random but small; every code has a fixed length, so nothing here shares an idea with the
 * decoder.
 */
final class JpegStream {
  final int width;
  final int height;
  final int[][] sampling;
  final int[] quant = new int[64];

  /** Quantised coefficients in zigzag order, by component, row of blocks and column of blocks. */
  final int[][][][] blocks;

  private final List<byte[]> headers = new ArrayList<>();
  private int frameMarker = 0xc0;
  private int[] ids = {1, 2, 3, 4};
  private int interval;
  private int fillBytes;
  private boolean apart;
  private boolean wideQuant;
  private boolean heightLater;
  private boolean endMarker = true;

  JpegStream(int width, int height, int[]... sampling) {
    this.width = width;
    this.height = height;
    this.sampling = sampling;
    for (int k = 0; k < 64; k++) {
      quant[k] = 2 + k % 5;
    }
    this.blocks = new int[sampling.length][][][];
    Random random = new Random(width * 31L + height);
    for (int c = 0; c < sampling.length; c++) {
      blocks[c] = new int[down() * sampling[c][1]][across() * sampling[c][0]][];
      for (int[][] row : blocks[c]) {
        for (int b = 0; b < row.length; b++) {
          row[b] = randomBlock(random);
        }
      }
    }
  }

  private static int[] randomBlock(Random random) {
    int[] block = new int[64];
    block[0] = random.nextInt(400) - 200;
    for (int n = random.nextInt(9); n > 0; n--) {
      block[1 + random.nextInt(63)] = random.nextInt(31) - 15;
    }
    return block;
  }

  JpegStream withRestartInterval(int units) {
    interval = units;
    return this;
  }

  JpegStream withFillBytes(int count) {
    fillBytes = count;
    return this;
  }

  JpegStream withScansApart() {
    apart = true;
    return this;
  }

  JpegStream withWideQuant() {
    wideQuant = true;
    frameMarker = 0xc1;
    quant[0] = 3;
    quant[40] = 300;
    return this;
  }

  JpegStream withHeightAfterFirstScan() {
    heightLater = true;
    return this;
  }

  JpegStream withoutEndMarker() {
    endMarker = false;
    return this;
  }

  JpegStream withIds(int... newIds) {
    ids = newIds;
    return this;
  }

  JpegStream withFrameMarker(int marker) {
    frameMarker = marker;
    return this;
  }

  /** Adds a segment before the tables; the payload is text of Latin-1 and bytes after it. */
  JpegStream withSegment(int marker, String name, byte... rest) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.writeBytes(name.getBytes(StandardCharsets.ISO_8859_1));
    payload.writeBytes(rest);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    segment(out, marker, payload.toByteArray());
    headers.add(out.toByteArray());
    return this;
  }

  int across() {
    return ceil(width, 8 * max(0));
  }

  int down() {
    return ceil(height, 8 * max(1));
  }

  int max(int direction) {
    int max = 1;
    for (int[] factors : sampling) {
      max = Math.max(max, factors[direction]);
    }
    return max;
  }

  static int ceil(int value, int by) {
    return (value + by - 1) / by;
  }

  byte[] build() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd8});
    headers.forEach(out::writeBytes);
    segment(out, 0xdb, quantTable());
    segment(out, frameMarker, frame());
    segment(out, 0xc4, huffmanTables());
    if (interval > 0) {
      segment(out, 0xdd, new byte[] {(byte) (interval >> 8), (byte) interval});
    }
    if (apart || sampling.length == 1) {
      for (int c = 0; c < sampling.length; c++) {
        scan(out, c);
        heightAfter(out, c == 0);
      }
    } else {
      int[] all = new int[sampling.length];
      for (int c = 0; c < all.length; c++) {
        all[c] = c;
      }
      scan(out, all);
      heightAfter(out, true);
    }
    if (endMarker) {
      marker(out, 0xd9);
    }
    return out.toByteArray();
  }

  private void heightAfter(ByteArrayOutputStream out, boolean first) {
    if (first && heightLater) {
      segment(out, 0xdc, new byte[] {(byte) (height >> 8), (byte) height});
    }
  }

  private byte[] quantTable() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(wideQuant ? 0x10 : 0);
    for (int q : quant) {
      if (wideQuant) {
        out.write(q >> 8);
      }
      out.write(q);
    }
    return out.toByteArray();
  }

  private byte[] frame() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(8);
    out.write(heightLater ? 0 : height >> 8);
    out.write(heightLater ? 0 : height);
    out.write(width >> 8);
    out.write(width);
    out.write(sampling.length);
    for (int c = 0; c < sampling.length; c++) {
      out.write(ids[c]);
      out.write(sampling[c][0] << 4 | sampling[c][1]);
      out.write(0);
    }
    return out.toByteArray();
  }

  /** DC: 12 codes of 4 bits, symbol n has code n. AC: 255 codes of 8 bits, likewise. */
  private static byte[] huffmanTables() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0, 0, 0, 0, 12});
    out.writeBytes(new byte[12]);
    for (int symbol = 0; symbol < 12; symbol++) {
      out.write(symbol);
    }
    out.writeBytes(new byte[] {0x10, 0, 0, 0, 0, 0, 0, 0, (byte) 255});
    out.writeBytes(new byte[8]);
    for (int symbol = 0; symbol < 255; symbol++) {
      out.write(symbol);
    }
    return out.toByteArray();
  }

  private void scan(ByteArrayOutputStream out, int... components) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.write(components.length);
    for (int c : components) {
      head.write(ids[c]);
      head.write(0);
    }
    head.writeBytes(new byte[] {0, 63, 0});
    segment(out, 0xda, head.toByteArray());
    boolean alone = components.length == 1;
    int only = components[0];
    int across = alone ? ceil(ceil(width * sampling[only][0], max(0)), 8) : across();
    int down = alone ? ceil(ceil(height * sampling[only][1], max(1)), 8) : down();
    Bits bits = new Bits(out);
    int[] before = new int[sampling.length];
    int restarts = 0;
    for (int unit = 0; unit < across * down; unit++) {
      if (interval > 0 && unit > 0 && unit % interval == 0) {
        bits.flush();
        marker(out, 0xd0 + restarts++ % 8);
        before = new int[sampling.length];
      }
      for (int c : components) {
        int h = alone ? 1 : sampling[c][0];
        int v = alone ? 1 : sampling[c][1];
        for (int i = 0; i < h * v; i++) {
          int[] block = blocks[c][unit / across * v + i / h][unit % across * h + i % h];
          code(bits, block, before[c]);
          before[c] = block[0];
        }
      }
    }
    bits.flush();
  }

  private static void code(Bits bits, int[] block, int before) {
    int difference = block[0] - before;
    bits.put(size(difference), 4);
    bits.putValue(difference);
    int run = 0;
    int k = 1;
    int last = 63;
    while (last > 0 && block[last] == 0) {
      last--;
    }
    for (; k <= last; k++) {
      if (block[k] == 0) {
        run++;
        continue;
      }
      for (; run > 15; run -= 16) {
        bits.put(0xf0, 8);
      }
      bits.put(run << 4 | size(block[k]), 8);
      bits.putValue(block[k]);
      run = 0;
    }
    if (last < 63) {
      bits.put(0, 8);
    }
  }

  private static int size(int value) {
    return 32 - Integer.numberOfLeadingZeros(Math.abs(value));
  }

  private void marker(ByteArrayOutputStream out, int second) {
    for (int i = 0; i <= fillBytes; i++) {
      out.write(0xff);
    }
    out.write(second);
  }

  private void segment(ByteArrayOutputStream out, int marker, byte[] payload) {
    marker(out, marker);
    out.write(payload.length + 2 >> 8);
    out.write(payload.length + 2);
    out.writeBytes(payload);
  }

  private static final class Bits {
    private final ByteArrayOutputStream out;
    private int held;
    private int count;

    Bits(ByteArrayOutputStream out) {
      this.out = out;
    }

    void put(int value, int size) {
      for (int i = size - 1; i >= 0; i--) {
        held = held << 1 | (value >> i & 1);
        count++;
        if (count == 8) {
          out.write(held);
          if ((held & 0xff) == 0xff) {
            out.write(0);
          }
          count = 0;
          held = 0;
        }
      }
    }

    void putValue(int value) {
      int size = size(value);
      put(value < 0 ? value + (1 << size) - 1 : value, size);
    }

    void flush() {
      while (count != 0) {
        put(1, 1);
      }
    }
  }
}
