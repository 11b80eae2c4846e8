package dev.rendition.layout;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adds room for renditions of recipes that are in no book to another layout: they lie under {@code
 * {tenant}/adhoc/{path}/{fingerprint}.{ext}}, all of one source in one folder. Recipes of the book
 * stay where the other layout puts them.
 */
public final class AdHocLayout implements KeyLayout {
  /** The name recipes of no book have; no recipe of a book may have it. */
  public static final String NAME = "adhoc";

  private static final String FOLDER = NAME + "/";
  private static final Pattern TARGET =
      Pattern.compile(
          FOLDER + "(.+)/[0-9a-f]{" + Fingerprint.LENGTH + "}\\.[a-z]{3,4}", Pattern.DOTALL);

  private final KeyLayout book;

  /** Adds the room to the layout of the book's recipes. */
  public AdHocLayout(KeyLayout book) {
    this.book = requireNonNull(book, "book");
  }

  /** Returns a recipe of no book. */
  public static NamedRecipe recipe(Recipe recipe) {
    return new NamedRecipe(NAME, recipe);
  }

  /** Returns the path prefix under which the renditions of no book of a source lie. */
  public static String prefix(AssetKey source) {
    return FOLDER + source.path() + "/";
  }

  @Override
  public AssetKey target(AssetInfo source, NamedRecipe recipe, FocalPoint focus) {
    if (!recipe.name().equals(NAME)) {
      return book.target(source, recipe, focus);
    }
    return source
        .key()
        .withPath(
            prefix(source.key())
                + Fingerprint.of(recipe.recipe(), source.version(), focus)
                + "."
                + Extensions.of(recipe.recipe().encoding(), source.key()));
  }

  @Override
  public boolean isTarget(AssetKey key) {
    return TARGET.matcher(key.path()).matches() || book.isTarget(key);
  }

  @Override
  public boolean isTargetOf(AssetKey key, AssetKey source) {
    Matcher matcher = TARGET.matcher(key.path());
    boolean mine =
        matcher.matches()
            && key.tenant().equals(source.tenant())
            && matcher.group(1).equals(source.path());
    return mine || book.isTargetOf(key, source);
  }

  @Override
  public List<String> prefixes(AssetKey source) {
    List<String> prefixes = new ArrayList<>(book.prefixes(source));
    prefixes.add(prefix(source));
    return prefixes;
  }

  /** Says what the other layout says; the keys made here always name their content. */
  @Override
  public boolean namesContent() {
    return book.namesContent();
  }

  @Override
  public Optional<AssetKey> source(AssetKey target) {
    Matcher matcher = TARGET.matcher(target.path());
    return matcher.matches() ? Optional.of(target.withPath(matcher.group(1))) : book.source(target);
  }

  @Override
  public Optional<Origin> origin(AssetKey target) {
    return TARGET.matcher(target.path()).matches() ? Optional.empty() : book.origin(target);
  }
}
