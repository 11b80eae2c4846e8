package dev.rendition.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendition.RenditionConfig;
import dev.rendition.Renditions;
import dev.rendition.UrlPolicy;
import dev.rendition.asset.AssetKey;
import dev.rendition.config.ConfigException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Settings that choose this backend, and those it refuses; no server is asked. */
class S3ProvidersTest {
  private static final Map<String, String> SOUND =
      Map.of(
          "rendition.originals", "s3://originals/{tenant}?region=eu-central-1",
          "rendition.renditions", "s3://processed-{tenant}/r?region=cn-north-1&acl=public-read",
          "rendition.urls.signer", "s3",
          "rendition.s3.access-key", "AKIDCONFIG",
          "rendition.s3.secret-key", "config-secret");

  @Test
  void placesAndKeysMakeStoresAndASigner() throws Exception {
    try (Renditions renditions = open(Map.of())) {
      AssetKey key = AssetKey.of("acme", "a.jpg");
      assertThat(renditions.originalStore().location(key).orElseThrow())
          .hasToString("s3://originals/acme/a.jpg");
      assertThat(renditions.renditionStore().location(key).orElseThrow())
          .hasToString("s3://processed-acme/r/a.jpg");
      assertThat(renditions.url(key, UrlPolicy.signed(Duration.ofMinutes(5))).toString())
          .startsWith("https://processed-acme.s3.cn-north-1.amazonaws.com.cn/r/a.jpg?X-Amz-");
    }
  }

  @Test
  void originalsHaveLinksOfTheirOwn() throws Exception {
    AssetKey key = AssetKey.of("acme", "a.jpg");
    UrlPolicy signed = UrlPolicy.signed(Duration.ofMinutes(5));
    try (Renditions renditions =
        open(
            Map.of(
                "rendition.urls.originals.signer", "s3",
                "rendition.urls.originals.public-base", "https://originals.example.com/"))) {
      assertThat(renditions.originalUrl(key, signed).toString())
          .startsWith("https://originals.s3.eu-central-1.amazonaws.com/acme/a.jpg?X-Amz-");
      assertThat(renditions.originalUrl(key, UrlPolicy.publicLink()))
          .hasToString("https://originals.example.com/acme/a.jpg");
    }
    try (Renditions renditions = open(Map.of())) {
      assertThatThrownBy(() -> renditions.originalUrl(key, signed))
          .hasMessageContaining("set rendition.urls.originals.signer");
    }
    assertRefused(
        Map.of("rendition.originals", "memory:", "rendition.urls.originals.signer", "s3"),
        "rendition.originals is memory:");
  }

  @Test
  void anInvalidatorIsMadeAndClosedWithTheFacade() throws Exception {
    try (Renditions renditions =
        open(
            Map.of(
                "rendition.cdn", "cloudfront",
                "rendition.cloudfront.distribution", "EDFDVBD6EXAMPLE"))) {
      assertThat(renditions.recipes().all()).isEmpty();
    }
  }

  @Test
  void everyMistakeIsToldAtOnceAndNoSecretWithIt() {
    Map<String, String> settings = new TreeMap<>(SOUND);
    settings.put("rendition.originals", "s3://Bad_Bucket?region=eu-central-1&secret=hush");
    settings.put("rendition.renditions", "s3://fine?region=NOWHERE&acl=everybody");
    settings.put("rendition.s3.kms-key", "alias/dam");
    settings.put("rendition.cdn", "cloudfront");
    settings.remove("rendition.s3.secret-key");
    assertThatThrownBy(() -> Renditions.fromConfig(RenditionConfig.of(settings)).close())
        .isInstanceOfSatisfying(
            ConfigException.class,
            e -> {
              String all = String.join("\n", e.problems());
              assertThat(all)
                  .contains("Bad_Bucket")
                  .contains("\"secret\"")
                  .contains("NOWHERE")
                  .contains("everybody")
                  .contains("rendition.s3.kms-key")
                  .contains("rendition.s3.secret-key is not set")
                  .contains("rendition.cloudfront.distribution is not set")
                  .doesNotContain("hush");
            });
  }

  @Test
  void aSignerOfS3NeedsRenditionsInS3() {
    assertRefused(Map.of("rendition.renditions", "memory:"), "rendition.renditions is memory:");
  }

  @Test
  void aPlaceWithoutBucketIsRefused() {
    for (String place : List.of("s3:", "s3:/", "s3://", "s3:bucket", "s3://?region=eu-central-1")) {
      assertRefused(Map.of("rendition.originals", place), "s3://bucket/prefix");
    }
  }

  @Test
  void credentialsInAnAddressAreNotQuoted() {
    assertRefused(
        Map.of("rendition.originals", "s3://AKID:hush/hush@bucket/x?region=eu-central-1"),
        "set rendition.s3.access-key");
    for (String user : List.of("AKID:hush@bucket", "hush@bucket/x", "localhost:hush/bucket")) {
      assertRefused(
          Map.of("rendition.originals", "s3://" + user + "?region=eu-central-1"),
          "set rendition.s3.access-key");
    }
    assertRefused(Map.of("rendition.s3.endpoint", "https://u:hush@host"), "without user");
    assertRefused(Map.of("rendition.s3.endpoint", "https://u:hush@ho st"), "no URI");
  }

  @Test
  void aKeyOfCloudFrontThatCannotBeReadIsNotQuoted() {
    assertRefused(
        Map.of(
            "rendition.urls.signer", "cloudfront",
            "rendition.urls.cloudfront.base", "https://d111111abcdef8.cloudfront.net/",
            "rendition.urls.cloudfront.key-pair-id", "K2JCJMDEHXQW5F",
            "rendition.urls.cloudfront.private-key", "hush-hush"),
        "BEGIN PRIVATE KEY");
  }

  @Test
  void anUnknownCdnNamesTheArtifactOrWhatThereIs() {
    assertRefused(Map.of("rendition.cdn", "cloudfare"), "[cloudfront]");
  }

  private static void assertRefused(Map<String, String> changed, String said) {
    assertThatThrownBy(() -> open(changed).close())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(said)
        .hasMessageNotContaining("hush");
  }

  private static Renditions open(Map<String, String> changed) {
    Map<String, String> settings = new TreeMap<>(SOUND);
    settings.putAll(changed);
    return Renditions.fromConfig(RenditionConfig.of(settings));
  }
}
