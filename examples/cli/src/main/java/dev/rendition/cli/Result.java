package dev.rendition.cli;

import dev.rendition.asset.AssetKey;
import dev.rendition.generate.FailureReason;
import dev.rendition.recipe.PixelSize;
import java.util.List;

/** What became of one recipe of one picture, as it is printed. */
sealed interface Result {
  /** Returns the file as it was named. */
  String source();

  /** Returns the recipe's name. */
  String recipe();

  /** Returns how it was made and what was remarked, for people; empty if nobody knows. */
  List<String> trace();

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
      long millis,
      List<String> trace)
      implements Result {
    public Stored {
      trace = List.copyOf(trace);
    }
  }

  /**
   * The rendition is not there.
   *
   * @param detail one sentence
   * @param millis from when the picture's turn came
   */
  record Failed(
      String source,
      String recipe,
      FailureReason reason,
      String detail,
      long millis,
      List<String> trace)
      implements Result {
    public Failed {
      trace = List.copyOf(trace);
    }
  }
}
