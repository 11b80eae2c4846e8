package dev.rendition.local.jpeg;

/** What the next DC coefficient of a component depends on. */
class ArithmeticHistory {
  /** The DC coefficient of the block before. */
  int dcBefore;

  /** Which statistics the next DC difference has, by the kind of the last one. */
  int context;

  final void restart() {
    dcBefore = 0;
    context = 0;
  }
}
