package dev.rendition.layout;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The default: {@code {tenant}/{path}/{recipe name}-{fingerprint}.{ext}}. A changed recipe or a
 * replaced original moves exactly the keys that change, so nothing ever has to be purged for
 * correctness.
 */
public final class FingerprintLayout implements KeyLayout {
  private static final Pattern TARGET =
      Pattern.compile(
          "(.+)/([a-z0-9][a-z0-9_-]{0,63})-[0-9a-f]{" + Fingerprint.LENGTH + "}\\.[a-z]{3,4}",
          Pattern.DOTALL);

  private final Names names;

  /**
   * Makes the layout.
   *
   * @param names the recipe names there are: only keys with one of them count as renditions, so
   *     that an upload that happens to be named like one is still a source
   */
  public FingerprintLayout(Set<String> names) {
    this.names = new Names(names);
  }

  @Override
  public AssetKey target(AssetInfo source, NamedRecipe recipe, FocalPoint focus) {
    AssetKey key = source.key();
    return key.withPath(
        key.path()
            + "/"
            + names.require(recipe)
            + "-"
            + Fingerprint.of(recipe.recipe(), source.version(), focus)
            + "."
            + Extensions.of(recipe.recipe().encoding(), key));
  }

  @Override
  public boolean isTarget(AssetKey key) {
    Matcher matcher = TARGET.matcher(key.path());
    return matcher.matches() && names.contain(matcher.group(2));
  }

  @Override
  public boolean isTargetOf(AssetKey key, AssetKey source) {
    Matcher matcher = TARGET.matcher(key.path());
    return key.tenant().equals(source.tenant())
        && matcher.matches()
        && matcher.group(1).equals(source.path());
  }

  @Override
  public Optional<AssetKey> source(AssetKey target) {
    return origin(target).map(Origin::source);
  }

  @Override
  public List<String> prefixes(AssetKey source) {
    return List.of(source.path() + "/");
  }

  @Override
  public boolean namesContent() {
    return true;
  }

  @Override
  public Optional<Origin> origin(AssetKey target) {
    Matcher matcher = TARGET.matcher(target.path());
    return matcher.matches() && names.contain(matcher.group(2))
        ? Optional.of(new Origin(target.withPath(matcher.group(1)), matcher.group(2)))
        : Optional.empty();
  }
}
