package dev.rendition.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendition.generate.FailureReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {
  private static final SourceLimits MEGABYTE = new SourceLimits(1, 1 << 20, 1, 1, 1, false);

  @TempDir Path folder;

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private Spool spool(InputStream stream) throws IOException {
    return Spool.of(stream, folder, MEGABYTE, Cancellation.NONE, 100_000);
  }

  private long files() throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.count();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 99_999, 100_000, 100_001, 1 << 20})
  void anyLengthComesBack(int size) throws IOException {
    byte[] bytes = random(size);
    try (Spool spool = spool(new ByteArrayInputStream(bytes))) {
      byte[] back = new byte[size];
      assertThat(spool.bytes().length()).isEqualTo(size);
      assertThat(spool.bytes().read(0, back, 0, size)).isEqualTo(size);
      assertThat(back).isEqualTo(bytes);
      assertThat(files()).isEqualTo(size > 100_000 ? 1 : 0);
    }
    assertThat(files()).isZero();
  }

  @Test
  void readingBehindTheEndGivesFewerBytes() throws IOException {
    try (Spool spool = spool(new ByteArrayInputStream(random(150_000)))) {
      assertThat(spool.bytes().read(149_990, new byte[50], 0, 50)).isEqualTo(10);
      assertThat(spool.bytes().read(150_000, new byte[50], 0, 50)).isZero();
    }
  }

  @Test
  void oneByteOverTheLimitIsRefusedAndLeavesNoFile() throws IOException {
    assertThatThrownBy(() -> spool(new ByteArrayInputStream(random((1 << 20) + 1))))
        .isInstanceOfSatisfying(
            StepException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.LIMIT_EXCEEDED));
    assertThat(files()).isZero();
  }

  @Test
  void aStreamThatBreaksLeavesNoFile() throws IOException {
    InputStream broken =
        new InputStream() {
          private int count;

          @Override
          public int read() throws IOException {
            if (++count > 200_000) {
              throw new IOException("the line went dead");
            }
            return 7;
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            into[offset] = (byte) read();
            return 1;
          }
        };
    assertThatThrownBy(() -> spool(broken)).hasMessage("the line went dead");
    assertThat(files()).isZero();
  }

  @Test
  void aStopLeavesNoFile() throws IOException {
    int[] asked = new int[1];
    Cancellation stop =
        () -> {
          if (++asked[0] > 4) {
            throw new StepException(FailureReason.CANCELLED, "the caller cancelled");
          }
        };
    InputStream stream = new ByteArrayInputStream(random(900_000));
    assertThatThrownBy(() -> Spool.of(stream, folder, MEGABYTE, stop, 100_000))
        .hasMessage("the caller cancelled");
    assertThat(files()).isZero();
  }
}
