package dev.rendition.lambda.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

class LambdaEmulatorExtensionIT {

  @Test
  void beforeAndAfterTestsThereIsNoEmulator() {
    assertThatThrownBy(() -> new LambdaEmulatorExtension().emulator())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not started");
  }

  @Nested
  @ExtendWith(LambdaEmulatorExtension.class)
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class NamedByAnAnnotation {
    private final Set<URI> seen = new HashSet<>();

    @RepeatedTest(2)
    void oneEmulatorServesTheClass(LambdaEmulator emulator) {
      seen.add(emulator.endpoint());
      assertThat(seen).hasSize(1);
    }
  }

  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_METHOD)
  class InAnInstanceField {
    @RegisterExtension
    final LambdaEmulatorExtension lambda = LambdaEmulatorExtension.with(s -> s.region("eu-west-3"));

    @Test
    void theEmulatorHasTheSettingsGiven(LambdaEmulator emulator) {
      assertThat(emulator).isSameAs(lambda.emulator());
      assertThat(emulator.region()).isEqualTo("eu-west-3");
    }
  }
}
