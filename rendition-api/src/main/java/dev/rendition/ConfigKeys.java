package dev.rendition;

import dev.rendition.asset.AssetKey;
import dev.rendition.config.ConfigKey;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The keys that belong to no backend. */
final class ConfigKeys {
  static final String RECIPES = "rendition.recipe.";
  static final List<String> FAMILIES = List.of(RECIPES);

  static final ConfigKey<String> GENERATOR =
      ConfigKey.text(
          "rendition.generator", "local", "Who makes renditions: local, lambda, http or failover.");
  static final ConfigKey<String> ORIGINALS =
      ConfigKey.text(
          "rendition.originals",
          "",
          "Where originals are: memory:, file:/folder, s3://bucket/prefix. Required.");
  static final ConfigKey<String> RENDITIONS =
      ConfigKey.text(
          "rendition.renditions",
          "",
          "Where renditions go: memory:, file:/folder, s3://bucket/prefix. Required.");
  static final ConfigKey<String> LAYOUT =
      ConfigKey.word(
          "rendition.layout",
          "fingerprint",
          List.of("fingerprint", "variant-folder", "suffix", "rewrite"),
          "Under which keys renditions lie.");
  static final ConfigKey<String> REWRITE_FROM =
      ConfigKey.text(
          "rendition.layout.rewrite-from",
          "photo",
          "With rendition.layout=rewrite: what originals' paths begin with.");
  static final ConfigKey<String> REWRITE_TO =
      ConfigKey.text(
          "rendition.layout.rewrite-to",
          "prew",
          "With rendition.layout=rewrite: what renditions' paths begin with.");
  static final ConfigKey<String> PUBLIC_BASE =
      ConfigKey.text(
          "rendition.urls.public-base", "", "What public links begin with; ends with a slash.");
  static final ConfigKey<String> SIGNER =
      ConfigKey.text(
          "rendition.urls.signer",
          "",
          "Who makes private links: hmac, s3 or cloudfront. Empty for nobody.");
  static final ConfigKey<String> ORIGINALS_BASE =
      ConfigKey.text(
          "rendition.urls.originals.public-base",
          "",
          "What public links to originals begin with; ends with a slash.");
  static final ConfigKey<String> ORIGINALS_SIGNER =
      ConfigKey.text(
          "rendition.urls.originals.signer",
          "",
          "Who makes private links to originals: s3 or cloudfront. Empty for nobody.");
  static final ConfigKey<String> CDN =
      ConfigKey.text(
          "rendition.cdn",
          "",
          "Who is told to forget renditions on a purge: cloudfront. Empty for nobody.");
  static final ConfigKey<String> VERIFY_TENANT =
      ConfigKey.of(
          "rendition.verify-tenant",
          "rendition-verify",
          "The tenant verify tries things as; one that has a bucket, where each has its own.",
          AssetKey::requireTenant);
  static final ConfigKey<String> CACHE_CONTROL =
      ConfigKey.text(
          "rendition.cache-control",
          "",
          "The Cache-Control renditions are stored with; empty for a year with the fingerprint layout and five minutes"
              + " otherwise.");
  static final ConfigKey<Duration> TIMEOUT =
      ConfigKey.duration(
          "rendition.timeout",
          "60s",
          Duration.ofMillis(100),
          Duration.ofHours(1),
          "How long one request may take.");

  private static final List<ConfigKey<?>> OWN =
      List.of(
          GENERATOR,
          ORIGINALS,
          RENDITIONS,
          LAYOUT,
          REWRITE_FROM,
          REWRITE_TO,
          PUBLIC_BASE,
          SIGNER,
          ORIGINALS_BASE,
          ORIGINALS_SIGNER,
          CDN,
          VERIFY_TENANT,
          CACHE_CONTROL,
          TIMEOUT);

  static final List<ConfigKey<?>> ALL =
      Stream.of(OWN, IngestKeys.ALL, DeliveryKeys.ALL).<ConfigKey<?>>flatMap(List::stream).toList();

  private ConfigKeys() {}
}
