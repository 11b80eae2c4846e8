package dev.rendition.generate;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetKey;
import dev.rendition.recipe.Encoding;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.Operation;
import dev.rendition.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;

/**
 * One rendition to be made.
 *
 * @param name what the caller calls the recipe; only repeated in reports and logs
 * @param recipe how it is made
 * @param target the key it is stored under
 */
public record RenditionSpec(String name, Recipe recipe, AssetKey target) {
  public RenditionSpec {
    requireNonNull(name, "name");
    requireNonNull(recipe, "recipe");
    requireNonNull(target, "target");
  }

  /** Returns the spec of a recipe of a book. */
  public static RenditionSpec of(NamedRecipe recipe, AssetKey target) {
    return new RenditionSpec(recipe.name(), recipe.recipe(), target);
  }

  /** Begins a spec: operations follow, then the encoding ends it. */
  public static Builder to(AssetKey target) {
    return new Builder(target);
  }

  /** Collects operations; {@link #encodeAs} makes the spec. Not safe for use by many threads. */
  public static final class Builder {
    private final AssetKey target;
    private final List<Operation> operations = new ArrayList<>();

    private Builder(AssetKey target) {
      this.target = requireNonNull(target, "target");
    }

    /** Adds an operation behind those before. */
    public Builder apply(Operation operation) {
      operations.add(requireNonNull(operation, "operation"));
      return this;
    }

    /** Returns the spec; its name is the recipe's text. */
    public RenditionSpec encodeAs(Encoding encoding) {
      Recipe recipe = Recipe.of(operations, encoding);
      return new RenditionSpec(recipe.toString(), recipe, target);
    }
  }
}
