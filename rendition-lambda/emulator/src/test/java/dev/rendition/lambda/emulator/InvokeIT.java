package dev.rendition.lambda.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvokeIT {
  @TempDir Path folder;

  @Test
  void theFunctionAnswers() throws IOException {
    try (LambdaEmulator emulator = LambdaEmulator.builder().start()) {
      EmulatedFunction function =
          emulator.deploy(FunctionDefinition.of("do", TestCode.zip(folder), TestCode.DO).build());
      InvocationResult result = function.invoke("{\"do\":\"context\"}");
      System.err.println(result);
      long begun = System.nanoTime();
      for (int i = 0; i < 200; i++) {
        if (i == 100) {
          begun = System.nanoTime();
        }
        result = function.invoke("{\"do\":\"echo\"}");
      }
      System.err.println(result + " " + (System.nanoTime() - begun) / 100 / 1e6);
      assertThat(result.payload()).isEqualTo("{\"do\":\"echo\"}");
    }
  }
}
