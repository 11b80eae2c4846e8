package dev.rendition.recipe;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Decimal numbers in recipes: rounded to a fixed number of places, printed without trailing zeros.
 */
final class Numbers {
  private Numbers() {}

  /** Rounds to three decimals and checks the range. */
  static double require(String what, double value, double least, double most) {
    double rounded = Math.rint(value * 1_000) / 1_000 + 0.0;
    if (!(rounded >= least && rounded <= most)) {
      throw new IllegalArgumentException(
          what + " must be " + print(least, 3) + ".." + print(most, 3) + ", was " + value);
    }
    return rounded;
  }

  /** Checks the range of a whole number. */
  static void require(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " must be " + least + ".." + most + ", was " + value);
    }
  }

  static String print(double value, int decimals) {
    return BigDecimal.valueOf(value)
        .setScale(decimals, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }
}
