package dev.rendition.lambda.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetInfo;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.lambda.LambdaRenditionGenerator;
import dev.rendition.lambda.emulator.EmulatedFunction;
import dev.rendition.lambda.emulator.FunctionDefinition;
import dev.rendition.lambda.emulator.InvocationStatistics;
import dev.rendition.testkit.Charts;
import dev.rendition.testkit.Encoded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Lambda adds to the work itself; docs/proofs.md has figures. */
@Tag("proof")
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class FunctionCostIT {
  private static final Logger log = LoggerFactory.getLogger(FunctionCostIT.class);
  private static final int MEMORY = 512;
  private static final int BLOCK = 20;
  private static final int ROUNDS = 2;

  /** The part of the memory a managed runtime gives to the heap. */
  private static final double HEAP = 0.85;

  private static final Duration MOST_OVERHEAD = Duration.ofMillis(15);
  private static final double MOST_PROCESSOR = 1.10;

  @Test
  void theClientAddsLittleToAWarmInvocation() throws Exception {
    try (Cloud cloud = Cloud.start()) {
      EmulatedFunction function = cloud.deploy("overhead", each -> each.memory(MEMORY));
      List<Duration> overhead = new ArrayList<>();
      try (LambdaRenditionGenerator lambda = cloud.client(function).build()) {
        for (int i = 0; i < 250; i++) {
          AssetInfo original = cloud.original("overhead/" + i, Stage.picture(i % 50));
          RenditionRequest request = LocalCost.request(original, "fit:30,jpeg");
          long begin = System.nanoTime();
          RenditionReport report = lambda.generate(request).join();
          long elapsed = System.nanoTime() - begin;
          assertThat(report.stored()).hasSize(1);
          List<InvocationStatistics> recent = function.statistics().recent();
          Duration inside = recent.get(recent.size() - 1).duration();
          if (i >= 100) {
            overhead.add(Duration.ofNanos(elapsed).minus(inside));
          }
        }
      }
      overhead.sort(Duration::compareTo);
      log.info(
          "the client adds {} (median), {} (9 of 10), {} at most to {} warm invocations",
          overhead.get(overhead.size() / 2),
          overhead.get(overhead.size() * 9 / 10),
          overhead.get(overhead.size() - 1),
          overhead.size());
      assertThat(overhead.get(overhead.size() / 2)).isLessThanOrEqualTo(MOST_OVERHEAD);
    }
  }

  /**
   * The function with the documented flags, and the container, beside the local generator as an
   * application has it: in a process with the flags it has by itself. All over the same S3, in
   * turn, the better of two rounds each, because what else the machine does meanwhile shows in
   * processor time too. The flags of the managed runtimes are measured for comparison.
   */
  @Test
  void fiveWebRenditionsCostLittleMoreProcessorTimeThanInAnOrdinaryProcess(@TempDir Path folder)
      throws Exception {
    Path photo = photo(folder);
    byte[] bytes = Files.readAllBytes(photo);
    Path image = ColdStartIT.container(Files.createDirectory(folder.resolve("image")));
    List<Double> here = new ArrayList<>();
    List<Double> zip = new ArrayList<>();
    List<Double> container = new ArrayList<>();
    try (Cloud cloud = Cloud.start()) {
      for (int round = 1; round <= ROUNDS; round++) {
        here.add(inAProcess(cloud.buckets(), photo, folder));
        FunctionDefinition.Builder flags =
            cloud
                .definition("documented-" + round)
                .environment("JAVA_TOOL_OPTIONS", Cloud.DOCUMENTED_FLAGS);
        zip.add(inTheFunction(cloud, flags, bytes));
        FunctionDefinition.Builder contained =
            ColdStartIT.definition("container-" + round, image)
                .timeout(Cloud.TIMEOUT)
                .environment(cloud.buckets().variables());
        container.add(inTheFunction(cloud, contained, bytes));
      }
      double managed = inTheFunction(cloud, cloud.definition("managed"), bytes);
      log.info(
          "ms of processor time of five renditions: {} in an ordinary process, {} in the function"
              + " with the documented flags, {} in the container, {} with the flags of the runtime",
          here.stream().map(FunctionCostIT::rounded).toList(),
          zip.stream().map(FunctionCostIT::rounded).toList(),
          container.stream().map(FunctionCostIT::rounded).toList(),
          rounded(managed));
    }
    double most = Collections.min(here) * MOST_PROCESSOR;
    assertThat(Collections.min(zip)).as("the zip").isLessThanOrEqualTo(most);
    assertThat(Collections.min(container)).as("the container").isLessThanOrEqualTo(most);
  }

  private static double inTheFunction(
      Cloud cloud, FunctionDefinition.Builder definition, byte[] photo) throws IOException {
    EmulatedFunction function = cloud.lambda().deploy(definition.memory(MEMORY).build());
    List<Double> blocks = new ArrayList<>();
    try (LambdaRenditionGenerator lambda = cloud.client(function).build()) {
      Duration begin = Duration.ZERO;
      Duration block = Duration.ZERO;
      double billed = 0;
      for (int i = 0; i < LocalCost.WARM + LocalCost.TIMES; i++) {
        AssetInfo original = cloud.original("cost/" + i, photo);
        if (i == LocalCost.WARM) {
          begin = processorTime(function);
          billed = function.statistics().gigabyteSeconds();
        }
        RenditionRequest request = LocalCost.request(original, LocalCost.WIDTHS);
        assertThat(lambda.generate(request).join().stored()).hasSize(LocalCost.WIDTHS.length);
        assertThat(cloud.originals().delete(original.key())).isTrue();
        if (i % BLOCK == BLOCK - 1) {
          Duration now = processorTime(function);
          blocks.add(now.minus(block).toMillis() / (double) BLOCK);
          block = now;
        }
      }
      Duration spent = processorTime(function).minus(begin);
      log.info(
          "{}: {} GB-seconds for 1,000 assets, five renditions each, {} of {} MB resident; ms of"
              + " processor time of each, in blocks of {} from the first on: {}",
          function.name(),
          rounded((function.statistics().gigabyteSeconds() - billed) / LocalCost.TIMES * 1_000),
          function.statistics().maxMemoryMegabytes(),
          MEMORY,
          BLOCK,
          blocks.stream().map(FunctionCostIT::rounded).toList());
      assertThat(function.statistics().coldStarts()).as("never killed").isEqualTo(1);
      assertThat(function.statistics().maxMemoryMegabytes()).isLessThanOrEqualTo(MEMORY);
      function.recycle();
      return spent.toMillis() / (double) LocalCost.TIMES;
    }
  }

  private static String rounded(double number) {
    return String.format(Locale.ROOT, "%.0f", number);
  }

  static Duration processorTime(EmulatedFunction function) {
    return ProcessHandle.of(function.processIds().get(0))
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow();
  }

  /** Runs {@link LocalCost} with no flags at all, over the same S3. */
  private static double inAProcess(S3Server.Buckets buckets, Path photo, Path folder)
      throws Exception {
    Path output = folder.resolve("cost.txt");
    long budget = (long) (MEMORY * 1_024 * 1_024 * HEAP * 0.6);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LocalCost.class.getName(),
                buckets.server().endpoint().toString(),
                buckets.originals(),
                buckets.renditions(),
                photo.toString(),
                Long.toString(budget))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    String said = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(said).isZero();
    return said.lines()
        .filter(line -> line.startsWith(LocalCost.RESULT))
        .mapToDouble(line -> Double.parseDouble(line.substring(LocalCost.RESULT.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError(said));
  }

  static Path photo(Path folder) throws IOException {
    String photos = System.getProperty("RENDITION_PHOTOS", System.getenv("RENDITION_PHOTOS"));
    if (photos != null) {
      return Path.of(photos, "Canon_EOS_450D.jpg");
    }
    return Files.write(
        folder.resolve("photo.jpg"), Encoded.jpeg(Charts.photo(4_000, 3_000, 3), 0.9));
  }
}
