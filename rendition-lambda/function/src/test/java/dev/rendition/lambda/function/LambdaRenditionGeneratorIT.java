package dev.rendition.lambda.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.generate.WriteMode;
import dev.rendition.lambda.LambdaRenditionGenerator;
import dev.rendition.lambda.emulator.EmulatedFunction;
import dev.rendition.recipe.Encoding;
import dev.rendition.recipe.Recipe;
import dev.rendition.testkit.RenditionGeneratorContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract with nothing made up but the place: the client and the SDK here, Lambda's own
 * runtime client with the deployed zip in a process of its own, and S3 between the two. Originals
 * and renditions lie in one bucket, which is emptied for each store a rule asks for.
 */
class LambdaRenditionGeneratorIT extends RenditionGeneratorContract {
  private static final String TENANT = "contract";

  private static Cloud cloud;
  private static EmulatedFunction function;

  @BeforeAll
  static void start() throws Exception {
    cloud = Cloud.start();
    String bucket = "s3://" + cloud.buckets().renditions();
    function =
        cloud.deploy(
            "contract", definition -> definition.environment("RENDITION_ORIGINALS", bucket));
  }

  @AfterAll
  static void stop() throws Exception {
    cloud.close();
  }

  @BeforeEach
  void forgetFaults() {
    function.faults().clear();
    cloud.s3().objects().behave();
  }

  @AfterEach
  void forgetHolds() {
    cloud.s3().objects().behave();
  }

  @Override
  protected AssetStore newStore() throws Exception {
    AssetStore store = cloud.buckets().renditionStore();
    store.deleteAll(Cloud.keys(store, TENANT, ""));
    return store;
  }

  @Override
  protected RenditionGenerator newGenerator(AssetStore store) {
    return cloud.client(function).build();
  }

  /**
   * The function has a store of its own, in another process, so the contract cannot watch its calls
   * or hold them up. That leaves out six rules; their counterparts are below, where the server
   * counts, refuses and waits, in place of the store.
   */
  @Override
  protected boolean callsTheGivenStore() {
    return false;
  }

  @Override
  protected Set<Class<? extends Encoding>> supportedEncodings() {
    return Set.of(Encoding.Jpeg.class, Encoding.Png.class, Encoding.Gif.class, Encoding.Same.class);
  }

  private static String object(String path) {
    return cloud.buckets().renditions() + "/" + TENANT + "/" + path;
  }

  @Test
  void theOriginalIsReadFromS3OnceForAllSpecs() throws Exception {
    AssetInfo original = original();
    List<RenditionSpec> specs = new ArrayList<>();
    for (int width = 10; width <= 100; width += 10) {
      specs.add(
          new RenditionSpec(
              "w" + width,
              Recipe.parse("fit:" + width + ",jpeg"),
              AssetKey.of(TENANT, "out/" + width)));
    }
    try (RenditionGenerator generator = newGenerator(cloud.renditions())) {
      RenditionRequest request =
          RenditionRequest.of(original.key(), specs).ofVersion(original.version());
      assertThat(generator.generate(request).join().stored()).hasSize(10);
    }
    assertThat(cloud.s3().objects().reads(object("in/original"))).isEqualTo(1);
  }

  @Test
  void anOriginalThatS3RefusesOrBreaksOffFailsTheRequest() throws Exception {
    AssetInfo original = original();
    int length = (int) original.length();
    WatchedObjects objects = cloud.s3().objects();
    try (RenditionGenerator generator = cloud.client(function).attempts(1).build()) {
      for (int cut : new int[] {-1, 0, 1, 20, length / 2, length - 1}) {
        if (cut < 0) {
          objects.refuseReading(object("in/original"));
        } else {
          objects.cut(object("in/original"), cut);
        }
        RenditionException problem = problem(generator.generate(request(original, "unread")));
        assertThat(problem.reason()).as("cut %s", cut).isEqualTo(FailureReason.STORE_FAILED);
        assertThat(problem.retryable()).isTrue();
        assertThat(problem).hasMessageContaining(original.key().toString());
        assertThat(cloud.renditions().stat(AssetKey.of(TENANT, "unread"))).isEmpty();
        objects.behave();
      }
      assertThat(generator.generate(request(original, "unread")).join().stored()).hasSize(1);
    }
  }

  @Test
  void anOriginalThatIsNotInS3IsMissing() throws Exception {
    AssetInfo original = original();
    assertThat(cloud.renditions().delete(original.key())).isTrue();
    try (RenditionGenerator generator = newGenerator(cloud.renditions())) {
      RenditionException problem = problem(generator.generate(request(original, "none")));
      assertThat(problem.reason()).isEqualTo(FailureReason.SOURCE_NOT_FOUND);
      assertThat(problem.retryable()).isFalse();
    }
  }

  @Test
  void anObjectThatS3LetsNobodyWriteFailsThatSpecOnly() throws Exception {
    AssetInfo original = original();
    cloud.s3().objects().refuseWriting(object("out/1"));
    for (WriteMode mode : WriteMode.values()) {
      List<RenditionSpec> specs = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        specs.add(
            new RenditionSpec(
                "s" + i,
                Recipe.parse("fit:" + (20 + i) + ",png"),
                AssetKey.of(TENANT, "out/" + i)));
      }
      RenditionRequest request =
          RenditionRequest.of(original.key(), specs).ofVersion(original.version()).writing(mode);
      try (RenditionGenerator generator = newGenerator(cloud.renditions())) {
        RenditionReport report = generator.generate(request).join();
        assertThat(report.stored()).as("%s", mode).hasSize(2);
        assertThat(report.failed()).hasSize(1);
        assertThat(report.failed().get(0).spec()).isEqualTo(specs.get(1));
        assertThat(report.failed().get(0).reason()).isEqualTo(FailureReason.STORE_FAILED);
        assertThat(report.failed().get(0).retryable()).isTrue();
      }
      assertThat(cloud.renditions().stat(specs.get(1).target())).isEmpty();
    }
  }

  /** The function is asked to stop at the deadline, and does not write what comes later. */
  @Test
  void aDeadlineThatPassesWhileS3WaitsIsAnsweredAndNothingIsWritten() throws Exception {
    AssetInfo original = original();
    cloud.s3().objects().hold(object("in/original"));
    try (RenditionGenerator generator = newGenerator(cloud.renditions())) {
      RenditionRequest late = request(original, "too-late").before(Instant.now().plusMillis(600));
      assertReason(generator.generate(late), FailureReason.DEADLINE_EXCEEDED);
      cloud.s3().objects().behave();
      // The process that was held answers this one, and was done with the other before.
      assertThat(generator.generate(request(original, "next")).join().stored()).hasSize(1);
    }
    assertThat(cloud.renditions().stat(AssetKey.of(TENANT, "too-late"))).isEmpty();
  }

  @Test
  void theCallerIsNotBlockedWhileS3Waits() throws Exception {
    AssetInfo original = original();
    cloud.s3().objects().hold(object("in/original"));
    try (RenditionGenerator generator = newGenerator(cloud.renditions())) {
      CompletableFuture<RenditionReport> report = generator.generate(request(original, "held"));
      assertThat(report).isNotDone();
      cloud.s3().objects().behave();
      assertThat(report.join().stored()).hasSize(1);
    }
  }

  @Test
  void theCallerIsNotBlockedWhileTheFunctionIsHeld() throws Exception {
    AssetInfo original = original();
    function.faults().delayNext(1, Duration.ofSeconds(1));
    try (RenditionGenerator generator = newGenerator(cloud.renditions())) {
      CompletableFuture<RenditionReport> report = generator.generate(request(original, "held"));
      assertThat(report).isNotDone();
      assertThat(report.join().stored()).hasSize(1);
    }
  }

  @Test
  void aDeadlineThatPassesIsAnsweredWhileTheFunctionIsHeld() throws Exception {
    AssetInfo original = original();
    function.faults().delayNext(1, Duration.ofSeconds(5));
    try (RenditionGenerator generator = newGenerator(cloud.renditions())) {
      long begin = System.nanoTime();
      RenditionRequest late = request(original, "late").before(Instant.now().plusMillis(400));
      assertReason(generator.generate(late), FailureReason.DEADLINE_EXCEEDED);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void aCancelledRequestIsNotAskedForAgain() throws Exception {
    AssetInfo original = original();
    function.faults().delayNext(1, Duration.ofSeconds(1));
    try (LambdaRenditionGenerator generator = cloud.client(function).build()) {
      CompletableFuture<RenditionReport> report = generator.generate(request(original, "off"));
      assertThat(report.cancel(true)).isTrue();
      assertThat(generator.generate(request(original, "next")).join().stored()).hasSize(1);
      assertThat(generator.repetitions()).isZero();
    }
    assertThat(cloud.renditions().stat(AssetKey.of(TENANT, "next"))).isPresent();
  }

  @Test
  void aBucketThatCannotBeWrittenFailsEverySpec() throws Exception {
    AssetInfo original = original();
    String source = "s3://" + cloud.buckets().renditions();
    EmulatedFunction nowhere =
        cloud.deploy(
            "nowhere",
            definition ->
                definition
                    .environment("RENDITION_ORIGINALS", source)
                    .environment("RENDITION_RENDITIONS", "s3://no-such-bucket"));
    try (RenditionGenerator generator = cloud.client(nowhere).build()) {
      RenditionReport report = generator.generate(request(original, "lost")).join();
      assertThat(report.failed()).hasSize(1);
      assertThat(report.failed().get(0).reason()).isEqualTo(FailureReason.STORE_FAILED);
    }
    assertThat(cloud.renditions().stat(AssetKey.of(TENANT, "lost"))).isEmpty();
  }

  private AssetInfo original() throws Exception {
    try (AssetStore store = newStore()) {
      return store.put(
          AssetKey.of(TENANT, "in/original"), AssetSource.ofBytes(Stage.picture(7), "image/jpeg"));
    }
  }

  private static RenditionRequest request(AssetInfo original, String target) {
    return RenditionRequest.of(
            original.key(),
            List.of(
                new RenditionSpec("one", Recipe.parse("fit:20,jpeg"), AssetKey.of(TENANT, target))))
        .ofVersion(original.version());
  }

  private static RenditionException problem(CompletableFuture<RenditionReport> answer) {
    Throwable problem =
        answer
            .handle((report, e) -> e == null ? new AssertionError("answered " + report) : e)
            .join();
    Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
    assertThat(cause).isInstanceOf(RenditionException.class);
    return (RenditionException) cause;
  }

  private static void assertReason(
      CompletableFuture<RenditionReport> answer, FailureReason reason) {
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(answer::join)
        .withCauseInstanceOf(RenditionException.class)
        .satisfies(e -> assertThat(((RenditionException) e.getCause()).reason()).isEqualTo(reason));
  }
}
