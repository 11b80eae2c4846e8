package dev.rendition.deliver;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetContent;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.Rgb;
import dev.rendition.spi.PixelReader;
import dev.rendition.spi.Pixels;
import java.io.IOException;
import java.util.Base64;

/**
 * What is shown until a picture arrives. Strings, to be kept beside the picture in a database.
 *
 * <p>It is reckoned from a tiny rendition, so that it costs no decode of its own: put {@link
 * #RECIPE} into the recipe book and ask for it together with the others.
 *
 * @param dataUri the tiny rendition itself as a data address (RFC 2397)
 * @param dominant the colour most of it has
 * @param thumbHash its <a href="https://evanw.github.io/thumbhash/">ThumbHash</a> in base64
 */
public record Placeholder(String dataUri, Rgb dominant, String thumbHash) {
  /** The tiny rendition a placeholder is reckoned from. */
  public static final NamedRecipe RECIPE = NamedRecipe.of("placeholder", "fit:24x24,png");

  /** The largest file a placeholder is made of, in bytes: what still suits a page. */
  public static final int MAX_BYTES = 16 << 10;

  private static final int CELL_BITS = 4;

  public Placeholder {
    requireNonNull(dataUri, "dataUri");
    requireNonNull(dominant, "dominant");
    requireNonNull(thumbHash, "thumbHash");
  }

  /**
   * Makes the placeholder of a tiny rendition.
   *
   * @param rendition read to its end, not closed
   * @param reader for example {@code LocalPixelReader} of rendition-local
   * @throws IOException if it cannot be read, is larger than {@link #MAX_BYTES} or 100 x 100 pixels
   */
  public static Placeholder of(AssetContent rendition, PixelReader reader) throws IOException {
    byte[] file = rendition.stream().readNBytes(MAX_BYTES + 1);
    String type = rendition.info().mediaType();
    if (file.length > MAX_BYTES || !type.matches("image/(png|jpeg|gif|webp)")) {
      throw new IOException(
          "a placeholder is made of a PNG, JPEG, GIF or WebP of at most "
              + MAX_BYTES
              + " bytes, was "
              + type
              + " of "
              + rendition.info().length()
              + " bytes");
    }
    Pixels pixels = reader.read(file);
    byte[] hash;
    try {
      hash = ThumbHash.of(pixels);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    Base64.Encoder base64 = Base64.getEncoder();
    return new Placeholder(
        "data:" + type + ";base64," + base64.encodeToString(file),
        dominant(pixels),
        base64.encodeToString(hash));
  }

  /**
   * Returns the colour of the fullest of 4,096 cells, 16 levels of red by green by blue: the
   * average of its pixels, each by its opacity; the first of equal ones. White if nothing is to be
   * seen.
   */
  static Rgb dominant(Pixels pixels) {
    int cells = 1 << 3 * CELL_BITS;
    long[] weight = new long[cells];
    long[][] sums = new long[3][cells];
    for (int pixel : pixels.argb()) {
      int alpha = pixel >>> 24;
      int red = pixel >> 16 & 255;
      int green = pixel >> 8 & 255;
      int blue = pixel & 255;
      int cell = red >> 4 << 8 | green >> 4 << 4 | blue >> 4;
      weight[cell] += alpha;
      sums[0][cell] += (long) alpha * red;
      sums[1][cell] += (long) alpha * green;
      sums[2][cell] += (long) alpha * blue;
    }
    int best = 0;
    for (int cell = 1; cell < cells; cell++) {
      best = weight[cell] > weight[best] ? cell : best;
    }
    long all = weight[best];
    return all == 0
        ? Rgb.WHITE
        : new Rgb(
            (int) ((sums[0][best] + all / 2) / all),
            (int) ((sums[1][best] + all / 2) / all),
            (int) ((sums[2][best] + all / 2) / all));
  }
}
