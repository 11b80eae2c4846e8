package dev.rendition.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JDK's inflater is the other opinion. */
class InflateStreamTest {
  /** The two bytes of RFC 1950, which the JDK need not see: so it looks for no checksum. */
  private static final int HEADER = 2;

  private final Random random = new Random(20_261_121);

  /** What came out of a stream before it ended or failed. */
  private record Read(String bytes, boolean whole, boolean tooShort) {}

  @Test
  void whatTheJdkPacksComesBackWhateverTheLevelAndTheStrategy() throws IOException {
    for (int turn = 0; turn < 300; turn++) {
      byte[] data = data(random.nextInt(1 << random.nextInt(19)), turn % 5);

      byte[] unpacked = new InflateStream(inSteps(packed(data))).readAllBytes();

      assertThat(unpacked).isEqualTo(data);
    }
  }

  @Test
  void damagedDataFailOrPassAsTheyDoInTheJdk() {
    int failed = 0;
    for (int turn = 0; turn < 4_000; turn++) {
      byte[] packed = packed(data(random.nextInt(1 << random.nextInt(14)), turn % 5));
      int reach = random.nextBoolean() ? packed.length : Math.min(packed.length, 80);
      for (int hit = random.nextInt(3); hit >= 0; hit--) {
        packed[HEADER + random.nextInt(reach - HEADER)] ^= (byte) (1 << random.nextInt(8));
      }
      if (turn % 4 == 0) {
        packed = Arrays.copyOf(packed, HEADER + random.nextInt(packed.length - HEADER));
      }
      InputStream raw = new ByteArrayInputStream(packed, HEADER, packed.length - HEADER);
      Read theirs = read(new InflaterInputStream(raw, new Inflater(true), 512));

      Read ours = read(new InflateStream(inSteps(packed)));

      failed += theirs.whole() ? 0 : 1;
      assertThat(ours.whole()).as("turn %d", turn).isEqualTo(theirs.whole());
      String shorter =
          ours.bytes().length() < theirs.bytes().length() ? ours.bytes() : theirs.bytes();
      assertThat(ours.bytes()).startsWith(shorter);
      assertThat(theirs.bytes()).startsWith(shorter);
    }
    assertThat(failed).isBetween(1_000, 3_900);
  }

  @Test
  void dataThatEndTooEarlyGiveWhatIsThereAndThenSaySo() throws IOException {
    byte[] data = data(300_000, 1);
    byte[] packed = packed(data);

    Read read = read(new InflateStream(inSteps(Arrays.copyOf(packed, packed.length / 2))));

    assertThat(read.tooShort()).isTrue();
    assertThat(HexFormat.of().formatHex(data)).startsWith(read.bytes());
    assertThat(read.bytes().length() / 2).isGreaterThan(data.length / 3);
  }

  @ParameterizedTest
  @CsvSource({
    "790100, incorrect header check",
    "7709, unknown compression method",
    "7820, a preset dictionary is needed",
    "780107, invalid block type",
    "7801010100ffff, invalid stored block lengths",
    // Fixed codes: distance 1 with nothing before it, and the length code 286.
    "78010302, invalid distance too far back",
    "78011b03, invalid literal/length code",
    // Dynamic codes: 287 lengths; and 19 codes of one bit each.
    "7801f50000, too many length or distance symbols",
    "78010520922449922449922449, a code has more symbols than bits for them",
  })
  void whatIsNotDeflateIsRefused(String hex, String message) {
    InflateStream stream =
        new InflateStream(new ByteArrayInputStream(HexFormat.of().parseHex(hex + "00000000")));

    assertThatThrownBy(stream::readAllBytes).isInstanceOf(ZipException.class).hasMessage(message);
  }

  @Test
  void anEmptyStreamEndsTooEarly() {
    assertThatThrownBy(() -> new InflateStream(InputStream.nullInputStream()).read())
        .isInstanceOf(EOFException.class);
  }

  private static Read read(InputStream stream) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (stream) {
      stream.transferTo(bytes);
      return new Read(HexFormat.of().formatHex(bytes.toByteArray()), true, false);
    } catch (IOException e) {
      return new Read(
          HexFormat.of().formatHex(bytes.toByteArray()), false, e instanceof EOFException);
    }
  }

  private byte[] packed(byte[] data) {
    Deflater deflater = new Deflater(random.nextInt(10));
    deflater.setStrategy(random.nextInt(3));
    deflater.setInput(data);
    deflater.finish();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] piece = new byte[1 + random.nextInt(5_000)];
    while (!deflater.finished()) {
      packed.write(piece, 0, deflater.deflate(piece));
    }
    deflater.end();
    return packed.toByteArray();
  }

  /** Gives at most some bytes at a time. */
  private InputStream inSteps(byte[] bytes) {
    int most = 1 + random.nextInt(random.nextBoolean() ? 20 : 5_000);
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int offset, int count) {
        return super.read(into, offset, Math.min(count, most));
      }
    };
  }

  /** Noise, a photo's differences, plain areas, repetitions near and far. */
  private byte[] data(int length, int kind) {
    byte[] data = new byte[length];
    for (int i = 0; i < length; i++) {
      data[i] =
          switch (kind) {
            case 0 -> (byte) random.nextInt();
            case 1 -> (byte) (random.nextGaussian() * 4);
            case 2 -> random.nextInt(50) == 0 || i == 0 ? (byte) random.nextInt() : data[i - 1];
            case 3 -> random.nextInt(20) == 0 || i < 3 ? (byte) i : data[i - 1 - random.nextInt(3)];
            default -> i < 50_000 ? (byte) random.nextInt(90) : data[i - 30_000 - i / 300 % 2_768];
          };
    }
    return data;
  }
}
