package dev.rendition.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rendition.RenditionConfig;
import dev.rendition.Renditions;
import dev.rendition.VerificationReport;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.config.ConfigException;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.layout.Fingerprint;
import dev.rendition.local.FileAssetStore;
import dev.rendition.local.LocalRenditionGenerator;
import dev.rendition.testkit.Charts;
import dev.rendition.testkit.Encoded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One line of configuration says where the work runs; the rest of an application stays. */
@Timeout(120)
class SwitchTest {
  private static final AssetKey KEY = AssetKey.of("acme", "photos/chart.png");

  @TempDir private Path folder;
  private final List<AutoCloseable> parts = new ArrayList<>();
  private Path originals;
  private Path renditions;

  @BeforeEach
  void makeFolders() throws IOException {
    originals = Files.createDirectory(folder.resolve("originals"));
    renditions = Files.createDirectory(folder.resolve("renditions"));
  }

  @AfterEach
  void closeParts() throws Exception {
    for (AutoCloseable part : parts) {
      part.close();
    }
  }

  @Test
  void localLambdaAndHttpMakeTheSameBytesUnderTheSameKeys() throws Exception {
    LambdaStub worker = worker();
    Map<String, byte[]> local = make(settings("local"));
    wipe();
    Map<String, byte[]> lambda = make(lambda(worker));
    wipe();
    Map<String, String> http = settings("http");
    http.put("rendition.http.address", worker.uri().toString());
    Map<String, byte[]> overHttp = make(http);
    assertThat(local.keySet()).hasSize(2).isEqualTo(lambda.keySet()).isEqualTo(overHttp.keySet());
    local.forEach(
        (target, bytes) -> {
          assertThat(lambda.get(target)).as(target).isEqualTo(bytes);
          assertThat(overHttp.get(target)).as(target).isEqualTo(bytes);
        });
    assertThat(worker.calls()).hasSize(2);
  }

  @Test
  void verifyShakesHandsWithTheFunctionAndTriesIt() throws Exception {
    LambdaStub worker = worker();
    try (Renditions renditions = Renditions.fromConfig(RenditionConfig.of(lambda(worker)))) {
      VerificationReport report = renditions.verify();
      report.throwIfBroken();
      assertThat(report.toString())
          .contains(
              "ok      generator: the function renditions is a stub 1.0 and speaks wire versions"
                  + " [1]; made a rendition of one pixel as [Jpeg, Png]");
    }
  }

  @Test
  void verifyFindsAFunctionOfAnotherRelease() throws Exception {
    LambdaStub stub = stub(call -> Functions.pong(Fingerprint.OUTPUT_VERSION + 1).now());
    try (Renditions renditions = Renditions.fromConfig(RenditionConfig.of(lambda(stub)))) {
      assertThat(renditions.verify().toString())
          .contains(
              "BROKEN  generator: the function renditions makes renditions of output version");
    }
    assertThat(stub.calls()).hasSize(1);
  }

  @Test
  void verifyFindsAFunctionThatIsNotThere() throws Exception {
    LambdaStub stub = stub(call -> Reply.error(404, "ResourceNotFoundException").now());
    try (Renditions renditions = Renditions.fromConfig(RenditionConfig.of(lambda(stub)))) {
      assertThat(renditions.verify().toString())
          .contains("BROKEN  generator: ")
          .contains("correct rendition.lambda.function");
    }
  }

  @Test
  void localTakesOverWhileTheFunctionIsDown() throws Exception {
    LambdaStub stub = stub(call -> Reply.error(403, "AccessDeniedException").now());
    Map<String, String> settings = lambda(stub);
    settings.put("rendition.generator", "failover");
    settings.put("rendition.lambda.breaker-failures", "2");
    try (Renditions renditions = Renditions.fromConfig(RenditionConfig.of(settings))) {
      for (int i = 0; i < 5; i++) {
        AssetInfo original = store(renditions, "photos/chart-" + i + ".png");
        RenditionReport report = renditions.generate(original, renditions.recipes("card")).join();
        assertThat(report.stored()).hasSize(1);
      }
    }
    assertThat(stub.calls()).hasSize(2);
  }

  @Test
  void everyMistakeIsToldAtOnce() {
    Map<String, String> settings = settings("lambda");
    settings.put("rendition.lambda.qualifier", "a/b");
    settings.put("rendition.lambda.region", "Frankfurt");
    settings.put("rendition.lambda.endpoint", "ftp://x");
    settings.put("rendition.lambda.secret-key", "hunter2hunter2");
    settings.put("rendition.lambda.concurrency", "0");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Renditions.fromConfig(RenditionConfig.of(settings)))
        .satisfies(
            e -> {
              assertThat(e.problems())
                  .hasSize(6)
                  .anyMatch(problem -> problem.startsWith("rendition.lambda.function is not set"))
                  .anyMatch(problem -> problem.startsWith("rendition.lambda.qualifier: "))
                  .anyMatch(problem -> problem.startsWith("rendition.lambda.region: "))
                  .anyMatch(problem -> problem.startsWith("rendition.lambda.endpoint: "))
                  .anyMatch(problem -> problem.startsWith("rendition.lambda.access-key is not set"))
                  .anyMatch(problem -> problem.startsWith("rendition.lambda.concurrency: "));
              assertThat(e).hasMessageNotContaining("hunter2");
            });
    Map<String, String> http = settings("http");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Renditions.fromConfig(RenditionConfig.of(http)))
        .withMessageContaining("rendition.http.address is not set");
    http.put("rendition.http.address", "::");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Renditions.fromConfig(RenditionConfig.of(http)))
        .withMessageContaining("rendition.http.address: ");
  }

  @Test
  void aFunctionOverItsOwnOtherStoresFindsNothingAndSaysWhich() throws Exception {
    LambdaStub worker = worker();
    Map<String, String> settings = lambda(worker);
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    settings.put("rendition.originals", "file:" + elsewhere);
    try (Renditions renditions = Renditions.fromConfig(RenditionConfig.of(settings))) {
      AssetInfo original = store(renditions, "photos/chart.png");
      Invoking.problem(
          renditions.generate(original, renditions.recipes("card")),
          FailureReason.SOURCE_NOT_FOUND);
    }
  }

  private Map<String, byte[]> make(Map<String, String> settings) throws IOException {
    Map<String, byte[]> made = new HashMap<>();
    try (Renditions renditions = Renditions.fromConfig(RenditionConfig.of(settings))) {
      AssetInfo original = store(renditions, KEY.path());
      RenditionReport report =
          renditions.generate(original, renditions.recipes("card", "mask")).join();
      for (RenditionOutcome.Stored stored : report.stored()) {
        AssetKey target = stored.spec().target();
        try (AssetContent content = renditions.renditionStore().open(target)) {
          made.put(target.toString(), content.stream().readAllBytes());
        }
      }
    }
    return made;
  }

  private static AssetInfo store(Renditions renditions, String path) throws IOException {
    byte[] chart = Encoded.png(Charts.orientation(60, 40));
    return renditions.store(AssetKey.of("acme", path), AssetSource.ofBytes(chart, "image/png"));
  }

  /** The engine over the same folders, behind loopback. */
  private LambdaStub worker() throws IOException {
    FileAssetStore from = FileAssetStore.open(originals);
    FileAssetStore to = FileAssetStore.open(renditions);
    LocalRenditionGenerator engine = LocalRenditionGenerator.builder(from, to).threads(1).build();
    LambdaStub stub = stub(Functions.of(engine));
    parts.addAll(List.of(engine, from, to));
    return stub;
  }

  private LambdaStub stub(Function<Call, CompletableFuture<Reply>> script) {
    LambdaStub stub = new LambdaStub(script);
    parts.add(stub);
    return stub;
  }

  private Map<String, String> lambda(LambdaStub stub) {
    Map<String, String> settings = settings("lambda");
    settings.put("rendition.lambda.function", "renditions");
    settings.put("rendition.lambda.endpoint", stub.uri().toString());
    settings.put("rendition.lambda.access-key", "AKIDEXAMPLE");
    settings.put("rendition.lambda.secret-key", "secret");
    return settings;
  }

  private Map<String, String> settings(String generator) {
    Map<String, String> settings = new HashMap<>();
    settings.put("rendition.generator", generator);
    settings.put("rendition.originals", "file:" + originals);
    settings.put("rendition.renditions", "file:" + renditions);
    settings.put("rendition.recipe.card", "cover:8x6,jpeg:80");
    settings.put("rendition.recipe.mask", "fit:8,png");
    return settings;
  }

  private void wipe() throws IOException {
    try (FileAssetStore store = FileAssetStore.open(renditions)) {
      for (AssetInfo made : store.list("acme", "").toList()) {
        assertThat(store.delete(made.key())).isTrue();
      }
    }
  }
}
