package dev.rendition.lambda.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetInfo;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.lambda.LambdaRenditionGenerator;
import dev.rendition.lambda.emulator.EmulatedFunction;
import dev.rendition.lambda.emulator.InvocationStatistics;
import dev.rendition.testkit.Charts;
import dev.rendition.testkit.Encoded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
   * The function with the documented flags, beside the local generator as an application has it: in
   * a process with the flags it has by itself. Both over the same S3, in one run. The flags of the
   * managed runtimes are measured for comparison.
   */
  @Test
  void fiveWebRenditionsCostLittleMoreProcessorTimeThanInAnOrdinaryProcess(@TempDir Path folder)
      throws Exception {
    Path photo = photo(folder);
    byte[] bytes = Files.readAllBytes(photo);
    try (Cloud cloud = Cloud.start()) {
      double here = inAProcess(cloud.buckets(), photo, folder);
      EmulatedFunction documented =
          cloud.deploy(
              "documented",
              each -> each.memory(MEMORY).environment("JAVA_TOOL_OPTIONS", Cloud.DOCUMENTED_FLAGS));
      double there = inTheFunction(cloud, documented, bytes);
      EmulatedFunction managed = cloud.deploy("managed", each -> each.memory(MEMORY));
      double withoutFlags = inTheFunction(cloud, managed, bytes);
      log.info(
          "processor time of five renditions: {} ms in an ordinary process, {} ms in the function"
              + " with the documented flags, {} ms with those of the runtime; at most {} MB",
          rounded(here),
          rounded(there),
          rounded(withoutFlags),
          documented.statistics().maxMemoryMegabytes());
      assertThat(documented.statistics().maxMemoryMegabytes()).isLessThanOrEqualTo(MEMORY);
      assertThat(documented.statistics().coldStarts()).isEqualTo(1);
      assertThat(there).isLessThanOrEqualTo(here * MOST_PROCESSOR);
    }
  }

  private static double inTheFunction(Cloud cloud, EmulatedFunction function, byte[] photo)
      throws IOException {
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
      log.info(
          "{}: {} GB-seconds for 1,000 assets, five renditions each, {} MB; ms of processor time of"
              + " each, in blocks of {} from the first on: {}",
          function.name(),
          rounded((function.statistics().gigabyteSeconds() - billed) / LocalCost.TIMES * 1_000),
          MEMORY,
          BLOCK,
          blocks.stream().map(FunctionCostIT::rounded).toList());
      Duration spent = processorTime(function).minus(begin);
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
    long budget = (long) (MEMORY * 1_024 * 1_024 * HEAP) * 60 / 100;
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
