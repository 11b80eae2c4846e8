package dev.rendition.lambda.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.lambda.emulator.EmulatedFunction;
import dev.rendition.lambda.emulator.Events;
import dev.rendition.lambda.emulator.FunctionDefinition;
import dev.rendition.lambda.emulator.InvocationResult;
import dev.rendition.lambda.emulator.LambdaEmulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the start of the process to the first renditions stored. */
class ColdStartIT {
  private static final Logger log = LoggerFactory.getLogger(ColdStartIT.class);
  private static final Path ZIP = Path.of("target", "rendition-function.zip");
  private static final long MOST_BYTES = 25_000_000;

  @Test
  void theZipIsSmall() throws Exception {
    assertThat(Files.size(ZIP)).isLessThan(MOST_BYTES);
  }

  @Test
  void aFirstInvocationIsSoonDone() throws Exception {
    List<Duration> taken = new ArrayList<>();
    try (S3Server s3 = new S3Server();
        LambdaEmulator lambda =
            LambdaEmulator.builder()
                .credentials(S3Server.ACCESS_KEY, S3Server.SECRET_KEY)
                .start()) {
      S3Server.Buckets buckets = s3.newBuckets();
      EmulatedFunction function =
          lambda.deploy(
              FunctionDefinition.of("cold", ZIP, RenditionFunction.class.getName())
                  .memory(1_024)
                  .timeout(Duration.ofSeconds(30))
                  .environment(buckets.variables())
                  .environment("RENDITION_RECIPE_CARD", "cover:32x24,jpeg")
                  .build());
      try (var originals = buckets.originalStore()) {
        originals.put(
            AssetKey.parse("acme/a.jpg"), AssetSource.ofBytes(Stage.picture(0), "image/jpeg"));
      }
      for (int i = 0; i < 5; i++) {
        function.recycle();
        long begin = System.nanoTime();
        InvocationResult result =
            function.invoke(
                Events.s3ObjectCreated("us-east-1", buckets.originals(), "acme/a.jpg", 1, "e"));
        taken.add(Duration.ofNanos(System.nanoTime() - begin));
        log.info("init {} duration {} of {}", result.statistics().init(), result.statistics().duration(), taken.get(i));
        assertThat(result.functionError()).as(result.payload() + result.logTail()).isEmpty();
      }
    }
    log.info("cold starts: {}", taken);
  }
}
