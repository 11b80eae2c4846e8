package dev.rendition;

import dev.rendition.asset.AssetStore;
import dev.rendition.config.ConfigKey;
import dev.rendition.config.Settings;
import dev.rendition.deliver.Accept;
import dev.rendition.deliver.DeliveryStore;
import dev.rendition.deliver.Fallback;
import dev.rendition.deliver.HttpDelivery;
import dev.rendition.deliver.ReadThrough;
import dev.rendition.deliver.UrlScheme;
import dev.rendition.recipe.Encoding;
import dev.rendition.recipe.RecipeBook;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The keys of delivery, and what they set up. */
final class DeliveryKeys {
  static final ConfigKey<String> ADDRESSES =
      ConfigKey.word(
          "rendition.delivery.addresses",
          "recipe",
          List.of("recipe", "key"),
          "How addresses are written: recipe/tenant/path, or tenant/key as the renditions store has it.");
  static final ConfigKey<String> BASE =
      ConfigKey.text(
          "rendition.delivery.base",
          "/",
          "What addresses of on-demand renditions begin with; ends with a slash.");
  static final ConfigKey<String> TENANT =
      ConfigKey.text(
          "rendition.delivery.tenant",
          "",
          "The one tenant that is served, which addresses then leave out; empty for all.");
  static final ConfigKey<String> KEYS =
      ConfigKey.text(
          "rendition.delivery.keys",
          "",
          "id:secret,id:secret…, each secret 16 bytes or more in base64url: allows signed addresses of recipes in no"
              + " book; the first signs, all verify. A secret: it appears in no message. Empty for none.");
  static final ConfigKey<String> SIZES =
      ConfigKey.text(
          "rendition.delivery.sizes",
          "",
          "The sides in pixels, separated by commas, that boxes of signed recipes are brought to; empty for any.");
  static final ConfigKey<Integer> MAX_VARIANTS =
      ConfigKey.count(
          "rendition.delivery.max-variants",
          "100",
          0,
          100_000,
          "The most renditions by signed recipes one original may have.");
  static final ConfigKey<String> ACCEPT =
      ConfigKey.text(
          "rendition.delivery.accept",
          "",
          "What recipes that end with same become for browsers that show it: avif, webp or avif,webp. Needs a writer"
              + " for it.");
  static final ConfigKey<Duration> LIMIT =
      ConfigKey.duration(
          "rendition.delivery.limit",
          "20s",
          Duration.ofMillis(1),
          Duration.ofHours(1),
          "How long a request waits for its rendition.");
  static final ConfigKey<Duration> MAX_AGE =
      ConfigKey.duration(
          "rendition.delivery.max-age",
          "5m",
          Duration.ZERO,
          Duration.ofDays(366),
          "How long clients keep renditions whose address does not name their content.");
  static final ConfigKey<Duration> REMEMBER_FAILURES =
      ConfigKey.duration(
          "rendition.delivery.remember-failures",
          "30s",
          Duration.ZERO,
          Duration.ofDays(1),
          "How long failures that stay are answered from memory.");
  static final ConfigKey<Duration> REMEMBER_VERSIONS =
      ConfigKey.duration(
          "rendition.delivery.remember-versions",
          "5s",
          Duration.ZERO,
          Duration.ofDays(1),
          "How long the version of an original is not looked up again.");
  static final ConfigKey<Integer> REMEMBER =
      ConfigKey.count(
          "rendition.delivery.remember",
          "10000",
          0,
          1_000_000,
          "How many failures, and how many versions, are remembered.");
  static final ConfigKey<Long> MAX_KEPT =
      ConfigKey.bytes(
          "rendition.delivery.max-kept",
          "64MiB",
          0,
          1L << 40,
          "How many bytes of renditions just made are kept on the heap for those who wait for them.");
  static final ConfigKey<String> CLAIMS =
      ConfigKey.word(
          "rendition.delivery.claims",
          "false",
          List.of("true", "false"),
          "Whether machines agree, by a tiny asset in the renditions store, which of them makes a rendition.");
  static final ConfigKey<Long> ORIGINAL_UP_TO =
      ConfigKey.bytes(
          "rendition.delivery.original-up-to",
          "0",
          0,
          1L << 40,
          "The largest original that is sent where its rendition cannot be made; 0 for none.");

  static final List<ConfigKey<?>> ALL =
      List.of(
          ADDRESSES,
          BASE,
          TENANT,
          KEYS,
          SIZES,
          MAX_VARIANTS,
          ACCEPT,
          LIMIT,
          MAX_AGE,
          REMEMBER_FAILURES,
          REMEMBER_VERSIONS,
          REMEMBER,
          MAX_KEPT,
          CLAIMS,
          ORIGINAL_UP_TO);

  private DeliveryKeys() {}

  /** Sets delivery up. A mistake is told with its key. */
  static void read(Settings settings, Renditions.Builder builder) {
    UrlScheme.Builder probe = UrlScheme.presets(RecipeBook.of(List.of()));
    addresses(settings, probe); // tells mistakes now, not when somebody first asks
    Accept accept = accept(settings.get(ACCEPT));
    builder
        .addressesByKey(settings.get(ADDRESSES).equals("key"))
        .signedAddresses(!settings.get(KEYS).isEmpty())
        .addresses(scheme -> addresses(settings, scheme))
        .readThrough(with -> readThrough(settings, with))
        .http(with -> http(settings, accept, with));
  }

  static DeliveryStore store(AssetStore renditions, Settings settings) {
    return new DeliveryStore(renditions, settings.get(MAX_KEPT), Clock.systemUTC());
  }

  private static ReadThrough.Builder readThrough(Settings settings, ReadThrough.Builder with) {
    return with.maxVariants(settings.get(MAX_VARIANTS))
        .remember(settings.get(REMEMBER))
        .rememberFailures(settings.get(REMEMBER_FAILURES))
        .rememberVersions(settings.get(REMEMBER_VERSIONS))
        .claims(settings.get(CLAIMS).equals("true"));
  }

  private static HttpDelivery.Builder http(
      Settings settings, Accept accept, HttpDelivery.Builder with) {
    long most = settings.get(ORIGINAL_UP_TO);
    return with.accept(accept)
        .limit(settings.get(LIMIT))
        .maxAge(settings.get(MAX_AGE))
        .fallback(most > 0 ? Fallback.NONE.originalUpTo(most) : Fallback.NONE);
  }

  private static UrlScheme.Builder addresses(Settings settings, UrlScheme.Builder scheme) {
    told(BASE, () -> scheme.base(URI.create(settings.get(BASE))));
    if (!settings.get(TENANT).isEmpty()) {
      told(TENANT, () -> scheme.tenant(settings.get(TENANT)));
    }
    if (!settings.get(SIZES).isEmpty()) {
      told(SIZES, () -> scheme.sizes(sizes(settings.get(SIZES))));
    }
    String keys = settings.get(KEYS);
    int number = 0;
    for (String key : keys.isEmpty() ? new String[0] : keys.split(",", -1)) {
      number++;
      String entry = key.strip();
      int colon = entry.indexOf(':');
      try {
        scheme.key(
            entry.substring(0, Math.max(0, colon)),
            Base64.getUrlDecoder().decode(entry.substring(colon + 1)));
      } catch (IllegalArgumentException e) {
        // Not the message: an entry written wrongly may show its secret in it.
        throw new IllegalArgumentException(
            KEYS.name()
                + ": entry "
                + number
                + " is not id:secret, the id 1 to 32 letters, digits, '_' or '-' and used once, the secret 16"
                + " bytes or more in base64url");
      }
    }
    return scheme;
  }

  private static List<Integer> sizes(String text) {
    List<Integer> sizes = new ArrayList<>();
    for (String size : text.split(",", -1)) {
      if (!size.strip().matches("[0-9]{1,5}")) {
        throw new IllegalArgumentException("expected pixels separated by commas");
      }
      sizes.add(Integer.parseInt(size.strip()));
    }
    return sizes;
  }

  private static Accept accept(String text) {
    List<Encoding> offered = new ArrayList<>();
    for (String word : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      switch (word.strip()) {
        case "avif" -> offered.add(new Encoding.Avif(Encoding.DEFAULT_AVIF_QUALITY));
        case "webp" -> offered.add(new Encoding.Webp(Encoding.DEFAULT_WEBP_QUALITY));
        default ->
            throw new IllegalArgumentException(
                ACCEPT.name() + ": expected avif, webp or avif,webp");
      }
    }
    return Accept.offering(offered);
  }

  private static void told(ConfigKey<?> key, Runnable part) {
    try {
      part.run();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key.name() + ": " + e.getMessage(), e);
    }
  }
}
