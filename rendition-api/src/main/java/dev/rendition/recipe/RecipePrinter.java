package dev.rendition.recipe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints the parts of a recipe in canonical form: defaults left out, arguments in a fixed order.
 */
final class RecipePrinter {
  static final int WATERMARK_OPACITY = 100;
  static final int WATERMARK_WIDTH = 20;
  static final Gravity WATERMARK_GRAVITY = Gravity.SE;

  private RecipePrinter() {}

  static String print(Operation operation) {
    if (operation instanceof Operation.Resize resize) {
      return resize.fit().word()
          + ":"
          + resize.box()
          + gravity(resize.gravity(), Gravity.CENTER)
          + (resize.enlarge() ? ":enlarge" : "");
    } else if (operation instanceof Operation.Crop crop) {
      String unit = crop.percent() ? "p" : "";
      return "crop:"
          + Numbers.print(crop.x(), 3)
          + unit
          + ","
          + Numbers.print(crop.y(), 3)
          + unit
          + ","
          + Numbers.print(crop.width(), 3)
          + unit
          + ","
          + Numbers.print(crop.height(), 3)
          + unit;
    } else if (operation instanceof Operation.Aspect aspect) {
      return "aspect:"
          + aspect.width()
          + ":"
          + aspect.height()
          + gravity(aspect.gravity(), Gravity.CENTER);
    } else if (operation instanceof Operation.Rotate rotate) {
      return "rotate:" + rotate.degrees();
    } else if (operation instanceof Operation.Flip flip) {
      return flip.horizontal() ? "flip:h" : "flip:v";
    } else if (operation instanceof Operation.Background background) {
      return "background:" + background.colour();
    } else if (operation instanceof Operation.Sharpen sharpen) {
      return "sharpen:" + Numbers.print(sharpen.amount(), 3);
    } else if (operation instanceof Operation.Blur blur) {
      return "blur:" + Numbers.print(blur.sigma(), 3);
    } else if (operation instanceof Operation.Grey) {
      return "grey";
    } else if (operation instanceof Operation.Watermark watermark) {
      return print(watermark);
    } else if (operation instanceof Operation.Custom custom) {
      List<String> parts = new ArrayList<>();
      parts.add(custom.name());
      parts.addAll(custom.arguments());
      return String.join(":", parts);
    }
    throw new AssertionError("no text for " + operation.getClass());
  }

  static String print(Encoding encoding) {
    if (encoding instanceof Encoding.Jpeg jpeg) {
      return "jpeg"
          + number(jpeg.quality(), Encoding.DEFAULT_JPEG_QUALITY)
          + (jpeg.progressive() ? ":progressive" : "")
          + (jpeg.fullChroma() ? ":444" : "");
    } else if (encoding instanceof Encoding.Webp webp) {
      return "webp" + number(webp.quality(), Encoding.DEFAULT_WEBP_QUALITY);
    } else if (encoding instanceof Encoding.Avif avif) {
      return "avif" + number(avif.quality(), Encoding.DEFAULT_AVIF_QUALITY);
    }
    return encoding.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  static String bytes(long count) {
    if (count % 1_000_000 == 0) {
      return count / 1_000_000 + "m";
    }
    return count % 1_000 == 0 ? count / 1_000 + "k" : Long.toString(count);
  }

  /**
   * Writes a key text so that it holds none of the characters recipes and URLs reserve: bytes
   * become {@code ~hh}.
   */
  static String escape(String key) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c == '/') {
        escaped.append('!');
      } else if ((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || "._-".indexOf(c) >= 0) {
        escaped.append(c);
      } else {
        escaped.append(String.format(Locale.ROOT, "~%02x", (int) c));
      }
    }
    return escaped.toString();
  }

  private static String print(Operation.Watermark watermark) {
    boolean width = watermark.width() != WATERMARK_WIDTH;
    boolean opacity = width || watermark.opacity() != WATERMARK_OPACITY;
    return "watermark:"
        + escape(watermark.key().toString())
        + (opacity
            ? ":" + watermark.gravity().word()
            : gravity(watermark.gravity(), WATERMARK_GRAVITY))
        + (opacity ? ":" + watermark.opacity() : "")
        + (width ? ":" + watermark.width() : "");
  }

  private static String gravity(Gravity gravity, Gravity usual) {
    return gravity == usual ? "" : ":" + gravity.word();
  }

  private static String number(int value, int usual) {
    return value == usual ? "" : ":" + value;
  }
}
