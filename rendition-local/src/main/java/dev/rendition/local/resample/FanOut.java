package dev.rendition.local.resample;

import dev.rendition.local.raster.RowSink;
import java.util.List;

/**
 * Hands each decoded row to every resampler of its plane, so that one decoding feeds several
 * targets. Rows of a plane without resamplers are dropped. Not safe for use by many threads.
 */
public final class FanOut implements RowSink {
  private final List<List<RowResampler>> planes;

  /**
   * Makes the fan.
   *
   * @param planes the resamplers of plane 0, of plane 1 and so on; who made them closes them
   */
  public FanOut(List<List<RowResampler>> planes) {
    this.planes = planes.stream().map(List::copyOf).toList();
  }

  @Override
  public void rows(int plane, int firstRow, int rowCount, byte[] samples, int offset, int stride) {
    if (plane < planes.size()) {
      for (RowResampler resampler : planes.get(plane)) {
        resampler.rows(firstRow, rowCount, samples, offset, stride);
      }
    }
  }
}
