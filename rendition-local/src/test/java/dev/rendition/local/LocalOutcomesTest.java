package dev.rendition.local;

import static dev.rendition.generate.FailureReason.CANCELLED;
import static dev.rendition.generate.FailureReason.DEADLINE_EXCEEDED;
import static dev.rendition.generate.FailureReason.FORMAT_UNKNOWN;
import static dev.rendition.generate.FailureReason.INTERNAL;
import static dev.rendition.generate.FailureReason.LIMIT_EXCEEDED;
import static dev.rendition.generate.FailureReason.OPERATION_NOT_APPLICABLE;
import static dev.rendition.generate.FailureReason.REQUEST_INVALID;
import static dev.rendition.generate.FailureReason.SOURCE_CHANGED;
import static dev.rendition.generate.FailureReason.SOURCE_DAMAGED;
import static dev.rendition.generate.FailureReason.SOURCE_NOT_FOUND;
import static dev.rendition.generate.FailureReason.STORE_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.generate.WriteMode;
import dev.rendition.local.engine.Engine;
import dev.rendition.local.engine.StepException;
import dev.rendition.recipe.Encoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a request that is worked on. */
@Timeout(60)
class LocalOutcomesTest {
  private static final AssetKey SOURCE = AssetKey.of("t", "a.png");

  private final MemoryAssetStore memory = new MemoryAssetStore();
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final List<LocalRenditionGenerator> generators = new ArrayList<>();

  @BeforeEach
  void original() throws IOException {
    put(SOURCE, "the original");
  }

  @AfterEach
  void closeAll() {
    generators.forEach(LocalRenditionGenerator::close);
    assertThat(generators).allSatisfy(g -> assertThat(g.budget().taken()).isZero());
  }

  @Test
  void oneReadOneWritePerRenditionAndALastLookIsAllTheStoreSees() {
    assertThat(join(ScriptedEngine.obedient(), request(3)).stored()).hasSize(3);
    assertThat(calls)
        .containsExactly("open a.png", "put 0.png", "put 1.png", "put 2.png", "stat a.png");
  }

  @Test
  void createSeesNoMoreEither() {
    assertThat(join(ScriptedEngine.obedient(), request(2).writing(WriteMode.CREATE)).stored())
        .hasSize(2);
    assertThat(calls)
        .containsExactly("open a.png", "putIfAbsent 0.png", "putIfAbsent 1.png", "stat a.png");
  }

  @Test
  void whatIsStoredCarriesWhatItIs() throws IOException {
    RenditionReport report =
        join(ScriptedEngine.obedient(), request(1).cachedAs("max-age=5, immutable"));
    AssetInfo info = memory.stat(target(0)).orElseThrow();
    String version = memory.stat(SOURCE).orElseThrow().version();
    assertThat(report.sourceVersion()).isEqualTo(version);
    assertThat(info.mediaType()).isEqualTo("image/png");
    assertThat(info.attributes().cacheControl()).isEqualTo("max-age=5, immutable");
    assertThat(info.attributes().metadata())
        .containsEntry("rendition-width", "12")
        .containsEntry("rendition-height", "34")
        .containsEntry("rendition-recipe", "png")
        .containsEntry("rendition-source-version", version)
        .containsEntry("rendition-output-version", "3")
        .hasSize(5);
    assertThat(report.outcomes())
        .containsExactly(
            new RenditionOutcome.Stored(
                request(1).specs().get(0),
                ScriptedEngine.SIZE,
                "image/png",
                "made t/0.png".length(),
                info.version(),
                true,
                Duration.ofMillis(3),
                List.of("drawn")));
    assertThat(read(target(0))).isEqualTo("made t/0.png");
  }

  @Test
  void outcomesStandInTheOrderOfTheRequestHoweverTheEngineWorks() {
    RenditionReport report =
        join(
            (task, sink) -> {
              sink.made(2, ScriptedEngine.encoded(task, 2));
              sink.failed(1, new StepException(OPERATION_NOT_APPLICABLE, "outside"));
              sink.made(0, ScriptedEngine.encoded(task, 0));
            },
            request(3));
    assertThat(report.outcomes())
        .extracting(outcome -> outcome.spec().target())
        .containsExactly(target(0), target(1), target(2));
    assertThat(report.failed()).hasSize(1);
    assertThat(report.failed().get(0).reason()).isEqualTo(OPERATION_NOT_APPLICABLE);
    assertThat(report.failed().get(0).detail()).isEqualTo("outside");
  }

  @Test
  void missingLooksFirstAndReadsNothingIfAllIsThere() {
    RenditionRequest missing = request(2).writing(WriteMode.MISSING);
    assertThat(join(ScriptedEngine.obedient(), missing).stored())
        .allMatch(RenditionOutcome.Stored::created);
    calls.clear();
    RenditionReport again =
        join(
            (task, sink) -> {
              throw new AssertionError("the engine was asked");
            },
            missing.ofVersion("0".repeat(64)));
    assertThat(again.stored())
        .hasSize(2)
        .noneMatch(RenditionOutcome.Stored::created)
        .allMatch(stored -> stored.size().equals(ScriptedEngine.SIZE));
    assertThat(again.sourceVersion()).isEqualTo("0".repeat(64));
    assertThat(calls).containsExactly("stat 0.png", "stat 1.png");
  }

  @Test
  void missingMakesOnlyWhatIsNotThere() throws IOException {
    assertThat(join(ScriptedEngine.obedient(), request(3)).stored()).hasSize(3);
    assertThat(memory.delete(target(1))).isTrue();
    List<String> asked = new ArrayList<>();
    RenditionReport report =
        join(
            (task, sink) -> {
              task.specs().forEach(spec -> asked.add(spec.target().path()));
              ScriptedEngine.makeAll(task, sink);
            },
            request(3).writing(WriteMode.MISSING));
    assertThat(asked).containsExactly("1.png");
    assertThat(report.stored())
        .extracting(RenditionOutcome.Stored::created)
        .containsExactly(false, true, false);
  }

  /** A backup that was restored by copying files has lost the metadata; the bytes are the same. */
  @Test
  void aRenditionThatLostItsMetadataIsRecognisedByItsBytes() throws IOException {
    for (WriteMode mode : List.of(WriteMode.MISSING, WriteMode.CREATE)) {
      byte[] made = ScriptedEngine.encodedBytes(target(0));
      memory.put(target(0), AssetSource.ofBytes(made, "image/png"));
      RenditionOutcome.Stored stored =
          join(ScriptedEngine.obedient(), request(1).writing(mode)).stored().get(0);
      assertThat(stored.created()).isFalse();
      assertThat(stored.size()).isEqualTo(ScriptedEngine.SIZE);
    }
  }

  @Test
  void createKeepsWhatIsThereAndReportsIt() throws IOException {
    assertThat(join(ScriptedEngine.obedient(), request(1)).stored()).hasSize(1);
    String version = memory.stat(target(0)).orElseThrow().version();
    RenditionReport report =
        join(
            (task, sink) ->
                sink.made(
                    0,
                    new dev.rendition.local.engine.Encoded(
                        () -> new java.io.ByteArrayInputStream(new byte[] {1}),
                        1,
                        "image/gif",
                        dev.rendition.recipe.PixelSize.of(1, 1),
                        Duration.ZERO,
                        List.of())),
            request(1).writing(WriteMode.CREATE));
    RenditionOutcome.Stored stored = report.stored().get(0);
    assertThat(stored.created()).isFalse();
    assertThat(stored.version()).isEqualTo(version);
    assertThat(stored.size()).isEqualTo(ScriptedEngine.SIZE);
    assertThat(stored.mediaType()).isEqualTo("image/png");
    assertThat(read(target(0))).isEqualTo("made t/0.png");
  }

  @Test
  void replaceReplaces() throws IOException {
    put(target(0), "something else");
    assertThat(join(ScriptedEngine.obedient(), request(1)).stored().get(0).created()).isTrue();
    assertThat(read(target(0))).isEqualTo("made t/0.png");
  }

  @Test
  void anAssetThatIsNoRenditionIsNeitherReplacedNorPassedOffAsOne() throws IOException {
    put(target(0), "uploaded");
    for (WriteMode mode : List.of(WriteMode.MISSING, WriteMode.CREATE)) {
      RenditionReport report = join(ScriptedEngine.obedient(), request(2).writing(mode));
      assertThat(report.failed()).hasSize(1);
      assertThat(report.failed().get(0).reason()).isEqualTo(REQUEST_INVALID);
      assertThat(report.failed().get(0).detail()).contains("t/0.png");
    }
    assertThat(read(target(0))).isEqualTo("uploaded");
  }

  @Test
  void anAbsentSourceIsNotFound() throws IOException {
    assertThat(memory.delete(SOURCE)).isTrue();
    refuses(ScriptedEngine.obedient(), request(1), SOURCE_NOT_FOUND, "t/a.png");
  }

  @Test
  void aStoreThatCannotOpenFailsTheRequest() {
    AssetStore broken =
        new Forwarding() {
          @Override
          public AssetContent open(AssetKey key) throws IOException {
            throw new IOException("disk on fire");
          }
        };
    assertThat(Problems.of(generator(broken, ScriptedEngine.obedient()).generate(request(1))))
        .hasMessageContainingAll("t/a.png", "disk on fire")
        .hasCauseInstanceOf(IOException.class)
        .matches(e -> e.reason() == STORE_FAILED);
  }

  @Test
  void aReplacedSourceIsRefusedBeforeTheEngineSeesIt() throws IOException {
    String old = memory.stat(SOURCE).orElseThrow().version();
    put(SOURCE, "another original");
    refuses(
        (task, sink) -> {
          throw new AssertionError("the engine was asked");
        },
        request(1).ofVersion(old),
        SOURCE_CHANGED,
        old);
    String now = memory.stat(SOURCE).orElseThrow().version();
    assertThat(join(ScriptedEngine.obedient(), request(1).ofVersion(now)).stored()).hasSize(1);
  }

  @Test
  void whatIsWrongWithTheSourceFailsEverySpecNotYetMade() {
    RenditionReport report =
        join(
            (task, sink) -> {
              sink.made(1, ScriptedEngine.encoded(task, 1));
              throw new StepException(FORMAT_UNKNOWN, "no picture");
            },
            request(3));
    assertThat(report.stored()).hasSize(1);
    assertThat(report.failed())
        .hasSize(2)
        .allMatch(failed -> failed.reason() == FORMAT_UNKNOWN)
        .allMatch(failed -> failed.detail().equals("no picture"));
  }

  @Test
  void whatStopsTheWorkAnswersTheWholeRequest() {
    for (FailureReason reason : List.of(CANCELLED, DEADLINE_EXCEEDED, FailureReason.BUSY)) {
      Engine throwing =
          (task, sink) -> {
            task.admission().admit(10);
            throw new StepException(reason, "stopped");
          };
      refuses(throwing, request(2), reason, "stopped");
      Engine telling = (task, sink) -> sink.failed(0, new StepException(reason, "stopped"));
      refuses(telling, request(2), reason, "stopped");
    }
  }

  @Test
  void aPictureLargerThanTheWholeBudgetFailsWithTheKeyToRaise() {
    RenditionReport report =
        join(
            (task, sink) -> {
              task.admission().admit(Long.MAX_VALUE);
              ScriptedEngine.makeAll(task, sink);
            },
            request(1));
    assertThat(report.failed().get(0).reason()).isEqualTo(LIMIT_EXCEEDED);
    assertThat(report.failed().get(0).detail()).contains("rendition.local.memory-budget");
  }

  @Test
  void aTargetThatCannotBeWrittenFailsAlone() {
    AssetStore broken =
        new Forwarding() {
          @Override
          public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
              throws IOException {
            if (key.equals(target(1))) {
              throw new IOException("disk full");
            }
            if (key.equals(target(2))) {
              throw new IllegalStateException("a bug");
            }
            return super.put(key, source, attributes);
          }
        };
    RenditionReport report =
        generator(broken, ScriptedEngine.obedient()).generate(request(4)).join();
    assertThat(report.stored()).hasSize(2);
    assertThat(report.failed())
        .extracting(RenditionOutcome.Failed::reason)
        .containsExactly(STORE_FAILED, INTERNAL);
    assertThat(report.failed().get(0).detail()).contains("t/1.png", "disk full");
    assertThat(report.failed().get(1).detail()).contains("t/2.png", "a bug");
  }

  @Test
  void aSourceThatBreaksOffIsTheStoresFaultEvenIfTheEngineBlamesThePicture() throws IOException {
    AssetStore broken =
        new Forwarding() {
          @Override
          public AssetContent open(AssetKey key) throws IOException {
            return AssetContent.of(memory.stat(key).orElseThrow(), new BrokenStream());
          }
        };
    Engine tolerant =
        (task, sink) -> {
          try {
            byte[] unused = task.source().stream().readAllBytes();
          } catch (IOException e) {
            sink.failed(1, new StepException(SOURCE_DAMAGED, "cut short"));
          }
          sink.made(0, ScriptedEngine.encoded(task, 0));
        };
    assertThat(Problems.of(generator(broken, tolerant).generate(request(2))).reason())
        .isEqualTo(STORE_FAILED);
    assertThat(memory.stat(target(0))).isEmpty();
  }

  @Test
  void aSourceShorterThanItsStoreSaysIsTheStoresFault() {
    AssetStore broken =
        new Forwarding() {
          @Override
          public AssetContent open(AssetKey key) throws IOException {
            return AssetContent.of(
                memory.stat(key).orElseThrow(), new ByteArrayInputStream(new byte[5]));
          }
        };
    assertThat(Problems.of(generator(broken, ScriptedEngine.obedient()).generate(request(1))))
        .hasMessageContaining("5 bytes of 12");
  }

  @Test
  void aReaderThatGivesUpOnTheBytesMeansADamagedSource() {
    RenditionReport report =
        join(
            (task, sink) -> {
              throw new IOException("bad marker \u0007");
            },
            request(1));
    assertThat(report.failed().get(0).reason()).isEqualTo(SOURCE_DAMAGED);
    assertThat(report.failed().get(0).detail()).contains("bad marker").doesNotContain("\u0007");
  }

  @Test
  void defectsOfTheEngineAreTypedAndTheWorkerLivesOn() {
    AtomicInteger engines = new AtomicInteger();
    List<Throwable> defects =
        List.of(
            new IllegalStateException("odd"),
            new StackOverflowError("deep"),
            new OutOfMemoryError("full"),
            new ClassCastException("cast"));
    AtomicInteger turn = new AtomicInteger();
    LocalRenditionGenerator generator =
        keep(
            LocalRenditionGenerator.builder(
                    new Forwarding(),
                    new Forwarding(),
                    () -> {
                      engines.incrementAndGet();
                      return (task, sink) -> {
                        task.admission().admit(100);
                        int now = turn.getAndIncrement();
                        if (now < defects.size()) {
                          sneak(defects.get(now));
                        }
                        ScriptedEngine.makeAll(task, sink);
                      };
                    })
                .threads(1)
                .build());
    List<RenditionReport> reports =
        IntStream.range(0, 5).mapToObj(n -> generator.generate(request(1)).join()).toList();
    assertThat(reports.subList(0, 4))
        .extracting(report -> report.failed().get(0).reason())
        .containsExactly(INTERNAL, INTERNAL, LIMIT_EXCEEDED, INTERNAL);
    assertThat(reports.get(0).failed().get(0).detail())
        .contains("java.lang.IllegalStateException: odd");
    assertThat(reports.get(1).failed().get(0).detail()).contains("StackOverflowError");
    assertThat(reports.get(2).failed().get(0).detail())
        .contains("-Xmx", "rendition.local.memory-budget");
    assertThat(reports.get(4).stored()).hasSize(1);
    assertThat(engines).hasValue(5);
  }

  @Test
  void anEngineThatCannotBeMadeIsADefectToo() {
    LocalRenditionGenerator generator =
        keep(
            LocalRenditionGenerator.builder(
                    memory,
                    memory,
                    () -> {
                      throw new NoClassDefFoundError("some/Codec");
                    })
                .build());
    RenditionReport report = generator.generate(request(1)).join();
    assertThat(report.failed().get(0).reason()).isEqualTo(INTERNAL);
    assertThat(report.failed().get(0).detail()).contains("some/Codec");
  }

  @Test
  void anEngineThatForgetsASpecIsADefect() {
    RenditionReport report =
        join((task, sink) -> sink.made(0, ScriptedEngine.encoded(task, 0)), request(2));
    assertThat(report.stored()).hasSize(1);
    assertThat(report.failed().get(0).reason()).isEqualTo(INTERNAL);
  }

  @Test
  void anAbsentWatermarkIsToldByItsKey() {
    RenditionReport report =
        join(
            (task, sink) -> {
              try (AssetContent logo = task.overlays().open(AssetKey.of("t", "logo.png"))) {
                throw new AssertionError("opened " + logo.info());
              }
            },
            request(1));
    assertThat(report.failed().get(0).reason()).isEqualTo(OPERATION_NOT_APPLICABLE);
    assertThat(report.failed().get(0).detail()).contains("t/logo.png");
  }

  @Test
  void theSourceIsClosedWhateverHappens() {
    AtomicInteger open = new AtomicInteger();
    AssetStore counting =
        new Forwarding() {
          @Override
          public AssetContent open(AssetKey key) throws IOException {
            AssetContent content = super.open(key);
            open.incrementAndGet();
            return AssetContent.of(
                content.info(),
                new java.io.FilterInputStream(content.stream()) {
                  @Override
                  public void close() {
                    open.decrementAndGet();
                  }
                });
          }
        };
    List<Engine> engines =
        List.of(
            ScriptedEngine.obedient(),
            (task, sink) -> {
              throw new StepException(FORMAT_UNKNOWN, "no picture");
            },
            (task, sink) -> {
              throw new IllegalStateException("odd");
            });
    for (Engine engine : engines) {
      assertThat(generator(counting, engine).generate(request(1)).join().outcomes()).hasSize(1);
      assertThat(open).hasValue(0);
    }
    assertThat(
            Problems.of(
                    generator(counting, ScriptedEngine.obedient())
                        .generate(request(1).ofVersion("0".repeat(64))))
                .reason())
        .isEqualTo(SOURCE_CHANGED);
    assertThat(open).hasValue(0);
  }

  private RenditionReport join(Engine engine, RenditionRequest request) {
    return generator(new Forwarding(), engine).generate(request).join();
  }

  private void refuses(
      Engine engine, RenditionRequest request, FailureReason reason, String message) {
    CompletableFuture<RenditionReport> future =
        generator(new Forwarding(), engine).generate(request);
    assertThat(Problems.of(future)).hasMessageContaining(message);
    assertThat(Problems.of(future).reason()).isEqualTo(reason);
  }

  private LocalRenditionGenerator generator(AssetStore store, Engine engine) {
    return keep(
        LocalRenditionGenerator.builder(store, store, () -> engine)
            .threads(1)
            .memoryBudget(1_000)
            .build());
  }

  private LocalRenditionGenerator keep(LocalRenditionGenerator generator) {
    generators.add(generator);
    return generator;
  }

  private void put(AssetKey key, String text) throws IOException {
    AssetInfo info =
        memory.put(key, AssetSource.ofBytes(text.getBytes(StandardCharsets.UTF_8), "image/png"));
    assertThat(info.length()).isEqualTo(text.length());
  }

  private String read(AssetKey key) throws IOException {
    try (AssetContent content = memory.open(key)) {
      return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static RenditionRequest request(int specs) {
    return RenditionRequest.of(
        SOURCE,
        IntStream.range(0, specs)
            .mapToObj(n -> RenditionSpec.to(target(n)).encodeAs(new Encoding.Png()))
            .toList());
  }

  private static AssetKey target(int n) {
    return AssetKey.of("t", n + ".png");
  }

  private static void sneak(Throwable problem) {
    if (problem instanceof RuntimeException e) {
      throw e;
    }
    throw (Error) problem;
  }

  /** Gives one byte, then fails. */
  private static final class BrokenStream extends InputStream {
    private boolean given;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (given) {
        throw new IOException("connection reset");
      }
      given = true;
      into[offset] = 0;
      return 1;
    }
  }

  /** The memory store, with a note of every call. */
  private class Forwarding implements AssetStore {
    @Override
    public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
        throws IOException {
      calls.add("put " + key.path());
      return memory.put(key, source, attributes);
    }

    @Override
    public Optional<AssetInfo> putIfAbsent(
        AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
      calls.add("putIfAbsent " + key.path());
      return memory.putIfAbsent(key, source, attributes);
    }

    @Override
    public AssetContent open(AssetKey key) throws IOException {
      calls.add("open " + key.path());
      return memory.open(key);
    }

    @Override
    public Optional<AssetInfo> stat(AssetKey key) throws IOException {
      calls.add("stat " + key.path());
      return memory.stat(key);
    }

    @Override
    public Stream<AssetInfo> list(String tenant, String pathPrefix) throws IOException {
      calls.add("list");
      return memory.list(tenant, pathPrefix);
    }

    @Override
    public boolean delete(AssetKey key) throws IOException {
      calls.add("delete " + key.path());
      return memory.delete(key);
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }
}
