package dev.rendition.cli;

import dev.rendition.asset.AssetKey;
import dev.rendition.generate.FailureReason;
import dev.rendition.recipe.PixelSize;

/** What became of one recipe of one picture, as it is printed. */
sealed interface Result {
  /** Returns the file as it was named. */
  String source();

  /** Returns the recipe's name. */
  String recipe();

  /**
   * The rendition is there.
   *
   * @param path the file it lies in; empty if the store is no folder
   * @param created whether this run made it; else it was there
   */
  record Stored(
      String source,
      String recipe,
      AssetKey key,
      String path,
      PixelSize size,
      String mediaType,
      long bytes,
      boolean created,
      long millis)
      implements Result {}

  /**
   * The rendition is not there.
   *
   * @param detail one sentence
   * @param millis from when the picture's turn came
   */
  record Failed(String source, String recipe, FailureReason reason, String detail, long millis)
      implements Result {}
}
