package dev.rendition.local.jpeg;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Joins the pieces of a colour profile kept in APP2 segments (ICC.1:2010, B.4). */
final class IccChunks {
  /** The largest profile joined, in bytes; larger ones are passed over. */
  static final int MAX_BYTES = 4 << 20;

  private static final byte[] NAME = "ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1);

  private final Map<Integer, byte[]> chunks = new TreeMap<>();
  private int expected;
  private int bytes;
  private boolean broken;

  /** Takes an APP2 segment; one that holds no profile piece is passed over. */
  void take(byte[] segment, int length) {
    int start = NAME.length + 2;
    if (broken || length < start || !Segments.startsWith(segment, length, NAME)) {
      return;
    }
    int number = segment[NAME.length] & 0xff;
    int count = segment[NAME.length + 1] & 0xff;
    if (chunks.isEmpty()) {
      expected = count;
    }
    bytes += length - start;
    broken =
        number == 0
            || number > count
            || count != expected
            || bytes > MAX_BYTES
            || chunks.put(number, Arrays.copyOfRange(segment, start, length)) != null;
    if (broken) {
      chunks.clear();
    }
  }

  /** Says whether pieces were seen that do not make a profile. */
  boolean incomplete() {
    return broken || chunks.size() != expected;
  }

  /** Returns the profile when every piece was there once. */
  Optional<byte[]> join() {
    if (chunks.isEmpty() || incomplete()) {
      return Optional.empty();
    }
    ByteArrayOutputStream joined = new ByteArrayOutputStream(bytes);
    chunks.values().forEach(joined::writeBytes);
    return Optional.of(joined.toByteArray());
  }
}
