package dev.rendition.recipe;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetKey;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** One pixel change. Operations run in list order, each on the upright result of the one before. */
public sealed interface Operation {

  /**
   * Brings the picture to a box.
   *
   * @param box the room; closed unless {@code fit} is {@link Fit#FIT}
   * @param gravity what is kept by {@link Fit#COVER} and where {@link Fit#CONTAIN} puts the
   *     picture; {@link Gravity#CENTER} for the other two
   * @param enlarge whether a smaller picture is made larger
   */
  record Resize(Box box, Fit fit, Gravity gravity, boolean enlarge) implements Operation {
    public Resize {
      requireNonNull(box, "box");
      requireNonNull(gravity, "gravity");
      if (fit != Fit.FIT) {
        fit.requireClosed(box);
      }
      if (gravity != Gravity.CENTER && (fit == Fit.FIT || fit == Fit.FILL)) {
        throw new IllegalArgumentException(fit.word() + " takes no gravity, was " + gravity.word());
      }
      if (fit == Fit.CONTAIN && (gravity == Gravity.FOCUS || gravity == Gravity.ENTROPY)) {
        throw new IllegalArgumentException(
            "contain takes a place as gravity, was " + gravity.word());
      }
    }
  }

  /**
   * Keeps a rectangle. It must lie inside the picture; the part of a pixel counts as a whole one.
   *
   * @param x the left edge, from the picture's left edge
   * @param y the upper edge, from the picture's upper edge
   * @param width more than 0
   * @param height more than 0
   * @param percent whether the numbers are percent of the picture's sides (0 to 100, three
   *     decimals) or pixels (whole numbers)
   */
  record Crop(double x, double y, double width, double height, boolean percent)
      implements Operation {
    public Crop {
      double most = percent ? 100 : PixelSize.MAX;
      double least = percent ? 0.001 : 1;
      x = Numbers.require("crop x", x, 0, most);
      y = Numbers.require("crop y", y, 0, most);
      width = Numbers.require("crop width", width, least, most);
      height = Numbers.require("crop height", height, least, most);
      if (percent && (x + width > 100.0005 || y + height > 100.0005)) {
        throw new IllegalArgumentException(
            "a crop in percent ends at 100 or before, was "
                + Numbers.print(x + width, 3)
                + " x "
                + Numbers.print(y + height, 3));
      }
      if (!percent && (x % 1 != 0 || y % 1 != 0 || width % 1 != 0 || height % 1 != 0)) {
        throw new IllegalArgumentException(
            "a crop in pixels has whole numbers; write 12.5p for percent");
      }
    }
  }

  /**
   * Cuts the picture to an aspect ratio, as large as possible.
   *
   * @param width 1 to 1,000
   * @param height 1 to 1,000
   * @param gravity which part is kept
   */
  record Aspect(int width, int height, Gravity gravity) implements Operation {
    public Aspect {
      Numbers.require("aspect width", width, 1, 1_000);
      Numbers.require("aspect height", height, 1, 1_000);
      requireNonNull(gravity, "gravity");
    }
  }

  /**
   * Turns the picture clockwise.
   *
   * @param degrees 90, 180 or 270
   */
  record Rotate(int degrees) implements Operation {
    public Rotate {
      if (degrees != 90 && degrees != 180 && degrees != 270) {
        throw new IllegalArgumentException("rotate takes 90, 180 or 270, was " + degrees);
      }
    }
  }

  /**
   * Mirrors the picture.
   *
   * @param horizontal whether left and right change places; else top and bottom do
   */
  record Flip(boolean horizontal) implements Operation {}

  /**
   * Puts the picture on a colour. It colours what shows through here and what later padding adds.
   *
   * @param colour what lies behind
   */
  record Background(Rgb colour) implements Operation {
    public Background {
      requireNonNull(colour, "colour");
    }
  }

  /**
   * Sharpens by an unsharp mask of 1 pixel standard deviation.
   *
   * @param amount how much of the difference to the blurred picture is added, 0.001 to 10
   */
  record Sharpen(double amount) implements Operation {
    public Sharpen {
      amount = Numbers.require("sharpen amount", amount, 0.001, 10);
    }
  }

  /**
   * Blurs with a Gaussian.
   *
   * @param sigma the standard deviation in pixels, 0.1 to 100
   */
  record Blur(double sigma) implements Operation {
    public Blur {
      sigma = Numbers.require("blur sigma", sigma, 0.1, 100);
    }
  }

  /** Takes the colour out, by the luma weights of ITU-R BT.601. */
  record Grey() implements Operation {}

  /**
   * Lays another picture over this one.
   *
   * @param key the picture to lay over, in the originals store
   * @param gravity where it goes; not {@link Gravity#FOCUS} or {@link Gravity#ENTROPY}
   * @param opacity 1 to 100 percent
   * @param width 1 to 100 percent of this picture's width; the height follows
   */
  record Watermark(AssetKey key, Gravity gravity, int opacity, int width) implements Operation {
    public Watermark {
      requireNonNull(key, "key");
      if (requireNonNull(gravity, "gravity") == Gravity.FOCUS || gravity == Gravity.ENTROPY) {
        throw new IllegalArgumentException(
            "a watermark takes a place as gravity, was " + gravity.word());
      }
      Numbers.require("watermark opacity", opacity, 1, 100);
      Numbers.require("watermark width", width, 1, 100);
    }
  }

  /**
   * A change somebody else wrote, found by its name in the generator that runs the recipe.
   *
   * @param name {@code x-} and then lower-case letters, digits and {@code -}, at most 40 characters
   * @param arguments at most 8, each letters, digits and {@code . _ -}, at most 64 characters
   */
  record Custom(String name, List<String> arguments) implements Operation {
    private static final Pattern NAME = Pattern.compile("x-[a-z0-9][a-z0-9-]{0,37}");
    private static final Pattern ARGUMENT = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public Custom {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "a custom operation's name is x- and letters, digits or '-', was \""
                + RecipeException.shown(name)
                + '"');
      }
      arguments = List.copyOf(arguments);
      if (arguments.size() > 8) {
        throw new IllegalArgumentException(
            "a custom operation has at most 8 arguments, had " + arguments.size());
      }
      for (String argument : arguments) {
        if (!ARGUMENT.matcher(argument).matches()) {
          throw new IllegalArgumentException(
              "an argument is 1 to 64 letters, digits, '.', '_' or '-', was \""
                  + RecipeException.shown(argument)
                  + '"');
        }
      }
    }
  }

  /** The words a recipe's operations begin with, custom ones aside. */
  Set<String> WORDS =
      Set.of(
          "fit",
          "cover",
          "contain",
          "fill",
          "crop",
          "aspect",
          "rotate",
          "flip",
          "background",
          "sharpen",
          "blur",
          "grey",
          "watermark");

  /** Scales into a box, keeping the aspect ratio and never enlarging. */
  static Operation fit(int width, int height) {
    return new Resize(new Box(width, height), Fit.FIT, Gravity.CENTER, false);
  }

  /** Fills a box, cutting off what stands out around the centre, never enlarging. */
  static Operation cover(int width, int height) {
    return cover(width, height, Gravity.CENTER);
  }

  /** Fills a box, cutting off what stands out after a gravity, never enlarging. */
  static Operation cover(int width, int height, Gravity gravity) {
    return new Resize(new Box(width, height), Fit.COVER, gravity, false);
  }

  /** Keeps a rectangle of whole pixels. */
  static Operation crop(int x, int y, int width, int height) {
    return new Crop(x, y, width, height, false);
  }
}
