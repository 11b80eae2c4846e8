package dev.rendition.layout;

import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.Recipe;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Condenses what a rendition shows into 16 hex digits: which source, which recipe, which engine.
 *
 * <p>The same request gives the same bytes everywhere. Renditions asked for together share work, so
 * one that is made alone may differ from one made in company by differences nobody sees; both stand
 * for the same fingerprint.
 */
public final class Fingerprint {
  /**
   * The version of what the engine makes. It changes whenever the same recipe of the same source
   * gives other bytes, so that old and new renditions never share a key.
   */
  public static final int OUTPUT_VERSION = 3;

  /** How many hex digits a fingerprint has. */
  public static final int LENGTH = 16;

  private Fingerprint() {}

  /**
   * Returns the first 16 lower-case hex digits of the SHA-256 of: the recipe's canonical text, the
   * source's version, the focal point if the recipe uses it and nothing otherwise, and {@link
   * #OUTPUT_VERSION}; each followed by a line feed, in UTF-8.
   */
  public static String of(Recipe recipe, String sourceVersion, FocalPoint focus) {
    String text =
        recipe
            + "\n"
            + sourceVersion
            + "\n"
            + (recipe.usesFocus() ? focus : "")
            + "\n"
            + OUTPUT_VERSION
            + "\n";
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
