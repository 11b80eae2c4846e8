package dev.rendition.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rendition.Refusals;
import dev.rendition.ScriptedGenerator;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionListener;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.recipe.Encoding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

@Timeout(60)
class ComposedGeneratorTest {
  private static final RenditionRequest REQUEST =
      RenditionRequest.of(
          AssetKey.of("t", "a.jpg"),
          RenditionSpec.to(AssetKey.of("t", "b.png")).encodeAs(new Encoding.Png()));

  private final ScriptedGenerator first = new ScriptedGenerator(new MemoryAssetStore());
  private final ScriptedGenerator second = new ScriptedGenerator(new MemoryAssetStore());
  private final ScriptedGenerator third = new ScriptedGenerator(new MemoryAssetStore());
  private final FailoverGenerator failover = new FailoverGenerator(List.of(first, second, third));

  @Test
  void theFirstThatAnswersIsTheLastThatIsAsked() throws Exception {
    assertThat(failover.generate(REQUEST).get().stored()).hasSize(1);
    assertThat(second.requests()).isEmpty();
    assertThat(failover.failovers()).isZero();
  }

  @Test
  void generatorsAreAskedInOrder() throws Exception {
    first.refusing(FailureReason.BUSY);
    second.refusing(FailureReason.BACKEND_FAILED);
    assertThat(failover.generate(REQUEST).get().stored()).hasSize(1);
    assertThat(third.requests()).containsExactly(REQUEST);
    assertThat(failover.failovers()).isEqualTo(2);
  }

  @Test
  void everyGeneratorIsProbed() {
    assertThat(failover.probe().join()).isEmpty();
    first.probe(CompletableFuture.completedFuture("one"));
    third.probe(CompletableFuture.completedFuture("three"));
    assertThat(failover.probe().join()).isEqualTo("one; three");
    second.probe(
        CompletableFuture.failedFuture(
            new RenditionException(FailureReason.BACKEND_FAILED, "two is down")));
    assertThat(failover.probe())
        .failsWithin(Duration.ofSeconds(1))
        .withThrowableThat()
        .withMessageContaining("two is down");
  }

  @Test
  void theLastRefusalIsTheAnswer() {
    first.refusing(FailureReason.BUSY);
    second.refusing(FailureReason.BUSY);
    third.refusing(FailureReason.BACKEND_FAILED);
    Refusals.of(failover.generate(REQUEST), FailureReason.BACKEND_FAILED);
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureReason.class,
      mode = Mode.EXCLUDE,
      names = {"BUSY", "BACKEND_FAILED"})
  void whatAnotherWouldAnswerTooIsAnAnswer(FailureReason reason) {
    first.refusing(reason);
    Refusals.of(failover.generate(REQUEST), reason);
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void aReportOfFailedOutcomesIsAnAnswer() throws Exception {
    first.script(
        request ->
            CompletableFuture.completedFuture(ScriptedGenerator.fail(request, FailureReason.BUSY)));
    assertThat(failover.generate(REQUEST).get().failed()).hasSize(1);
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void aGeneratorThatThrowsLeavesNobodyWaiting() {
    first.refusing(FailureReason.BUSY);
    second.script(
        request -> {
          throw new IllegalStateException("closed");
        });
    Refusals.of(failover.generate(REQUEST), FailureReason.INTERNAL);
  }

  @Test
  void cancellingReachesWhoeverIsAsked() {
    CompletableFuture<RenditionReport> slow = new CompletableFuture<>();
    CompletableFuture<RenditionReport> slower = new CompletableFuture<>();
    first.script(request -> slow);
    second.script(request -> slower);
    CompletableFuture<RenditionReport> one = failover.generate(REQUEST);
    one.cancel(true);
    assertThat(slow).isCancelled();
    assertThat(second.requests()).isEmpty();
    first.refusing(FailureReason.BUSY);
    CompletableFuture<RenditionReport> other = failover.generate(REQUEST);
    other.cancel(true);
    assertThat(slower).isCancelled();
    assertThat(third.requests()).isEmpty();
  }

  @Test
  void aTimeoutOfTheCallersReachesWhoeverIsAsked() throws Exception {
    CompletableFuture<RenditionReport> slow = new CompletableFuture<>();
    first.script(request -> slow);
    CompletableFuture<RenditionReport> answer =
        failover.generate(REQUEST).orTimeout(10, TimeUnit.MILLISECONDS);
    assertThat(answer.handle((report, problem) -> problem).get()).isNotNull();
    assertThat(slow.handle((report, problem) -> problem).get(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(slow).isCancelled();
  }

  @Test
  void closingClosesThemAllAlsoPastOneThatFails() {
    RenditionGenerator broken =
        new RenditionGenerator() {
          @Override
          public CompletableFuture<RenditionReport> generate(RenditionRequest request) {
            return new CompletableFuture<>();
          }

          @Override
          public void close() {
            throw new IllegalStateException("stuck");
          }
        };
    assertThatIllegalStateException()
        .isThrownBy(new FailoverGenerator(List.of(broken, first, broken, second))::close)
        .withMessage("stuck");
    assertThat(first.closed()).isEqualTo(1);
    assertThat(second.closed()).isEqualTo(1);
  }

  @Test
  void oneGeneratorIsNoFailover() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FailoverGenerator(List.of(first)))
        .withMessageContaining("had 1");
  }

  @Test
  void aListenerHearsTheEndOfEveryRequest() {
    List<String> heard = new ArrayList<>();
    RenditionListener listener =
        new RenditionListener() {
          @Override
          public void answered(RenditionRequest request, RenditionReport report, Duration took) {
            heard.add("answered " + report.outcomes().size() + took.isNegative());
          }

          @Override
          public void refused(RenditionRequest request, RenditionException why, Duration took) {
            heard.add("refused " + why.reason());
          }
        };
    try (ObservedGenerator observed = new ObservedGenerator(first, listener)) {
      var unused = observed.generate(REQUEST).join();
      CompletableFuture<RenditionReport> slow = new CompletableFuture<>();
      first.script(request -> slow);
      observed.generate(REQUEST).cancel(true);
      assertThat(slow).isCancelled();
      first.script(request -> CompletableFuture.failedFuture(new IllegalStateException("x")));
      assertThat(observed.generate(REQUEST)).isCompletedExceptionally();
    }
    assertThat(heard).containsExactly("answered 1false", "refused CANCELLED", "refused INTERNAL");
    assertThat(first.closed()).isEqualTo(1);
  }
}
