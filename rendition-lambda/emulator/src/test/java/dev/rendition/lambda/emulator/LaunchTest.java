package dev.rendition.lambda.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "-Dx=y", "-Xmx100m -XX:-UsePerfData", "-XX:-UseG1GC"})
  void aFunctionHasTheFlagsOfTheManagedRuntimes(String toolOptions) {
    assertThat(Launch.changeableFlags(toolOptions))
        .containsExactly("-XX:+UseSerialGC", "-XX:+TieredCompilation", "-XX:TieredStopAtLevel=1");
  }

  /** AWS Lambda developer guide, "Customize Java runtime startup behavior". */
  @Test
  void javaToolOptionsChangeThem() {
    assertThat(Launch.changeableFlags("-XX:+TieredCompilation -XX:TieredStopAtLevel=4"))
        .containsExactly("-XX:+UseSerialGC");
    assertThat(Launch.changeableFlags("-Da=b -XX:TieredStopAtLevel=4"))
        .containsExactly("-XX:+UseSerialGC", "-XX:+TieredCompilation");
    assertThat(Launch.changeableFlags("-XX:+UseParallelGC"))
        .containsExactly("-XX:+TieredCompilation", "-XX:TieredStopAtLevel=1");
  }
}
