package dev.rendition.local.icc;

import java.nio.ByteBuffer;

/** A tone curve of a profile: {@code curv} or {@code para} (ICC.1:2022, 10.6 and 10.18). */
final class Curve {
  private static final int CURV = 0x63757276;
  private static final int PARA = 0x70617261;

  private final double[] table;
  private final double[] parameters;
  private final int function;

  private Curve(double[] table, int function, double[] parameters) {
    this.table = table;
    this.function = function;
    this.parameters = parameters;
  }

  static Curve table(double[] values) {
    return new Curve(values, -1, new double[0]);
  }

  /** Reads a curve at the position of the buffer, and leaves the position behind it. */
  static Curve read(ByteBuffer in) {
    int type = in.getInt();
    in.getInt();
    if (type == CURV) {
      int count = in.getInt();
      if (count == 0) {
        return new Curve(new double[0], 0, new double[] {1});
      }
      if (count == 1) {
        return new Curve(new double[0], 0, new double[] {(in.getShort() & 0xffff) / 256.0});
      }
      if (count < 0 || count > in.remaining() / 2) {
        throw new BadProfileException("a curve of " + count + " entries");
      }
      double[] table = new double[count];
      for (int i = 0; i < count; i++) {
        table[i] = (in.getShort() & 0xffff) / 65535.0;
      }
      return table(table);
    }
    if (type != PARA) {
      throw new BadProfileException("a curve of unknown type");
    }
    int function = in.getShort() & 0xffff;
    in.getShort();
    int[] counts = {1, 3, 4, 5, 7};
    if (function >= counts.length) {
      throw new BadProfileException("parametric curve " + function);
    }
    double[] p = new double[counts[function]];
    for (int i = 0; i < p.length; i++) {
      p[i] = in.getInt() / 65536.0;
    }
    return new Curve(new double[0], function, p);
  }

  /** Returns the value for 0 to 1, itself 0 to 1 unless the curve is odd. */
  double at(double x) {
    if (table.length > 0) {
      double place = Math.max(0, Math.min(1, x)) * (table.length - 1);
      int i = Math.min((int) place, table.length - 2);
      double part = place - i;
      return table[i] + (table[i + 1] - table[i]) * part;
    }
    double[] p = parameters;
    double g = p[0];
    return switch (function) {
      case 0 -> power(x, g);
      case 1 -> x >= -p[2] / p[1] ? power(p[1] * x + p[2], g) : 0;
      case 2 -> (x >= -p[2] / p[1] ? power(p[1] * x + p[2], g) : 0) + p[3];
      case 3 -> x >= p[4] ? power(p[1] * x + p[2], g) : p[3] * x;
      default -> x >= p[4] ? power(p[1] * x + p[2], g) + p[5] : p[3] * x + p[6];
    };
  }

  private static double power(double base, double exponent) {
    return base <= 0 ? 0 : StrictMath.pow(base, exponent);
  }
}
