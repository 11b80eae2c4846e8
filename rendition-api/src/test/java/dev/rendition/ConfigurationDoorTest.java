package dev.rendition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.config.ConfigException;
import dev.rendition.spi.AssetStoreProvider;
import dev.rendition.spi.RenditionGeneratorProvider;
import dev.rendition.spi.UrlSignerProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationDoorTest {
  private static final String SPIES = Spies.class.getName();

  @TempDir private Path folder;
  private Services services;

  @BeforeEach
  void nothingHappenedYet() {
    Spies.EVENTS.clear();
    services =
        new Services(folder)
            .with(AssetStoreProvider.class, SPIES + "$Store")
            .with(RenditionGeneratorProvider.class, SPIES + "$Generator", SPIES + "$Second")
            .with(UrlSignerProvider.class, SPIES + "$Signer");
  }

  @Test
  void everythingIsOpenedFromSettingsAndClosed() throws Exception {
    AssetKey key = AssetKey.of("acme", "a.jpg");
    try (Renditions renditions =
        Renditions.fromConfig(
            config(
                "rendition.urls.public-base", "https://img.example.com/",
                "rendition.urls.signer", "spy",
                "rendition.timeout", "5s",
                "rendition.cache-control", "no-store"),
            services)) {
      renditions.store(key, AssetSource.ofBytes(new byte[1], "image/jpeg"));
      AssetKey card =
          renditions
              .generate(key, renditions.recipes("card"))
              .get()
              .stored()
              .get(0)
              .spec()
              .target();
      assertThat(renditions.renditionStore().stat(card).orElseThrow().attributes().cacheControl())
          .isEqualTo("no-store");
      assertThat(renditions.url(card, UrlPolicy.publicLink()))
          .isEqualTo(URI.create("https://img.example.com/" + card));
      assertThat(renditions.url(card, UrlPolicy.signed(Duration.ofMinutes(1))))
          .isEqualTo(URI.create("https://signed/" + card + "?PT1M"));
      assertThat(renditions.verify().ok()).isTrue();
    }
    assertThat(Spies.EVENTS)
        .containsExactly(
            "open spy:o", "open spy:r", "open spy", "close spy", "close spy:r", "close spy:o");
  }

  @Test
  void onePlaceForBothIsOneStore() throws Exception {
    try (Renditions renditions =
        Renditions.fromConfig(config("rendition.renditions", "spy:o"), services)) {
      assertThat(renditions.originalStore()).isSameAs(renditions.renditionStore());
    }
    assertThat(Spies.EVENTS).contains("open spy:o").doesNotContain("open spy:r");
  }

  @Test
  void theMemoryStoreNeedsNoFurtherArtifact() throws Exception {
    try (Renditions renditions =
        Renditions.fromConfig(
            config("rendition.originals", "memory:", "rendition.renditions", "memory:"),
            services)) {
      assertThat(renditions.verify().ok()).isTrue();
    }
    assertThat(problems("rendition.originals", "memory:elsewhere"))
        .containsExactly(
            "rendition.originals: a memory store is written memory: and nothing more, was memory:elsewhere");
  }

  @Test
  void aBuilderFromSettingsTakesListenersToo() throws Exception {
    try (Renditions renditions =
        Renditions.builderFrom(config(), services)
            .listener(new dev.rendition.generate.RenditionListener() {})
            .build()) {
      assertThat(renditions.recipes().names()).containsExactly("card");
    }
  }

  @Test
  void everyMistakeIsToldAtOnce() {
    assertThat(
            problems(
                "rendition.generatr", "spy",
                "rendition.recipe.hero", "cover:800,jpeg",
                "rendition.recipe.Bad", "png",
                "rendition.layout", "fingerprints",
                "rendition.timeout", "1ms",
                "rendition.renditions", "s3://bucket",
                "rendition.urls.public-base", "img.example.com",
                "rendition.urls.signer", "hmac",
                "rendition.cache-control", "no\nstore"))
        .containsExactlyInAnyOrder(
            "there is no key \"rendition.generatr\"; the nearest is rendition.generator",
            "rendition.recipe.hero: cover needs a width and a height, was 800 (at position 1 of"
                + " \"cover:800,jpeg\")",
            "rendition.recipe.Bad: a recipe's name is 1 to 64 lower-case letters, digits, '_' or"
                + " '-', was \"Bad\"",
            "rendition.layout: expected one of [fingerprint, variant-folder, suffix, rewrite], was"
                + " \"fingerprints\"",
            "rendition.timeout: expected a duration such as 30s, in milliseconds, from 100 to"
                + " 3600000, was \"1ms\"",
            "rendition.renditions: there is no \"s3\" on the class path; add the artifact"
                + " dev.rendition:rendition-s3-store",
            "rendition.urls.public-base: a base for links is absolute, ends with '/' and has"
                + " neither query nor fragment, was \"img.example.com\"",
            "rendition.urls.signer: there is no \"hmac\" on the class path; add the artifact"
                + " dev.rendition:rendition-local",
            "rendition.cache-control: cache-control is at most 256 characters of printable ASCII,"
                + " was 8 characters");
    assertOpenedIsClosed();
  }

  @ParameterizedTest
  @CsvSource({
    "rendition.lambda.function, key, rendition.lambda.…, rendition-lambda",
    "rendition.s3.region, key, rendition.s3.…, rendition-s3-store",
    "rendition.limits.max-pixels, key, rendition.limits.…, rendition-local",
    "RENDITION_LAMBDA_FUNCTION, variable, rendition.lambda.…, rendition-lambda"
  })
  void aKeyOfABackendThatIsNotThereNamesItsArtifact(
      String key, String kind, String keys, String artifact) {
    RenditionConfig config =
        kind.equals("key")
            ? config(key, "x")
            : config().overriddenBy(RenditionConfig.ofEnvironment(Map.of(key, "x")));
    assertThat(problems(config))
        .containsExactly(
            "there is no "
                + kind
                + " \""
                + key
                + "\" here: keys of "
                + keys
                + " come with dev.rendition:"
                + artifact
                + ", which is not on the class path");
  }

  @Test
  void whatIsNotSetIsNamed() {
    try {
      Renditions.fromConfig(RenditionConfig.of(Map.of()), services);
      assertThat(true).as("must be refused").isFalse();
    } catch (ConfigException e) {
      assertThat(e.problems())
          .containsExactly(
              "rendition.originals is not set; write for example file:/var/dam/originals or"
                  + " memory:",
              "rendition.renditions is not set; write for example file:/var/dam/originals or"
                  + " memory:",
              "rendition.generator: there is no \"local\" on the class path; add the artifact"
                  + " dev.rendition:rendition-local");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rendition.generator|local|rendition.generator: there is no \"local\" on the class path; add"
            + " the artifact dev.rendition:rendition-local",
        "rendition.generator|lambda|rendition.generator: there is no \"lambda\" on the class path;"
            + " add the artifact dev.rendition:rendition-lambda",
        "rendition.generator|gpu|rendition.generator: there is no \"gpu\" on the class path; there"
            + " are [failover, second, spy]",
        "rendition.originals|file:/x|rendition.originals: there is no \"file\" on the class path;"
            + " add the artifact dev.rendition:rendition-local",
        "rendition.originals|/x|rendition.originals: \"/x\" names no kind of store; write for"
            + " example file:/var/dam/originals or memory:",
        "rendition.originals|spy:broken|rendition.originals: the disk is gone",
        "rendition.originals|spy:file|rendition.originals: java.nio.file.FileSystemException:"
            + " /var/dam",
        "rendition.originals|spy:defect|rendition.originals: java.lang.IllegalStateException: a"
            + " defect",
        "rendition.originals|spy:linkage|rendition.originals: java.lang.NoClassDefFoundError:"
            + " com/vendor/Sdk",
        "rendition.spy.mode|broken|rendition.generator: no worker",
        "rendition.spy.mode|defect|rendition.generator: java.lang.NullPointerException",
        "rendition.urls.signer|none|rendition.urls.signer: there is no \"none\" on the class path;"
            + " there are [spy]",
        "rendition.urls.public-base|ht tp://x/|rendition.urls.public-base: Illegal character in"
            + " scheme name at index 2: ht tp://x/"
      })
  void aPartThatCannotBeOpenedIsOneSentence(String key, String value, String problem) {
    assertThat(problems(key, value)).containsExactly(problem);
    assertOpenedIsClosed();
  }

  @Test
  void everyProblemOfABackendIsTold() {
    assertThat(problems("rendition.spy.mode", "two"))
        .containsExactly("rendition.generator: one thing", "rendition.generator: another thing");
    assertOpenedIsClosed();
  }

  @Test
  void theGeneratorIsClosedBeforeTheStores() {
    assertThat(problems("rendition.urls.signer", "none")).hasSize(1);
    assertThat(Spies.EVENTS)
        .containsExactly(
            "open spy:o", "open spy:r", "open spy", "close spy", "close spy:r", "close spy:o");
  }

  @Test
  void oneThatDoesNotCloseKeepsNoOtherOpen() {
    assertThat(problems("rendition.spy.mode", "broken", "rendition.renditions", "spy:sticky"))
        .containsExactly(
            "rendition.generator: no worker",
            "closing what was opened failed: java.io.IOException: does not close");
    assertOpenedIsClosed();
  }

  @Test
  void theCauseOfAFailureIsKept() {
    try {
      Renditions.fromConfig(config("rendition.originals", "spy:defect"), services);
      assertThat(true).as("must be refused").isFalse();
    } catch (ConfigException e) {
      assertThat(e.getSuppressed())
          .singleElement()
          .isInstanceOf(IllegalStateException.class)
          .satisfies(cause -> assertThat(cause).hasMessage("a defect"));
    }
  }

  @Test
  void twoBackendsOfOneNameAreToldApartByTheirClasses() {
    services.with(RenditionGeneratorProvider.class, SPIES + "$Generator", SPIES + "$Ambiguous");
    assertThat(problems())
        .containsExactly(
            "two backends are named \"spy\": "
                + SPIES
                + "$Generator and "
                + SPIES
                + "$Ambiguous; remove one from the class path");
    assertOpenedIsClosed();
  }

  @Test
  void aBackendThatCannotBeLoadedHidesNoOther() {
    services.with(
        RenditionGeneratorProvider.class,
        "nowhere.Missing",
        SPIES + "$Generator",
        SPIES + "$Store");
    assertThat(problems())
        .hasSize(2)
        .allMatch(problem -> problem.startsWith("a backend on the class path cannot be loaded: "))
        .anyMatch(problem -> problem.contains("nowhere.Missing"));
  }

  @Test
  void aBackendWhoseKeysCannotBeReadIsTold() {
    services.with(RenditionGeneratorProvider.class, SPIES + "$Generator", SPIES + "$Defective");
    assertThat(problems())
        .containsExactly("a backend's keys: java.lang.NoClassDefFoundError: com/vendor/Keys");
  }

  @Test
  void failoverIsMadeOfTheGeneratorsNamed() throws Exception {
    Renditions.fromConfig(
            config("rendition.generator", "failover", "rendition.failover.order", "second , spy"),
            services)
        .close();
    assertThat(Spies.EVENTS)
        .containsExactly(
            "open spy:o",
            "open spy:r",
            "open second",
            "open spy",
            "close second",
            "close spy",
            "close spy:r",
            "close spy:o");
  }

  @Test
  void failoverThatCannotBeMadeClosesWhatItMade() {
    assertThat(
            problems("rendition.generator", "failover", "rendition.failover.order", "spy,lambda"))
        .containsExactly(
            "rendition.generator: there is no \"lambda\" on the class path; add the artifact"
                + " dev.rendition:rendition-lambda");
    assertOpenedIsClosed();
    for (String order : List.of("spy", "spy,spy", "spy,failover", "")) {
      assertThat(problems("rendition.generator", "failover", "rendition.failover.order", order))
          .singleElement()
          .asString()
          .startsWith("rendition.failover.order: expected two or more different generators");
    }
    assertOpenedIsClosed();
  }

  @ParameterizedTest
  @CsvSource({
    "fingerprint, photo/a.jpg/card-[0-9a-f]{16}.png",
    "variant-folder, card/photo/a.jpg",
    "suffix, photo/a.jpg-card.png",
    "rewrite, prew/card/a.jpg"
  })
  void theLayoutIsAWordOfConfiguration(String layout, String pattern) throws Exception {
    try (Renditions renditions =
        Renditions.fromConfig(config("rendition.layout", layout), services)) {
      AssetKey key = AssetKey.of("acme", "photo/a.jpg");
      var info = renditions.store(key, AssetSource.ofBytes(new byte[1], "image/jpeg"));
      assertThat(renditions.target(info, renditions.recipes("card").get(0)).path())
          .matches(pattern);
    }
  }

  @Test
  void secretsAreInNoMessage() {
    assertThat(
            problems(
                "rendition.spy.secret", "hunter2",
                "rendition.spy.secrets", "hunter2",
                "rendition.generator", "none"))
        .hasSize(2)
        .noneMatch(problem -> problem.contains("hunter2"));
    assertThat(config("rendition.spy.secret", "hunter2").toString())
        .contains("rendition.spy.secret")
        .doesNotContain("hunter2");
  }

  private List<String> problems(String... more) {
    return problems(config(more));
  }

  private List<String> problems(RenditionConfig config) {
    try {
      Renditions renditions = Renditions.fromConfig(config, services);
      renditions.close();
      return List.of();
    } catch (ConfigException e) {
      return e.problems();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static RenditionConfig config(String... more) {
    Map<String, String> texts =
        new TreeMap<>(
            Map.of(
                "rendition.generator", "spy",
                "rendition.originals", "spy:o",
                "rendition.renditions", "spy:r",
                "rendition.recipe.card", "cover:80x60,png"));
    for (int i = 0; i < more.length; i += 2) {
      texts.put(more[i], more[i + 1]);
    }
    return RenditionConfig.of(texts);
  }

  private static void assertOpenedIsClosed() {
    long opened = Spies.EVENTS.stream().filter(event -> event.startsWith("open ")).count();
    long closed = Spies.EVENTS.stream().filter(event -> event.startsWith("close ")).count();
    assertThat(closed).as("%s", Spies.EVENTS).isEqualTo(opened);
  }
}
