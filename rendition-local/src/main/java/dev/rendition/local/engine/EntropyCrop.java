package dev.rendition.local.engine;

import dev.rendition.local.raster.Plane;
import dev.rendition.recipe.PixelSize;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts out the part with most detail: the place, along each axis on its own, where the sum of
 * brightness differences between neighbours is largest. Among equal places the one nearest to the
 * middle is taken.
 */
final class EntropyCrop {
  private EntropyCrop() {}

  static Picture of(Picture picture, PixelSize size) {
    Plane luma = Colours.toGrey(picture).planes().get(0);
    long[] columns = new long[luma.width()];
    long[] rows = new long[luma.height()];
    for (int y = 0; y < luma.height(); y++) {
      for (int x = 0; x < luma.width(); x++) {
        int here = luma.at(x, y);
        int right = x + 1 < luma.width() ? luma.at(x + 1, y) : here;
        int below = y + 1 < luma.height() ? luma.at(x, y + 1) : here;
        int detail = Math.abs(here - right) + Math.abs(here - below);
        columns[x] += detail;
        rows[y] += detail;
      }
    }
    int left = start(columns, Math.min(size.width(), luma.width()));
    int top = start(rows, Math.min(size.height(), luma.height()));
    return Cut.of(picture, left, top, size.width(), size.height());
  }

  private static int start(long[] detail, int length) {
    long sum = 0;
    for (int i = 0; i < length; i++) {
      sum += detail[i];
    }
    int middle = (detail.length - length) / 2;
    long best = sum;
    int at = 0;
    for (int i = 1; i + length <= detail.length; i++) {
      sum += detail[i + length - 1] - detail[i - 1];
      if (sum > best || (sum == best && Math.abs(i - middle) < Math.abs(at - middle))) {
        best = sum;
        at = i;
      }
    }
    return at;
  }

  /** Copies a rectangle. */
  static final class Cut {
    private Cut() {}

    static Picture of(Picture picture, int left, int top, int width, int height) {
      List<Plane> planes = new ArrayList<>();
      picture.planes().forEach(plane -> planes.add(of(plane, left, top, width, height)));
      Plane alpha = picture.alpha().map(plane -> of(plane, left, top, width, height)).orElse(null);
      return new Picture(picture.kind(), planes, alpha, null);
    }

    private static Plane of(Plane plane, int left, int top, int width, int height) {
      Plane cut = Plane.ofSize(width, height);
      for (int row = 0; row < height; row++) {
        int from = (top + row) * plane.width() + left;
        System.arraycopy(plane.samples(), from, cut.samples(), row * width, width);
      }
      return cut;
    }
  }
}
