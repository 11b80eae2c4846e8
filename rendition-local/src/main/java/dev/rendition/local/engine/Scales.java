package dev.rendition.local.engine;

import dev.rendition.local.resample.Window;
import java.util.List;

/**
 * At which scale each plane is decoded: the smallest that leaves the resampler enough to work with.
 * The less a plane is reduced by decoding alone, the sharper it stays; docs/decisions/0031 has the
 * measurements behind the numbers.
 */
final class Scales {
  private Scales() {}

  /** Returns how much a reduced decode must leave to the resampler. */
  private static double leastRest(int scale) {
    return switch (scale) {
      case 1 -> 0;
      case 2 -> 1.2;
      case 4 -> 1.7;
      default -> 1.8;
    };
  }

  /** Returns the denominator for each plane. */
  static int[] choose(LaneSource source, Lane lane, List<Node> roots) {
    int[] scales = new int[lane.planes()];
    for (int plane = 0; plane < scales.length; plane++) {
      double least = Double.MAX_VALUE;
      for (Node root : roots) {
        least = Math.min(least, reduction(source, lane, plane, root));
      }
      scales[plane] = 1;
      for (int scale : source.scales()) {
        if (least / scale >= leastRest(scale)) {
          scales[plane] = scale;
        }
      }
    }
    return scales;
  }

  /** Returns how many samples of the plane at full scale become one sample of the target. */
  private static double reduction(LaneSource source, Lane lane, int plane, Node root) {
    Lane.Shape shape = lane.shape(plane, 1);
    Window stored =
        root.shot
            .turn()
            .stored(root.shot.window(), source.stored().width(), source.stored().height());
    Window window = stored.scaled(shape.across(), shape.down());
    boolean half =
        plane > 0 && RootFeed.direct(lane, root.form) && root.form.kind() == Form.Kind.YCC_HALF;
    int width = Ycc.chroma(root.shot.size().width(), half);
    int height = Ycc.chroma(root.shot.size().height(), half);
    boolean turned = root.shot.turn().transposes();
    return Math.min(
        window.width() / (turned ? height : width), window.height() / (turned ? width : height));
  }
}
