package dev.rendition.local.engine;

import dev.rendition.local.notice.Notices;
import dev.rendition.local.resample.Orientation;
import dev.rendition.recipe.PixelSize;
import java.io.IOException;
import java.util.List;

/** A source whose header is known and whose pixels are not yet there. Used once, by one thread. */
interface LaneSource extends AutoCloseable {
  SourceFormat format();

  /** Returns the size as stored, before the orientation. */
  PixelSize stored();

  Orientation orientation();

  /** Returns which lane this is and why, for people. */
  String why();

  /** Returns what the header shows to be odd or damaged, for people. */
  default List<String> remarks() {
    return List.of();
  }

  /**
   * Returns the denominators of the scales the lane decodes at, in ascending order; 1 is always
   * among them.
   */
  List<Integer> scales();

  /**
   * Returns an upper bound of the heap that {@link #open} takes; 0 if it takes none worth
   * mentioning.
   */
  long memoryToOpen();

  /**
   * Returns an upper bound of the heap that is taken from now on until this is closed: the encoded
   * source, and its profile with the tables made of it.
   */
  long memoryHeld();

  /** Returns how many planes the lane will have at the most, alpha counted. */
  int planesAtMost();

  /** Makes the lane ready; what it allocates was granted before. Call once. */
  Lane open(Cancellation cancellation) throws IOException;

  /** Frees what the source and its lane hold. */
  @Override
  void close() throws IOException;

  /** Returns who made the picture and who holds its rights, for recipes that keep it. */
  Notices notices();

  /** Returns the size once upright. */
  default PixelSize upright() {
    PixelSize stored = stored();
    return PixelSize.of(
        orientation().uprightWidth(stored.width(), stored.height()),
        orientation().uprightHeight(stored.width(), stored.height()));
  }
}
