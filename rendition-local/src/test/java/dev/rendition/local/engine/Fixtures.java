package dev.rendition.local.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Small files that only foreign writers make; resources/fixtures.md tells where each is from. */
final class Fixtures {
  private Fixtures() {}

  /** Returns a TIFF of {@code tiffs.txt}. */
  static byte[] tiff(String name) {
    return named("tiffs.txt", name);
  }

  /** Returns a JPEG of the decoder's own fixtures. */
  static byte[] jpeg(String name) {
    return named("/dev/rendition/local/jpeg/arithmetic.txt", name);
  }

  private static byte[] named(String resource, String name) {
    try (InputStream in = Fixtures.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing");
      }
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      return lines.stream()
          .filter(line -> line.startsWith(name + " "))
          .map(line -> Base64.getDecoder().decode(line.substring(name.length() + 1)))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
