package dev.rendition.deliver;

import dev.rendition.recipe.Box;
import dev.rendition.recipe.Operation;
import dev.rendition.recipe.PixelSize;
import dev.rendition.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The sizes recipes of no book are brought to, so that a page laid out at 811, 812 and 813 pixels
 * has one rendition made and not three. Immutable.
 */
final class SizeLadder {
  private final TreeSet<Integer> sides;

  /** Makes a ladder of sides in pixels; none to leave every size as it is. */
  SizeLadder(List<Integer> sides) {
    for (int side : sides) {
      if (side < 1 || side > PixelSize.MAX) {
        throw new IllegalArgumentException(
            "a size is 1.." + PixelSize.MAX + " pixels, was " + side);
      }
    }
    this.sides = new TreeSet<>(sides);
  }

  /**
   * Returns a recipe whose boxes stand on the ladder: the width, or the height where that is the
   * only side, becomes the next larger step, or the largest; the other side follows in proportion,
   * halves up.
   */
  Recipe snap(Recipe recipe) {
    if (sides.isEmpty()) {
      return recipe;
    }
    List<Operation> operations = new ArrayList<>();
    for (Operation operation : recipe.operations()) {
      operations.add(
          operation instanceof Operation.Resize resize
              ? new Operation.Resize(
                  snap(resize.box()), resize.fit(), resize.gravity(), resize.enlarge())
              : operation);
    }
    return new Recipe(
        operations, recipe.encoding(), recipe.maxBytes(), recipe.keepCopyright(), recipe.frames());
  }

  private Box snap(Box box) {
    if (box.width() == 0) {
      return new Box(0, step(box.height()));
    }
    int width = step(box.width());
    if (box.height() == 0) {
      return new Box(width, 0);
    }
    long height = (2L * box.height() * width + box.width()) / (2L * box.width());
    return new Box(width, (int) Math.max(1, Math.min(PixelSize.MAX, height)));
  }

  private int step(int side) {
    Integer next = sides.ceiling(side);
    return next == null ? sides.last() : next;
  }
}
