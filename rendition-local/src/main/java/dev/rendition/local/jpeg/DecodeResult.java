package dev.rendition.local.jpeg;

import java.util.List;

/**
 * How a decoding went.
 *
 * @param share how much of the picture comes from data, 0 to 1; the rest is grey
 * @param warnings what was wrong with the stream, in the order it was seen, the first few of it
 */
public record DecodeResult(double share, List<String> warnings) {
  public DecodeResult {
    warnings = List.copyOf(warnings);
  }
}
