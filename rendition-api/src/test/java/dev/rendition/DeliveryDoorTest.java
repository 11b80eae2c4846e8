package dev.rendition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.config.ConfigException;
import dev.rendition.deliver.HttpAnswer;
import dev.rendition.deliver.HttpQuestion;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.Recipe;
import dev.rendition.spi.RenditionGeneratorProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryDoorTest {
  private static final AssetKey BEACH = AssetKey.of("acme", "beach.jpg");
  private static final String SECRET = "AAECAwQFBgcICQoLDA0ODw";

  @TempDir private Path folder;

  @Test
  void settingsAreAllThatDeliveryNeeds() throws Exception {
    Properties props = props();
    props.setProperty("rendition.delivery.base", "/img/");
    props.setProperty("rendition.delivery.keys", "k1:" + SECRET);
    props.setProperty("rendition.delivery.sizes", "320, 640");
    props.setProperty("rendition.delivery.accept", "avif,webp");
    try (Renditions renditions = open(props)) {
      renditions.store(BEACH, AssetSource.ofBytes(new byte[] {1}, "image/jpeg"));
      assertThat(ask(renditions, "/img/card/acme/beach.jpg", "")).isEqualTo("fit:300,png");
      assertThat(ask(renditions, "/img/like/acme/beach.jpg", "image/webp"))
          .isEqualTo("fit:300,webp");
      String signed =
          renditions
              .addresses()
              .sign(BEACH, Recipe.parse("fit:500,png"), Duration.ofMinutes(1))
              .getRawPath();
      assertThat(signed).contains("/fit:640,png/");
      assertThat(ask(renditions, signed, "")).isEqualTo("fit:640,png");
      assertThat(renditions.readThrough().stats().generated()).isEqualTo(3);
      assertThat(renditions.purge(BEACH).renditions()).hasSize(3);
    }
  }

  @Test
  void whatIsTakenInIsServedAtOnceAlsoAfterSomebodyAskedInVainOrForTheOldOne() throws Exception {
    try (Renditions renditions = open(props())) {
      assertThat(status(renditions, "/card/acme/beach.jpg")).isEqualTo(404);
      renditions.ingest().bytes(BEACH, png(1));
      assertThat(status(renditions, "/card/acme/beach.jpg")).isEqualTo(200);
      renditions.ingest().bytes(BEACH, png(2));
      assertThat(status(renditions, "/card/acme/beach.jpg")).isEqualTo(200);
      assertThat(renditions.readThrough().stats().generated()).isEqualTo(2);
    }
  }

  /** What is looked at to tell a PNG, and something that tells one from the other. */
  private static byte[] png(int different) {
    byte[] bytes = new byte[64];
    byte[] signature = {
      (byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R'
    };
    System.arraycopy(signature, 0, bytes, 0, signature.length);
    bytes[19] = 1;
    bytes[23] = (byte) different;
    return bytes;
  }

  @Test
  void aFocalPointIsKeptWithTheOriginal() throws Exception {
    try (Renditions renditions = open(props())) {
      FocalPoint point = new FocalPoint(0.1, 0.9);
      AssetInfo stored =
          renditions.store(BEACH, AssetSource.ofBytes(new byte[] {1}, "image/jpeg"), point);
      var hero = renditions.recipes("hero");
      AssetKey expected = renditions.target(stored, hero.get(0), point);
      assertThat(expected)
          .isNotEqualTo(renditions.target(stored, hero.get(0), FocalPoint.CENTER))
          .isEqualTo(renditions.target(stored, hero.get(0)));
      assertThat(renditions.generate(BEACH, hero).join().stored().get(0).spec().target())
          .isEqualTo(expected);
      assertThat(renditions.generate(stored, hero).join().stored().get(0).spec().target())
          .isEqualTo(expected);
      renditions.generate(BEACH, renditions.recipes().all()).join();
      assertThat(renditions.plan(java.util.List.of(BEACH)).missing()).isEmpty();
      assertThat(renditions.plan(java.util.List.of(BEACH)).stale()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "base|img|rendition.delivery.base: a base for addresses",
        "base|:|rendition.delivery.base: ",
        "tenant|a/b|rendition.delivery.tenant: a tenant is",
        "keys|k1:tooshort|rendition.delivery.keys: entry 1 is not id:secret",
        "keys|k1:AAECAwQFBgcICQoLDA0ODw,s3cr3t|rendition.delivery.keys: entry 2 is not id:secret",
        "sizes|10,big|rendition.delivery.sizes: expected pixels",
        "sizes|0|rendition.delivery.sizes: a size is 1..65535 pixels, was 0",
        "accept|jxl|rendition.delivery.accept: expected avif, webp",
        "limit|0s|rendition.delivery.limit: "
      })
  void mistakesNameTheirKeyAndShowNoSecret(String key, String value, String message) {
    Properties props = props();
    props.setProperty("rendition.delivery." + key, value);
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> open(props).close())
        .satisfies(
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .asString()
                    .startsWith(message)
                    .doesNotContain("s3cr3t", "tooshort"));
  }

  private Renditions open(Properties props) throws IOException {
    return Renditions.fromConfig(
        RenditionConfig.of(props),
        new Services(folder)
            .with(RenditionGeneratorProvider.class, Spies.class.getName() + "$Generator"));
  }

  private static Properties props() {
    Properties props = new Properties();
    props.setProperty("rendition.generator", "spy");
    props.setProperty("rendition.originals", "memory:");
    props.setProperty("rendition.renditions", "memory:");
    props.setProperty("rendition.recipe.card", "fit:300,png");
    props.setProperty("rendition.recipe.like", "fit:300,same");
    props.setProperty("rendition.recipe.hero", "cover:8x6:focus,png");
    return props;
  }

  private static int status(Renditions renditions, String path) throws IOException {
    try (HttpAnswer answer =
        renditions.http().answer(new HttpQuestion("GET", path, Map.of("accept", "")))) {
      return answer.status();
    }
  }

  private static String ask(Renditions renditions, String path, String accept) throws IOException {
    try (HttpAnswer answer =
        renditions.http().answer(new HttpQuestion("GET", path, Map.of("accept", accept)))) {
      return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
