package dev.rendition.local.jpeg;

/** Units that lie side by side, between reading and transforming them. */
final class UnitGroup {
  /** For each plane the coefficients. */
  final int[][] tiles;

  /** The column of the first unit. */
  int first;

  /** How many units. */
  int units;

  UnitGroup(int[][] tiles) {
    this.tiles = tiles;
  }
}
