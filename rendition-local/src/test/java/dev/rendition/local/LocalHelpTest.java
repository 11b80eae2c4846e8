package dev.rendition.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.local.assist.Assistant;
import dev.rendition.local.engine.CustomOperations;
import dev.rendition.local.engine.Engine;
import dev.rendition.local.engine.EngineSettings;
import dev.rendition.local.engine.EngineTask;
import dev.rendition.local.engine.Scaler;
import dev.rendition.local.engine.SourceLimits;
import dev.rendition.local.engine.StreamingEngine;
import dev.rendition.recipe.Recipe;
import dev.rendition.testkit.Charts;
import dev.rendition.testkit.Encoded;
import dev.rendition.testkit.FaultyStore;
import dev.rendition.testkit.FaultyStore.Call;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When idle workers help with the request of another one, and that nobody sees it in the bytes. */
@Timeout(120)
class LocalHelpTest {
  private static final AssetKey SOURCE = AssetKey.of("t", "in.jpg");
  private static final List<String> FIVE =
      List.of(
          "fit:1600,jpeg:80",
          "fit:1200,jpeg:80",
          "fit:800,jpeg:80",
          "fit:400,jpeg:80",
          "fit:200,png");

  private final MemoryAssetStore memory = new MemoryAssetStore();
  private final List<LocalRenditionGenerator> generators = new ArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final Set<String> helpers = ConcurrentHashMap.newKeySet();

  @AfterEach
  void closeAll() {
    generators.forEach(LocalRenditionGenerator::close);
    assertThat(generators).allSatisfy(g -> assertThat(g.budget().taken()).isZero());
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("rendition-"));
  }

  @Test
  void anIdleWorkerHelps() throws IOException {
    put(SOURCE, 2_400, 1_800);
    LocalRenditionGenerator generator = generator(2, memory);
    await().until(() -> ask(generator, FIVE).stored().size() == 5 && !helpers.isEmpty());
    assertThat(helpers).containsAnyOf("rendition-worker-1", "rendition-worker-2");
    assertThat(helpers).allMatch(name -> name.startsWith("rendition-worker-"));
  }

  @Test
  void oneThreadIsHelpedByNobody() throws IOException {
    put(SOURCE, 2_400, 1_800);
    assertThat(ask(generator(1, memory), FIVE).stored()).hasSize(5);
    assertThat(accepted).hasValue(0);
  }

  @Test
  void nobodyHelpsWhileOtherRequestsAreWorkedOnAndWait() throws IOException {
    put(SOURCE, 2_400, 1_800);
    AssetKey held = AssetKey.of("t", "held.jpg");
    put(held, 640, 480);
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    LocalRenditionGenerator generator =
        generator(
            2,
            FaultyStore.around(memory)
                .on(Call.OPEN)
                .nth(1)
                .firstRuns(
                    () -> {
                      reached.countDown();
                      ScriptedEngine.await(free);
                    }));
    CompletableFuture<RenditionReport> blocked = generator.generate(request(held, FIVE));
    ScriptedEngine.await(reached);
    CompletableFuture<RenditionReport> running = generator.generate(request(SOURCE, FIVE));
    CompletableFuture<RenditionReport> queued = generator.generate(request(held, FIVE));
    assertThat(running.join().stored()).hasSize(5);
    assertThat(accepted).hasValue(0);
    free.countDown();
    assertThat(blocked.join().stored()).hasSize(5);
    assertThat(queued.join().stored()).hasSize(5);
  }

  @Test
  void aRequestThatComesWhileAWorkerHelpsIsTakenBeforeItHelpsAgain() throws IOException {
    put(SOURCE, 64, 48);
    CountDownLatch helping = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch served = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    Runnable first =
        () -> {
          helping.countDown();
          ScriptedEngine.await(go);
          order.add("help");
        };
    Runnable second = () -> order.add("more help");
    LocalRenditionGenerator generator =
        keep(
            LocalRenditionGenerator.builder(
                    memory,
                    memory,
                    () ->
                        (task, sink) -> {
                          if (calls.getAndIncrement() == 0) {
                            await().until(() -> task.assistant().offer(first));
                            ScriptedEngine.await(helping);
                            ScriptedEngine.await(served);
                          } else {
                            order.add("request");
                            assertThat(task.assistant().offer(second)).isFalse();
                            served.countDown();
                          }
                          ScriptedEngine.makeAll(task, sink);
                        })
                .threads(2)
                .build());
    CompletableFuture<RenditionReport> owner = generator.generate(request(SOURCE, List.of("png")));
    ScriptedEngine.await(helping);
    CompletableFuture<RenditionReport> newcomer =
        generator.generate(request(AssetKey.of("t", "in.jpg"), List.of("png")));
    await().until(() -> generator.queued() == 1);
    go.countDown();
    assertThat(owner.join().stored()).hasSize(1);
    assertThat(newcomer.join().stored()).hasSize(1);
    assertThat(order).containsExactly("help", "request");
  }

  @Test
  void aPieceTakenBackIsNeverBegunAndOneBegunIsNotTakenBack() throws IOException {
    put(SOURCE, 64, 48);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    List<Boolean> answers = Collections.synchronizedList(new ArrayList<>());
    Runnable piece =
        () -> {
          begun.countDown();
          ScriptedEngine.await(end);
        };
    Runnable further = () -> answers.add(null);
    LocalRenditionGenerator generator =
        keep(
            LocalRenditionGenerator.builder(
                    memory,
                    memory,
                    () ->
                        (task, sink) -> {
                          await().until(() -> task.assistant().offer(piece));
                          ScriptedEngine.await(begun);
                          answers.add(task.assistant().withdraw(piece));
                          answers.add(task.assistant().idle());
                          answers.add(task.assistant().offer(further));
                          end.countDown();
                          ScriptedEngine.makeAll(task, sink);
                        })
                .threads(2)
                .build());
    assertThat(generator.generate(request(SOURCE, List.of("png"))).join().stored()).hasSize(1);
    assertThat(answers).containsExactly(false, false, false);
  }

  @Test
  void aRequestCancelledInTheMiddleOfHelpEndsAndTheWorkersAreFree() throws IOException {
    put(SOURCE, 3_000, 2_000);
    byte[] wanted = bytes(1);
    int cancelled = 0;
    for (int round = 0; round < 10; round++) {
      CompletableFuture<CompletableFuture<RenditionReport>> asked = new CompletableFuture<>();
      accepted.set(0);
      LocalRenditionGenerator generator =
          generator(
              2,
              FaultyStore.around(memory)
                  .on(Call.OPEN)
                  .every()
                  .beforeEachRead(
                      () -> {
                        if (accepted.get() > 0) {
                          boolean unused = asked.join().cancel(false);
                        }
                      }));
      CompletableFuture<RenditionReport> future = generator.generate(request(SOURCE, FIVE));
      asked.complete(future);
      await().until(future::isDone);
      await().until(() -> generator.budget().taken() == 0);
      generator.close();
      cancelled += future.isCancelled() ? 1 : 0;
    }
    assertThat(cancelled).as("rounds in which somebody helped").isPositive();
    assertThat(bytes(2)).isEqualTo(wanted);
  }

  @Test
  void closingInTheMiddleOfHelpAnswersAndEndsEveryThread() throws IOException {
    put(SOURCE, 3_000, 2_000);
    await().pollInSameThread().until(this::closesInTheMiddleOfHelp);
  }

  /** Returns whether there was help to be in the middle of. */
  private boolean closesInTheMiddleOfHelp() {
    List<CompletableFuture<Void>> closing = new ArrayList<>();
    List<LocalRenditionGenerator> made = new ArrayList<>();
    accepted.set(0);
    FaultyStore store =
        FaultyStore.around(memory)
            .on(Call.OPEN)
            .every()
            .beforeEachRead(
                () -> {
                  if (accepted.get() > 0 && closing.isEmpty()) {
                    closing.add(CompletableFuture.runAsync(made.get(0)::close));
                  }
                });
    LocalRenditionGenerator generator = generator(2, store);
    made.add(generator);
    CompletableFuture<RenditionReport> future = generator.generate(request(SOURCE, FIVE));
    await().until(future::isDone);
    generator.close();
    closing.forEach(CompletableFuture::join);
    if (!future.isCompletedExceptionally()) {
      return false;
    }
    assertThat(Problems.of(future).reason()).isEqualTo(FailureReason.CANCELLED);
    return true;
  }

  @Test
  void whatAHelperCannotMakeFailsThatSpecOnly() throws IOException {
    // Nobody helps to read a PNG, so all the help there is goes to the first encoding.
    byte[] png = Encoded.png(Charts.photo(1_600, 1_200, 3));
    assertThat(memory.put(SOURCE, AssetSource.ofBytes(png, "image/png")).length()).isPositive();
    LocalRenditionGenerator generator = generator(2, memory);
    List<String> recipes = List.of("fit:1200,jpeg:80,max:100", "fit:800,jpeg:80");
    await()
        .until(
            () -> {
              RenditionReport report = ask(generator, recipes);
              assertThat(report.stored()).hasSize(1);
              assertThat(report.failed()).hasSize(1);
              RenditionOutcome.Failed failed = report.failed().get(0);
              assertThat(failed.reason()).isEqualTo(FailureReason.OPERATION_NOT_APPLICABLE);
              assertThat(failed.detail()).contains("may have 100");
              assertThat(failed.spec()).isEqualTo(report.outcomes().get(0).spec());
              return !helpers.isEmpty();
            });
  }

  @Test
  void memoryThatIsNotFreeMeansNoHelpAndNoFailure() throws IOException {
    put(SOURCE, 2_400, 1_800);
    LocalRenditionGenerator alone = generator(1, memory);
    long need = 1 << 20;
    while (!stored(alone(need), 5)) {
      need += 1 << 20;
    }
    assertThat(ask(alone, FIVE).stored()).hasSize(5);
    LocalRenditionGenerator tight =
        keep(
            LocalRenditionGenerator.builder(memory, memory, this::engine)
                .threads(2)
                .memoryBudget(need)
                .build());
    accepted.set(0);
    assertThat(ask(tight, FIVE).stored()).hasSize(5);
    assertThat(accepted).hasValue(0);
  }

  @Test
  void theBytesAreTheSameWithAndWithoutHelp() throws IOException {
    for (int[] size : new int[][] {{2_400, 1_800}, {1_777, 2_333}, {4_000, 300}, {500, 900}}) {
      put(SOURCE, size[0], size[1]);
      byte[] alone = bytes(1);
      for (int round = 0; round < 5; round++) {
        assertThat(bytes(2)).as("%s x %s", size[0], size[1]).isEqualTo(alone);
      }
      assertThat(bytes(3)).as("%s x %s", size[0], size[1]).isEqualTo(alone);
    }
    assertThat(accepted.get()).isPositive();
  }

  @Test
  void theBytesAreTheSameHoweverRequestsAndHelpMix() throws IOException {
    List<AssetKey> keys = new ArrayList<>();
    Random random = new Random(7);
    for (int n = 0; n < 6; n++) {
      AssetKey key = AssetKey.of("t", "mixed-" + n + ".jpg");
      put(key, 600 + random.nextInt(1_200), 600 + random.nextInt(1_200));
      keys.add(key);
    }
    List<byte[]> alone = mixed(keys, 1, random);
    for (int round = 0; round < 6; round++) {
      assertThat(mixed(keys, 2, random)).containsExactlyElementsOf(alone);
    }
  }

  @Test
  void theBytesOfPhotosAreTheSameWithAndWithoutHelp() throws IOException {
    String folder = System.getProperty("RENDITION_PHOTOS", System.getenv("RENDITION_PHOTOS"));
    assumeThat(folder).as("RENDITION_PHOTOS").isNotNull();
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".jpg")).toList()) {
        assertThat(memory.put(SOURCE, AssetSource.ofBytes(Files.readAllBytes(file), "image/jpeg")))
            .isNotNull();
        assertThat(bytes(2)).as("%s", file).isEqualTo(bytes(1));
      }
    }
  }

  /** Asks for all at random moments, and returns what became of each. */
  private List<byte[]> mixed(List<AssetKey> keys, int threads, Random random) throws IOException {
    LocalRenditionGenerator generator = generator(threads, memory);
    List<CompletableFuture<RenditionReport>> asked = new ArrayList<>();
    for (AssetKey key : keys) {
      asked.add(generator.generate(request(key, FIVE)));
      if (random.nextBoolean()) {
        assertThat(asked.get(random.nextInt(asked.size())).join().stored()).hasSize(5);
      }
    }
    asked.forEach(future -> assertThat(future.join().stored()).hasSize(5));
    generator.close();
    List<byte[]> made = new ArrayList<>();
    for (AssetKey key : keys) {
      made.add(read(key));
    }
    return made;
  }

  /** Returns the bytes of the five renditions of the source, made by so many threads. */
  private byte[] bytes(int threads) throws IOException {
    LocalRenditionGenerator generator = generator(threads, memory);
    assertThat(ask(generator, FIVE).stored()).hasSize(5);
    generator.close();
    return read(SOURCE);
  }

  private byte[] read(AssetKey source) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int n = 0; n < FIVE.size(); n++) {
      try (AssetContent content = memory.open(target(source, n))) {
        all.write(content.stream().readAllBytes());
      }
    }
    return all.toByteArray();
  }

  private LocalRenditionGenerator alone(long budget) {
    return keep(
        LocalRenditionGenerator.builder(memory, memory).threads(1).memoryBudget(budget).build());
  }

  private static boolean stored(LocalRenditionGenerator generator, int count) {
    return ask(generator, FIVE).stored().size() == count;
  }

  private static RenditionReport ask(LocalRenditionGenerator generator, List<String> recipes) {
    return generator.generate(request(SOURCE, recipes)).join();
  }

  private static RenditionRequest request(AssetKey source, List<String> recipes) {
    List<RenditionSpec> specs = new ArrayList<>();
    for (int n = 0; n < recipes.size(); n++) {
      specs.add(new RenditionSpec("r" + n, Recipe.parse(recipes.get(n)), target(source, n)));
    }
    return RenditionRequest.of(source, specs);
  }

  private static AssetKey target(AssetKey source, int n) {
    return AssetKey.of("t", source.path() + "-" + n + ".jpg");
  }

  private void put(AssetKey key, int width, int height) throws IOException {
    byte[] bytes = Encoded.jpeg(Charts.photo(width, height, width), 0.9);
    assertThat(memory.put(key, AssetSource.ofBytes(bytes, "image/jpeg")).length()).isPositive();
  }

  private LocalRenditionGenerator generator(int threads, AssetStore originals) {
    return keep(
        LocalRenditionGenerator.builder(originals, memory, this::engine).threads(threads).build());
  }

  private LocalRenditionGenerator keep(LocalRenditionGenerator generator) {
    generators.add(generator);
    return generator;
  }

  /** The real engine, with a note of the help it gets. */
  private Engine engine() {
    Engine real =
        new StreamingEngine(
            new EngineSettings(
                SourceLimits.DEFAULT,
                Path.of(System.getProperty("java.io.tmpdir")),
                new CustomOperations(List.of()),
                Scaler.OURS,
                LocalHelpTest.class.getClassLoader()));
    return (task, sink) ->
        real.render(
            new EngineTask(
                task.source(),
                task.specs(),
                task.focus(),
                task.overlays(),
                task.admission(),
                task.cancellation(),
                new Noting(task.assistant(), Thread.currentThread())),
            sink);
  }

  /** Passes offers on and notes who takes them. */
  private final class Noting implements Assistant {
    private final Assistant real;
    private final Thread owner;
    private final ConcurrentHashMap<Runnable, Runnable> noted = new ConcurrentHashMap<>();

    Noting(Assistant real, Thread owner) {
      this.real = real;
      this.owner = owner;
    }

    @Override
    public boolean idle() {
      return real.idle();
    }

    @Override
    public boolean offer(Runnable piece) {
      Runnable wrapped =
          () -> {
            assertThat(Thread.currentThread()).isNotEqualTo(owner);
            helpers.add(Thread.currentThread().getName());
            piece.run();
          };
      noted.put(piece, wrapped);
      boolean taken = real.offer(wrapped);
      accepted.addAndGet(taken ? 1 : 0);
      return taken;
    }

    @Override
    public boolean withdraw(Runnable piece) {
      return Optional.ofNullable(noted.get(piece)).filter(real::withdraw).isPresent();
    }

    @Override
    public boolean wanted() {
      return real.wanted();
    }
  }
}
