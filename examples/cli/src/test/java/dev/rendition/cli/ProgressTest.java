package dev.rendition.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final StringWriter err = new StringWriter();

  private Progress progress(boolean shown) {
    return new Progress(new PrintWriter(err), shown, 240, () -> 0);
  }

  @Test
  void theLineSaysHowFarHowFastAndHowLong() {
    assertThat(progress(true).line(60, 30_000_000_000L))
        .isEqualTo("[######..................] 60 of 240, 2.0/s, 01:30 left");
    assertThat(progress(true).line(0, 0)).contains("--:-- left");
    assertThat(progress(true).line(1, 60_000_000_000L)).contains("3:59:00 left");
  }

  @Test
  void nothingIsPrintedWhereThereIsNoTerminal() {
    progress(false).draw(1);
    progress(false).clear();

    assertThat(err.toString()).isEmpty();
  }

  @Test
  void theLineIsDrawnOverItself() {
    progress(true).draw(1);

    assertThat(err.toString()).startsWith("\r[").endsWith("\033[K");
  }
}
