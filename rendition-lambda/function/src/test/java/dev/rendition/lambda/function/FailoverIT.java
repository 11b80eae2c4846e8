package dev.rendition.lambda.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.compose.FailoverGenerator;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.lambda.CircuitBreakerGenerator;
import dev.rendition.lambda.emulator.EmulatedFunction;
import dev.rendition.lambda.emulator.LambdaEmulator;
import dev.rendition.local.LocalRenditionGenerator;
import dev.rendition.recipe.Recipe;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lambda goes away and comes back while requests keep coming. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FailoverIT {
  private static final Duration DELAY = Duration.ofMillis(500);

  @Test
  void thisProcessTakesOverWhileLambdaIsDownAndLambdaHasTheWorkAgainAfterwards() throws Exception {
    try (Cloud cloud = Cloud.start()) {
      URI address = cloud.lambda().endpoint();
      CircuitBreakerGenerator guarded =
          new CircuitBreakerGenerator(
              cloud.client(cloud.deploy("renditions")).attempts(2).build(), 2, DELAY);
      LocalRenditionGenerator here =
          LocalRenditionGenerator.builder(cloud.originals(), cloud.renditions()).build();
      try (FailoverGenerator generator = new FailoverGenerator(List.of(guarded, here))) {
        make(cloud, generator, "before", 3);
        assertThat(cloud.lambda().function("renditions").statistics().invocations()).isEqualTo(3);
        assertThat(generator.failovers()).isZero();

        cloud.lambda().close();
        make(cloud, generator, "meanwhile", 5);
        assertThat(generator.failovers()).isEqualTo(5);
        assertThat(guarded.openings()).isEqualTo(1);
        assertThat(guarded.refusals()).as("not asked once the circuit is open").isPositive();
        assertThat(guarded.recoveries()).isZero();

        try (LambdaEmulator again = Cloud.emulator(address.getPort())) {
          EmulatedFunction back = again.deploy(cloud.definition("renditions").build());
          Awaitility.await()
              .atMost(Duration.ofSeconds(60))
              .pollInterval(Duration.ofMillis(200))
              .until(
                  () -> {
                    make(cloud, generator, "soon", 1);
                    return guarded.recoveries() == 1;
                  });
          long failovers = generator.failovers();
          long invocations = back.statistics().invocations();
          make(cloud, generator, "after", 3);
          assertThat(generator.failovers()).isEqualTo(failovers);
          assertThat(back.statistics().invocations()).isEqualTo(invocations + 3);
          assertThat(guarded.openings()).isEqualTo(1);
        }
      }
      for (String tenant : List.of("before", "meanwhile", "soon", "after")) {
        for (Map.Entry<String, byte[]> made : cloud.made(tenant).entrySet()) {
          int number = Integer.parseInt(made.getKey().replaceAll("\\D", ""));
          assertThat(made.getValue())
              .as(tenant + "/" + made.getKey())
              .isEqualTo(
                  Engine.make(Stage.picture(number), request(tenant, number)).get(made.getKey()));
        }
      }
    }
  }

  private static void make(Cloud cloud, RenditionGenerator generator, String tenant, int count)
      throws IOException {
    for (int i = 0; i < count; i++) {
      AssetInfo original = cloud.original(tenant + "/" + i, Stage.picture(i));
      RenditionReport report =
          generator.generate(request(tenant, i).ofVersion(original.version())).join();
      assertThat(report.stored()).hasSize(1);
    }
  }

  private static RenditionRequest request(String tenant, int number) {
    AssetKey key = AssetKey.of(tenant, Integer.toString(number));
    return RenditionRequest.of(
        key, new RenditionSpec("card", Recipe.parse("fit:30,jpeg"), key.withPath("made" + number)));
  }
}
