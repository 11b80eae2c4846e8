package dev.rendition.lambda.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rendition.asset.AssetInfo;
import dev.rendition.lambda.LambdaRenditionGenerator;
import dev.rendition.lambda.emulator.EmulatedFunction;
import dev.rendition.lambda.emulator.InvocationStatistics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * GB-seconds with the share of a processor that a memory size buys: 1,769 MB are one (AWS Lambda
 * developer guide, "Configure Lambda function memory"). The kernel holds the process to it, by a
 * quota of version 1 of its control groups; needs the right to make such a group. docs/aws.md has
 * figures.
 */
@Tag("proof")
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class ProcessorShareIT {
  private static final Logger log = LoggerFactory.getLogger(ProcessorShareIT.class);
  private static final Path GROUPS = Path.of("/sys/fs/cgroup/cpu");
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
  private static final int ONE_PROCESSOR = 1_769;
  private static final int PERIOD_MICROSECONDS = 20_000;
  private static final int TIMES = 40;

  @ParameterizedTest
  @ValueSource(ints = {512, 1_024, ONE_PROCESSOR})
  void fiveWebRenditionsAreBilledByTheShareOfAProcessor(int memory, @TempDir Path folder)
      throws Exception {
    Path group = GROUPS.resolve("rendition-" + ProcessHandle.current().pid() + "-" + memory);
    assumeTrue(Files.isWritable(GROUPS), "no control group can be made in " + GROUPS);
    Files.createDirectory(group);
    try (Cloud cloud = Cloud.start()) {
      Files.writeString(group.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD_MICROSECONDS));
      EmulatedFunction function =
          cloud.deploy(
              "share-" + memory,
              each ->
                  each.memory(memory)
                      .javaHome(inGroup(group, folder))
                      // What Lambda shows to functions of these sizes.
                      .jvmOptions(List.of("-XX:ActiveProcessorCount=2"))
                      .environment("JAVA_TOOL_OPTIONS", Cloud.DOCUMENTED_FLAGS));
      measure(cloud, function, FunctionCostIT.photo(folder), group);
      function.recycle();
    } finally {
      // Empty as soon as the last process is gone, which has been waited for.
      Files.delete(group);
    }
  }

  private static void measure(Cloud cloud, EmulatedFunction function, Path photo, Path group)
      throws IOException {
    byte[] bytes = Files.readAllBytes(photo);
    int memory = function.definition().memoryMegabytes();
    try (LambdaRenditionGenerator lambda = cloud.client(function).build()) {
      make(lambda, cloud, bytes, LocalCost.WARM);
      long quota = (long) PERIOD_MICROSECONDS * memory / ONE_PROCESSOR;
      Files.writeString(group.resolve("cpu.cfs_quota_us"), Long.toString(quota));
      Duration begin = FunctionCostIT.processorTime(function);
      make(lambda, cloud, bytes, TIMES);
      Duration spent = FunctionCostIT.processorTime(function).minus(begin);
      List<InvocationStatistics> all = function.statistics().recent();
      List<Long> billed =
          new ArrayList<>(
              all.subList(all.size() - TIMES, all.size()).stream()
                  .map(each -> each.billed().toMillis())
                  .sorted()
                  .toList());
      double seconds = billed.get(TIMES / 2) / 1_000.0;
      log.info(
          "{} MB: billed {} ms (median; {} to {}), {} ms of processor time: {} GB-seconds for 1,000"
              + " assets; resident {} MB",
          memory,
          billed.get(TIMES / 2),
          billed.get(0),
          billed.get(TIMES - 1),
          spent.toMillis() / TIMES,
          String.format(Locale.ROOT, "%.0f", seconds * memory / 1_024 * 1_000),
          function.statistics().maxMemoryMegabytes());
      assertThat(seconds)
          .as("the kernel gives no more than the share")
          .isGreaterThan(0.8 * spent.toMillis() / TIMES / 1_000 * ONE_PROCESSOR / memory);
    }
  }

  private static void make(LambdaRenditionGenerator lambda, Cloud cloud, byte[] photo, int times)
      throws IOException {
    for (int i = 0; i < times; i++) {
      AssetInfo original = cloud.original("share/" + i, photo);
      assertThat(lambda.generate(LocalCost.request(original, LocalCost.WIDTHS)).join().stored())
          .hasSize(LocalCost.WIDTHS.length);
      assertThat(cloud.originals().delete(original.key())).isTrue();
    }
  }

  /** Returns a Java whose processes are in a group from the first instruction on. */
  private static Path inGroup(Path group, Path folder) {
    try {
      Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
      Files.writeString(
          java,
          """
          #!/bin/sh
          echo $$ > %s/cgroup.procs
          exec %s/bin/java "$@"
          """
              .formatted(group, JAVA_HOME));
      assertThat(java.toFile().setExecutable(true)).isTrue();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
