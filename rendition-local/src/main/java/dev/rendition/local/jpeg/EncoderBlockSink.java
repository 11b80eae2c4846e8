package dev.rendition.local.jpeg;

import java.io.IOException;

/** Takes the blocks of a sequential scan in the order of the file. */
interface EncoderBlockSink {
  /**
   * Takes a block.
   *
   * @param component index of the block's component
   * @param coefficients where they lie: see {@link ForwardDct#coefficients}
   * @param offset of the block's first
   * @param nonZero which are not zero: bit n is the n-th in zigzag order
   */
  void block(int component, int[] coefficients, int offset, long nonZero) throws IOException;

  /**
   * Takes a block that lies wholly outside the picture: it costs least when its DC repeats the one
   * before and the rest is zero.
   */
  void filler(int component) throws IOException;
}
