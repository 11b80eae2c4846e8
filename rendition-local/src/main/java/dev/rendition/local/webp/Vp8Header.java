package dev.rendition.local.webp;

/** The frame header (RFC 6386, sections 9.1 to 9.11 and 19.2). */
final class Vp8Header {
  final int width;
  final int height;
  final BoolDecoder modes;
  final BoolDecoder[] tokens;
  boolean segmented;
  boolean segmentMap;
  final int[] segmentProbabilities = {255, 255, 255};
  boolean simpleFilter;
  int sharpness;

  /**
   * For each segment: steps of Y first and others, Y2 first and others, chroma first and others.
   */
  final int[][] steps = new int[4][6];

  /** The level of the loop filter, by segment, without and with 4 x 4 prediction. */
  final int[][] filterLevels = new int[4][2];

  final int[] coefficients = Vp8Tables.COEFFICIENTS.clone();
  boolean skipping;
  int skipProbability;

  private final int[] segmentSteps = new int[4];
  private final int[] segmentFilters = new int[4];
  private boolean absolute;

  Vp8Header(byte[] data) {
    if (data.length < 10) {
      throw new Vp8Exception("the frame has only " + data.length + " bytes");
    }
    int tag = at(data, 0) | at(data, 1) << 8 | at(data, 2) << 16;
    if ((tag & 1) != 0 || at(data, 3) != 0x9d || at(data, 4) != 1 || at(data, 5) != 0x2a) {
      throw new Vp8Exception("the frame is not a key frame");
    }
    width = (at(data, 6) | at(data, 7) << 8) & 0x3fff;
    height = (at(data, 8) | at(data, 9) << 8) & 0x3fff;
    int firstSize = tag >> 5;
    if (width == 0 || height == 0 || firstSize > data.length - 10) {
      throw new Vp8Exception("the first partition of " + firstSize + " bytes is cut off");
    }
    modes = new BoolDecoder(data, 10, 10 + firstSize);
    modes.number(2);
    segments();
    simpleFilter = modes.flag();
    int level = modes.number(6);
    sharpness = modes.number(3);
    filterLevels(level);
    tokens = partitions(data, 10 + firstSize, 1 << modes.number(2));
    quantizers();
    modes.flag();
    for (int i = 0; i < coefficients.length; i++) {
      if (modes.bit(Vp8Tables.COEFFICIENT_UPDATES[i]) != 0) {
        coefficients[i] = modes.number(8);
      }
    }
    skipping = modes.flag();
    skipProbability = skipping ? modes.number(8) : 0;
  }

  private static int at(byte[] data, int index) {
    return data[index] & 0xff;
  }

  private void segments() {
    segmented = modes.flag();
    if (!segmented) {
      return;
    }
    segmentMap = modes.flag();
    if (modes.flag()) {
      absolute = modes.flag();
      for (int i = 0; i < 4; i++) {
        segmentSteps[i] = modes.optional(7);
      }
      for (int i = 0; i < 4; i++) {
        segmentFilters[i] = modes.optional(6);
      }
    }
    for (int i = 0; segmentMap && i < 3; i++) {
      segmentProbabilities[i] = modes.flag() ? modes.number(8) : 255;
    }
  }

  private void filterLevels(int level) {
    int intraDelta = 0;
    int blockDelta = 0;
    boolean deltas = modes.flag();
    boolean update = deltas && modes.flag();
    if (update) {
      for (int i = 0; i < 8; i++) {
        int delta = modes.optional(6);
        intraDelta = i == 0 ? delta : intraDelta;
        blockDelta = i == 4 ? delta : blockDelta;
      }
    }
    for (int s = 0; s < 4; s++) {
      int base = level;
      if (segmented) {
        base = segmentFilters[s] + (absolute ? 0 : level);
      }
      base = clamp(base, 63);
      filterLevels[s][0] = clamp(base + intraDelta, 63);
      filterLevels[s][1] = clamp(base + intraDelta + blockDelta, 63);
    }
  }

  private static BoolDecoder[] partitions(byte[] data, int table, int count) {
    int start = table + 3 * (count - 1);
    if (start > data.length) {
      throw new Vp8Exception("the sizes of the partitions are cut off");
    }
    BoolDecoder[] all = new BoolDecoder[count];
    for (int i = 0; i < count; i++) {
      int end = data.length;
      if (i < count - 1) {
        int at = table + 3 * i;
        int size = at(data, at) | at(data, at + 1) << 8 | at(data, at + 2) << 16;
        end = Math.min(end, start + size);
      }
      all[i] = new BoolDecoder(data, start, end);
      start = end;
    }
    return all;
  }

  private void quantizers() {
    int base = modes.number(7);
    int[] deltas = new int[5];
    for (int i = 0; i < 5; i++) {
      deltas[i] = modes.optional(4);
    }
    for (int s = 0; s < 4; s++) {
      int q = base;
      if (segmented) {
        q = segmentSteps[s] + (absolute ? 0 : base);
      }
      int[] step = steps[s];
      step[0] = Vp8Tables.DC_STEPS[clamp(q + deltas[0], 127)];
      step[1] = Vp8Tables.AC_STEPS[clamp(q, 127)];
      step[2] = Vp8Tables.DC_STEPS[clamp(q + deltas[1], 127)] * 2;
      step[3] = Math.max(8, Vp8Tables.AC_STEPS[clamp(q + deltas[2], 127)] * 155 / 100);
      step[4] = Vp8Tables.DC_STEPS[clamp(q + deltas[3], 117)];
      step[5] = Vp8Tables.AC_STEPS[clamp(q + deltas[4], 127)];
    }
  }

  private static int clamp(int v, int max) {
    return Math.max(0, Math.min(max, v));
  }
}
