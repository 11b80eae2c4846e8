package dev.rendition.deliver;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetKey;
import dev.rendition.recipe.NamedRecipe;
import java.time.Instant;

/** What the path of a request asks for, or why it asks for nothing. */
public sealed interface Address {
  /**
   * A recipe of the book and an original.
   *
   * @param source the original
   * @param recipe the recipe
   */
  record Preset(AssetKey source, NamedRecipe recipe) implements Address {
    public Preset {
      requireNonNull(source, "source");
      requireNonNull(recipe, "recipe");
    }
  }

  /**
   * The key a layout gave a rendition.
   *
   * @param target the key
   * @param source the original it was made from
   * @param recipe the recipe it was made by
   */
  record Target(AssetKey target, AssetKey source, NamedRecipe recipe) implements Address {
    public Target {
      requireNonNull(target, "target");
      requireNonNull(source, "source");
      requireNonNull(recipe, "recipe");
    }
  }

  /**
   * A recipe of no book that somebody who has a key vouches for.
   *
   * @param source the original
   * @param recipe the recipe, under the name {@link dev.rendition.layout.AdHocLayout#NAME}
   * @param expires the first moment at which the address is refused; {@link Instant#MAX} for never
   */
  record Signed(AssetKey source, NamedRecipe recipe, Instant expires) implements Address {
    public Signed {
      requireNonNull(source, "source");
      requireNonNull(recipe, "recipe");
      requireNonNull(expires, "expires");
    }
  }

  /**
   * Nothing is asked for that could be given.
   *
   * @param problem why, from the closed list
   * @param detail one sentence for the log; it quotes nothing of the address
   */
  record Refused(Problem problem, String detail) implements Address {
    public Refused {
      requireNonNull(problem, "problem");
      requireNonNull(detail, "detail");
    }
  }

  /** Why an address is refused. */
  enum Problem {
    /** The text is no address, or names no asset. */
    MALFORMED(400),
    /** The signed text is no recipe. */
    RECIPE_INVALID(400),
    /** The signature does not belong to the rest of the address. */
    SIGNATURE_WRONG(403),
    /** It is signed by a key this scheme does not have. */
    KEY_UNKNOWN(403),
    /** The recipe lays another tenant's picture over this one. */
    FOREIGN_TENANT(403),
    /** No recipe of the book has the name, or the path is that of no rendition. */
    RECIPE_UNKNOWN(404),
    /** Its time is over. */
    EXPIRED(410);

    private final int httpStatus;

    Problem(int httpStatus) {
      this.httpStatus = httpStatus;
    }

    /** Returns the HTTP status code (RFC 9110, section 15) a server answers with. */
    public int httpStatus() {
      return httpStatus;
    }
  }
}
