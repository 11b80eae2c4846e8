package dev.rendition.deliver;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.layout.AdHocLayout;
import dev.rendition.layout.KeyLayout;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.Operation;
import dev.rendition.recipe.Recipe;
import dev.rendition.recipe.RecipeBook;
import dev.rendition.recipe.RecipeException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes addresses of renditions, and reads them. Neither does I/O. Three forms:
 *
 * <ul>
 *   <li>{@code {base}{recipe}/{tenant}/{path}}: a recipe of the book by its name;
 *   <li>{@code {base}{tenant}/{key}}: the key a {@link KeyLayout} gave the rendition, so that a web
 *       server can look into the renditions' folder or bucket first;
 *   <li>{@code {base}signed/{key id}.{expires}.{signature}/{recipe text}/{tenant}/{path}}: any
 *       recipe, vouched for by a key. Every such address has exactly one text that is accepted.
 * </ul>
 *
 * <p>Only recipes of the book and signed ones are ever asked for: nobody walks through sizes. Keys
 * change as {@link dev.rendition.asset.UrlSigner} links do: the first one signs, all are accepted.
 * Safe for use by many threads.
 */
public final class UrlScheme {
  /** What signed addresses begin with, behind the base; no recipe of the book may be named so. */
  public static final String SIGNED = "signed";

  private static final int MAX_PATH = 8_192;
  private static final Pattern SEAL =
      Pattern.compile("([A-Za-z0-9_-]{1,32})\\.(0|[1-9][0-9]{0,10})\\.([A-Za-z0-9_-]{43})");
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final RecipeBook book;
  private final @Nullable KeyLayout layout;
  private final URI base;
  private final String basePath;
  private final @Nullable String tenant;
  private final AddressKeys keys;
  private final SizeLadder sizes;
  private final Clock clock;

  private UrlScheme(Builder from) {
    book = from.book;
    layout = from.layout;
    base = from.base;
    basePath = from.base.getRawPath();
    tenant = from.tenant;
    keys = from.keys;
    sizes = from.sizes;
    clock = from.clock;
  }

  /** Begins a scheme of addresses by recipe name: {@code {base}{recipe}/{tenant}/{path}}. */
  public static Builder presets(RecipeBook book) {
    return new Builder(book, null);
  }

  /** Begins a scheme of addresses by layout: {@code {base}{tenant}/{key}}. */
  public static Builder keys(RecipeBook book, KeyLayout layout) {
    return new Builder(book, requireNonNull(layout, "layout"));
  }

  /**
   * Writes the address of a rendition of a recipe of the book.
   *
   * @param original its key alone counts, unless addresses follow a layout that names content
   * @throws IllegalArgumentException if the book has no such recipe, or the layout no key
   */
  public URI format(AssetInfo original, NamedRecipe recipe, FocalPoint focus) {
    requireKnown(recipe);
    if (layout == null) {
      return format(original.key(), recipe);
    }
    return uri(place(layout.target(original, recipe, focus)));
  }

  /**
   * Writes the address of a rendition by recipe name, or by a layout that needs the original's key
   * only.
   *
   * @throws IllegalArgumentException if the book has no such recipe, or the layout no key
   * @throws IllegalStateException if the layout needs to know the original's version: use {@link
   *     #format(AssetInfo, NamedRecipe, FocalPoint)}
   */
  public URI format(AssetKey source, NamedRecipe recipe) {
    requireKnown(recipe);
    if (layout == null) {
      return uri(recipe.name() + "/" + place(source));
    }
    if (layout.namesContent()) {
      throw new IllegalStateException(
          "addresses by this layout need the original's version; pass what the store returned");
    }
    return uri(place(layout.target(Wanted.unseen(source), recipe, FocalPoint.CENTER)));
  }

  /** Writes the address of what lies under a key of the layout. */
  URI format(AssetKey target) {
    return uri(place(target));
  }

  /**
   * Writes a signed address that never expires; see {@link #sign(AssetKey, Recipe, Duration)}.
   * Right for pages that are cached for long.
   */
  public URI sign(AssetKey source, Recipe recipe) {
    return sign(source, recipe, 0);
  }

  /**
   * Writes a signed address of a rendition by any recipe. Its boxes are brought to the sizes of
   * this scheme first.
   *
   * @param validity more than zero, at most a hundred years; rounded up to whole seconds
   * @throws IllegalArgumentException if the recipe lays another tenant's picture over this one
   * @throws IllegalStateException if the scheme has no key
   */
  public URI sign(AssetKey source, Recipe recipe, Duration validity) {
    if (validity.isNegative() || validity.isZero() || validity.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a validity is more than zero and at most " + LONGEST + ", was " + validity);
    }
    Instant end = clock.instant().plus(validity);
    return sign(source, recipe, end.getEpochSecond() + (end.getNano() == 0 ? 0 : 1));
  }

  private URI sign(AssetKey source, Recipe recipe, long expires) {
    if (keys.isEmpty()) {
      throw new IllegalStateException(
          "there is no key to sign addresses with; set rendition.delivery.keys");
    }
    if (foreign(recipe, source)) {
      throw new IllegalArgumentException(
          "a signed recipe lays over " + source + " only pictures of its own tenant");
    }
    if (tenant != null && !tenant.equals(source.tenant())) {
      throw otherTenant(source);
    }
    // Encoded like a key: a custom operation's arguments are the only free text, and plain.
    String rest = sizes.snap(recipe) + "/" + PathText.encode(source.toString());
    String id = keys.first();
    return uri(SIGNED + "/" + id + "." + expires + "." + keys.sign(id, expires, rest) + "/" + rest);
  }

  /**
   * Reads the path of a request as it came over the wire, nothing decoded, without its query. Never
   * throws, whatever the text.
   */
  public Address parse(String rawPath) {
    if (rawPath.length() > MAX_PATH) {
      return refused(Address.Problem.MALFORMED, "the path is longer than " + MAX_PATH);
    }
    if (!rawPath.startsWith(basePath)) {
      return refused(Address.Problem.RECIPE_UNKNOWN, "the path does not begin with the base");
    }
    String path = rawPath.substring(basePath.length());
    try {
      if (path.startsWith(SIGNED + "/")) {
        return signed(path.substring(SIGNED.length() + 1));
      }
      return layout == null ? preset(path) : target(path, layout);
    } catch (RecipeException e) {
      return refused(Address.Problem.RECIPE_INVALID, "the signed text is no recipe");
    } catch (IllegalArgumentException e) {
      return refused(Address.Problem.MALFORMED, "the path names no asset");
    }
  }

  /** Names the base and the ids of the keys, not the keys. */
  @Override
  public String toString() {
    return "UrlScheme[" + base + ", keys " + keys + "]";
  }

  private Address preset(String path) {
    int slash = path.indexOf('/');
    Optional<NamedRecipe> recipe =
        slash < 0 ? Optional.empty() : book.find(path.substring(0, slash));
    if (recipe.isEmpty()) {
      return refused(Address.Problem.RECIPE_UNKNOWN, "no recipe of the book has the name");
    }
    Optional<String> key = PathText.decode(path.substring(slash + 1));
    return key.isEmpty()
        ? refused(Address.Problem.MALFORMED, "the path is not percent-encoded UTF-8")
        : new Address.Preset(key(key.get()), recipe.get());
  }

  private Address target(String path, KeyLayout by) {
    Optional<String> text = PathText.decode(path);
    if (text.isEmpty()) {
      return refused(Address.Problem.MALFORMED, "the path is not percent-encoded UTF-8");
    }
    AssetKey target = key(text.get());
    Optional<KeyLayout.Origin> origin = by.origin(target);
    Optional<NamedRecipe> recipe = origin.flatMap(from -> book.find(from.recipe()));
    return recipe.isEmpty()
        ? refused(Address.Problem.RECIPE_UNKNOWN, "the path is that of no rendition")
        : new Address.Target(target, origin.get().source(), recipe.get());
  }

  private Address signed(String path) {
    int first = path.indexOf('/');
    int second = path.indexOf('/', first + 1);
    Matcher seal = SEAL.matcher(first < 0 ? "" : path.substring(0, first));
    if (!seal.matches() || second < 0) {
      return refused(Address.Problem.MALFORMED, "the path has no form of a signed address");
    }
    if (!keys.has(seal.group(1))) {
      return refused(Address.Problem.KEY_UNKNOWN, "the address is signed by an unknown key");
    }
    long expires = Long.parseLong(seal.group(2));
    String rest = path.substring(first + 1);
    if (!keys.verify(seal.group(1), expires, rest, seal.group(3))) {
      return refused(Address.Problem.SIGNATURE_WRONG, "the signature is wrong");
    }
    Instant end = expires == 0 ? Instant.MAX : Instant.ofEpochSecond(expires);
    if (!clock.instant().isBefore(end)) {
      return refused(Address.Problem.EXPIRED, "the address expired at " + end);
    }
    Recipe recipe = Recipe.parse(path.substring(first + 1, second));
    Optional<String> key = PathText.decode(path.substring(second + 1));
    if (key.isEmpty()) {
      return refused(Address.Problem.MALFORMED, "the path is not percent-encoded UTF-8");
    }
    AssetKey source = AssetKey.parse(key.get());
    // Only a defect or a stolen key leads here; then the tenants still stay apart.
    if (foreign(recipe, source) || (tenant != null && !tenant.equals(source.tenant()))) {
      return refused(Address.Problem.FOREIGN_TENANT, "the recipe leaves the tenant");
    }
    return new Address.Signed(source, AdHocLayout.recipe(recipe), end);
  }

  private AssetKey key(String text) {
    return tenant == null ? AssetKey.parse(text) : AssetKey.of(tenant, text);
  }

  private String place(AssetKey key) {
    if (tenant != null && !tenant.equals(key.tenant())) {
      throw otherTenant(key);
    }
    String path = PathText.encode(tenant == null ? key.toString() : key.path());
    if (layout != null && path.startsWith(SIGNED + "/")) {
      throw new IllegalArgumentException(
          "addresses that begin with " + SIGNED + "/ are signed ones; there is none for " + key);
    }
    return path;
  }

  private IllegalArgumentException otherTenant(AssetKey key) {
    return new IllegalArgumentException(
        "these addresses are all of the tenant " + tenant + "; there is none for " + key);
  }

  private URI uri(String path) {
    return URI.create(base + path);
  }

  private void requireKnown(NamedRecipe recipe) {
    if (!book.find(recipe.name()).equals(Optional.of(recipe))) {
      throw new IllegalArgumentException(
          "the book has no recipe \"" + recipe.name() + "\" like this; sign it instead");
    }
  }

  private static boolean foreign(Recipe recipe, AssetKey source) {
    return recipe.operations().stream()
        .anyMatch(
            operation ->
                operation instanceof Operation.Watermark mark
                    && !mark.key().tenant().equals(source.tenant()));
  }

  private static Address refused(Address.Problem problem, String detail) {
    return new Address.Refused(problem, detail);
  }

  /** Collects what a scheme needs. Not safe for use by many threads. */
  public static final class Builder {
    private final RecipeBook book;
    private final @Nullable KeyLayout layout;
    private URI base = URI.create("/");
    private @Nullable String tenant;
    private final AddressKeys keys = new AddressKeys();
    private SizeLadder sizes = new SizeLadder(List.of());
    private Clock clock = Clock.systemUTC();

    private Builder(RecipeBook book, @Nullable KeyLayout layout) {
      this.book = requireNonNull(book, "book");
      this.layout = layout;
      if (book.find(SIGNED).isPresent() || book.find(AdHocLayout.NAME).isPresent()) {
        throw new IllegalArgumentException(
            "recipes named \""
                + SIGNED
                + "\" or \""
                + AdHocLayout.NAME
                + "\" have no address; rename them");
      }
    }

    /**
     * Sets what every address begins with: {@code https://img.example.com/} or a path such as
     * {@code /img/}; {@code /} unless set.
     *
     * @throws IllegalArgumentException if it does not end with a slash, or has a query or fragment
     */
    public Builder base(URI begin) {
      String path = begin.getRawPath();
      if (path == null
          || !path.startsWith("/")
          || !begin.toString().endsWith("/")
          || begin.getRawQuery() != null
          || begin.getRawFragment() != null
          || begin.getRawUserInfo() != null) {
        throw new IllegalArgumentException(
            "a base for addresses begins and ends its path with '/' and has neither user, query"
                + " nor fragment, was \""
                + begin
                + '"');
      }
      base = begin;
      return this;
    }

    /** Serves one tenant only, which addresses of the first two forms then leave out. */
    public Builder tenant(String only) {
      tenant = AssetKey.requireTenant(only);
      return this;
    }

    /**
     * Adds a key for signed addresses. The first one added signs.
     *
     * @param id goes into addresses in the clear: 1 to 32 letters, digits, {@code _ -}
     * @param secret at least 16 random bytes; copied
     */
    public Builder key(String id, byte[] secret) {
      keys.add(id, secret);
      return this;
    }

    /** Sets the sides in pixels that boxes of signed recipes are brought to; none unless set. */
    public Builder sizes(List<Integer> sides) {
      sizes = new SizeLadder(sides);
      return this;
    }

    /** Sets the clock that addresses expire by. */
    public Builder clock(Clock time) {
      clock = requireNonNull(time, "time");
      return this;
    }

    /** Makes the scheme. */
    public UrlScheme build() {
      return new UrlScheme(this);
    }
  }
}
