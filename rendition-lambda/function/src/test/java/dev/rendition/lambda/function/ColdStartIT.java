package dev.rendition.lambda.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.lambda.emulator.EmulatedFunction;
import dev.rendition.lambda.emulator.Events;
import dev.rendition.lambda.emulator.FunctionDefinition;
import dev.rendition.lambda.emulator.InvocationResult;
import dev.rendition.lambda.emulator.LambdaEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the start of the process to the first renditions stored. */
class ColdStartIT {
  private static final Logger log = LoggerFactory.getLogger(ColdStartIT.class);
  private static final Path ZIP = Path.of("target", "rendition-function.zip");
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
  private static final int ROUNDS = 3;
  private static final long MOST_BYTES = 25_000_000;

  /**
   * Builds what the Dockerfile builds, but for the image, and beside it a bin/java that starts it,
   * so that the emulator does. Returns the folder that holds bin.
   */
  static Path container(Path folder) throws Exception {
    Path home = Files.createDirectories(folder.resolve("task"));
    copy(Path.of("target", "rendition-function", "lib"), home.resolve("lib"));
    copy(Path.of("target", "runtime"), home.resolve("runtime"));
    Path start = home.resolve("start");
    Files.copy(Path.of("src", "main", "container", "start"), start);
    assertThat(start.toFile().setExecutable(true)).isTrue();
    Path output = folder.resolve("rehearsal.txt");
    Process rehearsal =
        new ProcessBuilder(
                JAVA_HOME.resolve("bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:ArchiveClassesAtExit=" + home.resolve("function.jsa"),
                "-cp",
                home + "/lib/*:" + home + "/runtime/*",
                Rehearsal.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(rehearsal.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(rehearsal.exitValue()).as(Files.readString(output)).isZero();
    Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        for each; do
          case "$each" in -D*) options="$options $each" ;; esac
        done
        JAVA_TOOL_OPTIONS="$options" exec %s "$each"
        """
            .formatted(start));
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return folder;
  }

  /** Describes the function in what {@link #container} made. */
  static FunctionDefinition.Builder definition(String name, Path container) {
    return FunctionDefinition.of(name, container.resolve("task"), RenditionFunction.class.getName())
        .javaHome(container)
        .environment("JAVA_HOME", JAVA_HOME.toString());
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> jars = Files.list(from)) {
      for (Path jar : jars.toList()) {
        Files.copy(jar, to.resolve(from.relativize(jar)));
      }
    }
  }

  @Test
  void theZipIsSmall() throws Exception {
    assertThat(Files.size(ZIP)).isLessThan(MOST_BYTES);
  }

  @Test
  void aFirstInvocationOfTheZipIsSoonDone() throws Exception {
    FunctionDefinition.Builder zip =
        FunctionDefinition.of("zip", ZIP, RenditionFunction.class.getName());
    assertSoon("the zip", zip, Duration.ofMillis(1_600));
  }

  /** What a start pays for the second compiler, which pays it back with the next pictures. */
  @Test
  void theDocumentedFlagsDelayAFirstInvocationOfTheZipALittle() throws Exception {
    FunctionDefinition.Builder zip =
        FunctionDefinition.of("flags", ZIP, RenditionFunction.class.getName())
            .environment("JAVA_TOOL_OPTIONS", Cloud.DOCUMENTED_FLAGS);
    assertSoon("the zip with the documented flags", zip, Duration.ofSeconds(3));
  }

  @Test
  void aFirstInvocationOfTheContainerIsSoonerDone(@TempDir Path folder) throws Exception {
    assertSoon("the container", definition("container", container(folder)), Duration.ofSeconds(1));
  }

  /**
   * Wall clock tells nothing on a machine that does other things meanwhile, so it is only written
   * down; the processor time of the whole process is what the limit is held against.
   */
  private static void assertSoon(String name, FunctionDefinition.Builder definition, Duration most)
      throws Exception {
    List<Duration> elapsed = new ArrayList<>();
    List<Duration> processor = new ArrayList<>();
    try (S3Server s3 = new S3Server();
        LambdaEmulator lambda =
            LambdaEmulator.builder()
                .credentials(S3Server.ACCESS_KEY, S3Server.SECRET_KEY)
                .start()) {
      S3Server.Buckets buckets = s3.newBuckets();
      try (var originals = buckets.originalStore()) {
        originals.put(
            AssetKey.parse("acme/a.jpg"), AssetSource.ofBytes(Stage.picture(0), "image/jpeg"));
      }
      EmulatedFunction function =
          lambda.deploy(
              definition
                  .memory(1_024)
                  .timeout(Duration.ofSeconds(30))
                  .environment(buckets.variables())
                  .environment("RENDITION_RECIPE_CARD", "cover:32x24,jpeg")
                  .build());
      for (int i = 0; i < ROUNDS; i++) {
        function.recycle();
        long begin = System.nanoTime();
        InvocationResult result =
            function.invoke(
                Events.s3ObjectCreated("us-east-1", buckets.originals(), "acme/a.jpg", 1, "e"));
        elapsed.add(Duration.ofNanos(System.nanoTime() - begin));
        assertThat(result.functionError()).as(result.payload() + result.logTail()).isEmpty();
        assertThat(result.payload()).contains("\"renditions\":1");
        processor.add(
            ProcessHandle.of(function.processIds().get(0))
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow());
      }
    }
    log.info("cold start of {}: {}, of which the processor worked {}", name, elapsed, processor);
    assertThat(processor.stream().min(Duration::compareTo).orElseThrow()).isLessThanOrEqualTo(most);
  }
}
