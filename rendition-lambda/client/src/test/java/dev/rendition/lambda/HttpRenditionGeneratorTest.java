package dev.rendition.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rendition.asset.AssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.WriteMode;
import dev.rendition.local.LocalRenditionGenerator;
import dev.rendition.recipe.Encoding;
import dev.rendition.testkit.RenditionGeneratorContract;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The wire over plain HTTP; the worker is the local engine behind loopback. */
class HttpRenditionGeneratorTest extends RenditionGeneratorContract {
  private final List<AutoCloseable> parts = new ArrayList<>();

  @AfterEach
  void closeParts() throws Exception {
    for (AutoCloseable part : parts) {
      part.close();
    }
  }

  @Override
  protected RenditionGenerator newGenerator(AssetStore store) {
    LocalRenditionGenerator engine =
        LocalRenditionGenerator.builder(store, store).threads(2).build();
    LambdaStub stub = stub(Functions.of(engine));
    parts.add(engine);
    return HttpRenditionGenerator.builder(stub.uri()).build();
  }

  /** As for a function: see {@link LambdaRenditionGeneratorTest}. */
  @Override
  protected boolean callsTheGivenStore() {
    return false;
  }

  @Override
  protected Set<Class<? extends Encoding>> supportedEncodings() {
    return Set.of(Encoding.Jpeg.class, Encoding.Png.class, Encoding.Gif.class, Encoding.Same.class);
  }

  @Test
  void aMessageIsPostedToThePathOfTheWire() {
    LambdaStub stub = stub(call -> Functions.stored(call).now());
    URI behindAnIngress = URI.create(stub.uri() + "/renditions/");
    assertThat(open(behindAnIngress).generate(Invoking.request(1)).join().stored()).hasSize(1);
    assertThat(stub.calls().get(0).line()).isEqualTo("POST /renditions/rendition/wire HTTP/1.1");
    assertThat(stub.calls().get(0).header("content-type")).isEqualTo("application/json");
    assertThat(open(stub.uri()).generate(Invoking.request(1)).join().stored()).hasSize(1);
    assertThat(stub.calls().get(1).line()).isEqualTo("POST /rendition/wire HTTP/1.1");
  }

  @Test
  void aWorkerThatIsBusyOrNotReadyIsAskedAgain() {
    for (int status : new int[] {429, 503}) {
      LambdaStub stub = failing(2, Reply.of(status, Map.of(), new byte[0]));
      assertThat(
              open(stub.uri())
                  .generate(Invoking.request(1).writing(WriteMode.REPLACE))
                  .join()
                  .stored())
          .hasSize(1);
      assertThat(stub.calls()).hasSize(3);
    }
  }

  @Test
  void anAnswerLostOnTheWayIsAskedForAgainWhereThatIsSafe() {
    for (Reply lost : List.of(Reply.DROP, Reply.of(504, Map.of(), new byte[0]))) {
      LambdaStub stub = failing(1, lost);
      assertThat(open(stub.uri()).generate(Invoking.request(1)).join().stored()).hasSize(1);
      LambdaStub other = failing(1, lost);
      Invoking.problem(
          open(other.uri()).generate(Invoking.request(1).writing(WriteMode.REPLACE)),
          FailureReason.BACKEND_FAILED);
      assertThat(other.calls()).hasSize(1);
    }
  }

  @Test
  void whatIsNoWorkerIsToldAsSuch() {
    for (int status : new int[] {301, 403, 404}) {
      LambdaStub stub =
          stub(
              call ->
                  Reply.of(status, Map.of("Location", "http://127.0.0.1:1/"), new byte[0]).now());
      RenditionException problem =
          Invoking.problem(
              open(stub.uri()).generate(Invoking.request(1)), FailureReason.BACKEND_FAILED);
      assertThat(problem)
          .hasMessageContaining("answered with status " + status)
          .hasMessageContaining("look whether this is the address of a worker");
      assertThat(stub.calls()).hasSize(1);
    }
  }

  @Test
  void whatNoWorkerCanBeAtIsRefusedWhenItIsSet() {
    for (String address :
        List.of("ftp://x", "http:///x", "http://u:p@x/", "http://x/?a=b", "http://x/#a", "x")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> HttpRenditionGenerator.builder(URI.create(address)));
    }
  }

  private LambdaStub stub(Function<Call, CompletableFuture<Reply>> script) {
    LambdaStub stub = new LambdaStub(script);
    parts.add(stub);
    return stub;
  }

  private LambdaStub failing(int times, Reply failure) {
    AtomicInteger count = new AtomicInteger();
    return stub(
        call -> (count.incrementAndGet() <= times ? failure : Functions.stored(call)).now());
  }

  private RenditionGenerator open(URI address) {
    HttpRenditionGenerator generator = HttpRenditionGenerator.builder(address).build();
    parts.add(0, generator);
    return generator;
  }
}
