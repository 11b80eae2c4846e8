package dev.rendition.lambda.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class FunctionDefinitionTest {
  @TempDir Path code;

  private FunctionDefinition.Builder define() {
    return FunctionDefinition.of("name", code, "a.B");
  }

  @Test
  void theDefaultsAreThoseOfTheService() {
    FunctionDefinition function = define().build();
    assertThat(function.memoryMegabytes()).isEqualTo(128);
    assertThat(function.timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(function.version()).isEqualTo("$LATEST");
    assertThat(function.maxRetries()).isEqualTo(2);
    assertThat(function.maxEventAge()).isEqualTo(Duration.ofHours(6));
    assertThat(function.reservedConcurrency()).isEmpty();
    assertThat(function.memoryEnforced()).isTrue();
  }

  @Test
  void aBuilderThatGoesOnDoesNotChangeWhatItBuilt() {
    FunctionDefinition.Builder builder = define().environment("FIRST", "1");
    FunctionDefinition function = builder.build();
    builder.environment("SECOND", "2");
    assertThat(function.environment()).containsOnlyKeys("FIRST");
  }

  @Test
  void whatTheServiceRefusesIsRefused() {
    refused(() -> FunctionDefinition.of("a b", code, "a.B"), "a b");
    refused(() -> FunctionDefinition.of("x".repeat(65), code, "a.B"), "name");
    refused(() -> FunctionDefinition.of("name", code.resolve("none"), "a.B"), "none");
    refused(() -> FunctionDefinition.of("name", code, "-version"), "-version");
    refused(() -> FunctionDefinition.of("name", code, " "), "handler");
    refused(() -> define().memory(127), "127");
    refused(() -> define().memory(10_241), "10241");
    refused(() -> define().timeout(Duration.ZERO), "timeout");
    refused(() -> define().timeout(Duration.ofSeconds(901)), "timeout");
    refused(() -> define().version("prod"), "prod");
    refused(() -> define().maxRetries(3), "3");
    refused(() -> define().maxEventAge(Duration.ofHours(7)), "age");
    refused(() -> define().reservedConcurrency(-1), "-1");
    refused(() -> define().environment("AWS_REGION", "x"), "reserved");
    refused(() -> define().environment("1A", "x"), "1A");
    refused(() -> define().environment("A=B", "x"), "A=B");
    refused(() -> define().environment("KEY", "x".repeat(4_094)), "4096");
    refused(() -> define().environment("KEY", "a\0b"), "NUL");
    refused(() -> define().javaHome(code), "bin/java");
    assertThat(define().environment("KEY", "x".repeat(4_093)).build().environment()).hasSize(1);
  }

  private static void refused(Executable call, String part) {
    assertThatThrownBy(call::execute)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(part);
  }
}
