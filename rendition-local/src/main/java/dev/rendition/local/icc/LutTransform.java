package dev.rendition.local.icc;

import java.nio.ByteBuffer;

/**
 * A profile that is a table of colours: {@code mft1}, {@code mft2} and {@code mAB} (ICC.1:2022,
 * 10.10 to 10.12), interpolated linearly in all directions.
 */
final class LutTransform implements ToSrgb.Transform {
  private static final int MFT1 = 0x6d667431;
  private static final int MFT2 = 0x6d667432;
  private static final int MAB = 0x6d414220;
  private static final int MAX_NODES = 2_000_000;

  private final int inputs;
  private final boolean lab;
  private final double labScale;
  private final double[][] first;
  private final int[] grid;
  private final float[] nodes;
  private Curve[] middle = new Curve[0];
  private double[] matrix = new double[0];
  private final Curve[] last;

  LutTransform(ByteBuffer tag, Profile profile, int channels) {
    inputs = channels;
    lab = profile.connectionSpace() == Profile.LAB;
    int type = tag.getInt(0);
    if ((tag.get(8) & 0xff) != channels || tag.get(9) != 3) {
      throw new BadProfileException("a table of " + tag.get(8) + " to " + tag.get(9) + " channels");
    }
    // In 16-bit tables of version 2, white is 0xff00 and not 0xffff (ICC.1:2022, 10.10).
    labScale = type == MFT2 ? 65535.0 / 65280.0 : 1;
    first = new double[channels][256];
    grid = new int[channels];
    last = new Curve[3];
    if (type == MFT1 || type == MFT2) {
      nodes = simple(tag, type == MFT1 ? 1 : 2);
    } else if (type == MAB) {
      nodes = modern(tag);
    } else {
      throw new BadProfileException("a table of unknown type");
    }
  }

  private float[] simple(ByteBuffer tag, int bytes) {
    int points = tag.get(10) & 0xff;
    int entries = bytes == 1 ? 256 : tag.getShort(48) & 0xffff;
    int exits = bytes == 1 ? 256 : tag.getShort(50) & 0xffff;
    tag.position(bytes == 1 ? 48 : 52);
    if (entries < 2 || exits < 2) {
      throw new BadProfileException("tables of fewer than 2 entries");
    }
    for (int c = 0; c < inputs; c++) {
      tabulate(Curve.table(values(tag, entries, bytes)), c);
      grid[c] = points;
    }
    float[] table = nodes(tag, bytes);
    for (int c = 0; c < 3; c++) {
      last[c] = Curve.table(values(tag, exits, bytes));
    }
    return table;
  }

  private float[] modern(ByteBuffer tag) {
    int[] offsets = new int[5];
    for (int i = 0; i < 5; i++) {
      offsets[i] = tag.getInt(12 + 4 * i);
    }
    if (offsets[3] == 0 || offsets[4] == 0 || offsets[0] == 0) {
      throw new BadProfileException("a table without its parts");
    }
    Curve[] a = curves(tag, offsets[4], inputs);
    for (int c = 0; c < inputs; c++) {
      tabulate(a[c], c);
      grid[c] = tag.get(offsets[3] + c) & 0xff;
    }
    int bytes = tag.get(offsets[3] + 16);
    if (bytes != 1 && bytes != 2) {
      throw new BadProfileException("a table of " + bytes + " bytes");
    }
    tag.position(offsets[3] + 20);
    float[] table = nodes(tag, bytes);
    if (offsets[1] != 0 && offsets[2] != 0) {
      middle = curves(tag, offsets[2], 3);
      matrix = new double[12];
      for (int i = 0; i < 12; i++) {
        matrix[i] = tag.getInt(offsets[1] + 4 * i) / 65536.0;
      }
    }
    System.arraycopy(curves(tag, offsets[0], 3), 0, last, 0, 3);
    return table;
  }

  private static Curve[] curves(ByteBuffer tag, int offset, int count) {
    tag.position(offset);
    Curve[] curves = new Curve[count];
    for (int i = 0; i < count; i++) {
      curves[i] = Curve.read(tag);
      tag.position(tag.position() + 3 & ~3);
    }
    return curves;
  }

  private void tabulate(Curve curve, int channel) {
    for (int i = 0; i < 256; i++) {
      first[channel][i] = Math.max(0, Math.min(1, curve.at(i / 255.0)));
    }
  }

  private float[] nodes(ByteBuffer tag, int bytes) {
    long count = 3;
    for (int points : grid) {
      count *= points;
      if (points < 2 || count > MAX_NODES) {
        throw new BadProfileException("a grid of " + points + " points");
      }
    }
    if (count * bytes > tag.remaining()) {
      throw new BadProfileException("a grid of " + count + " numbers that are not there");
    }
    float[] table = new float[(int) count];
    for (int i = 0; i < table.length; i++) {
      table[i] = bytes == 1 ? (tag.get() & 0xff) / 255f : (tag.getShort() & 0xffff) / 65535f;
    }
    return table;
  }

  private static double[] values(ByteBuffer tag, int count, int bytes) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = bytes == 1 ? (tag.get() & 0xff) / 255.0 : (tag.getShort() & 0xffff) / 65535.0;
    }
    return values;
  }

  @Override
  public void apply(byte[][] planes, int from, int to) {
    double[] colour = new double[3];
    double[] part = new double[inputs];
    int[] base = new int[inputs];
    int[] step = new int[inputs];
    int stride = 3;
    for (int c = inputs - 1; c >= 0; c--) {
      step[c] = stride;
      stride *= grid[c];
    }
    for (int i = from; i < to; i++) {
      int origin = 0;
      for (int c = 0; c < inputs; c++) {
        double place = first[c][planes[c][i] & 0xff] * (grid[c] - 1);
        base[c] = Math.min((int) place, grid[c] - 2);
        part[c] = place - base[c];
        origin += base[c] * step[c];
      }
      interpolate(origin, part, step, colour);
      finish(colour, planes, i);
    }
  }

  private void interpolate(int origin, double[] part, int[] step, double[] colour) {
    double x = 0;
    double y = 0;
    double z = 0;
    for (int corner = 0; corner < 1 << inputs; corner++) {
      double weight = 1;
      int at = origin;
      for (int c = 0; c < inputs; c++) {
        boolean upper = (corner >> c & 1) != 0;
        weight *= upper ? part[c] : 1 - part[c];
        at += upper ? step[c] : 0;
      }
      if (weight != 0) {
        x += weight * nodes[at];
        y += weight * nodes[at + 1];
        z += weight * nodes[at + 2];
      }
    }
    colour[0] = x;
    colour[1] = y;
    colour[2] = z;
  }

  private void finish(double[] colour, byte[][] planes, int i) {
    if (matrix.length > 0) {
      double x = middle[0].at(colour[0]);
      double y = middle[1].at(colour[1]);
      double z = middle[2].at(colour[2]);
      for (int row = 0; row < 3; row++) {
        colour[row] =
            matrix[3 * row] * x
                + matrix[3 * row + 1] * y
                + matrix[3 * row + 2] * z
                + matrix[9 + row];
      }
    }
    for (int c = 0; c < 3; c++) {
      colour[c] = last[c].at(Math.max(0, Math.min(1, colour[c])));
    }
    if (lab) {
      LabColours.toXyz(
          colour[0] * labScale * 100,
          colour[1] * labScale * 255 - 128,
          colour[2] * labScale * 255 - 128,
          colour);
    } else {
      for (int c = 0; c < 3; c++) {
        colour[c] *= 65535.0 / 32768;
      }
    }
    if (planes.length == 1) {
      planes[0][i] = SrgbCurve.encode(colour[1]);
    } else {
      SrgbCurve.fromXyz(colour[0], colour[1], colour[2], planes, i);
    }
  }
}
