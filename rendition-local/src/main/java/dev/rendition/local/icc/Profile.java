package dev.rendition.local.icc;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The header and the tags of an ICC profile (ICC.1:2022, section 7). */
final class Profile {
  static final int GRAY = 0x47524159;
  static final int RGB = 0x52474220;
  static final int CMYK = 0x434d594b;
  static final int LAB = 0x4c616220;
  static final int XYZ = 0x58595a20;
  private static final int ACSP = 0x61637370;
  private static final int MAX_TAGS = 200;

  private final ByteBuffer bytes;
  private final int tags;

  /**
   * @throws BadProfileException or another unchecked exception if the bytes are no profile
   */
  Profile(ByteBuffer profile) {
    bytes = profile.slice();
    if (bytes.remaining() < 132 || bytes.getInt(36) != ACSP) {
      throw new BadProfileException("the signature of a profile is missing");
    }
    tags = bytes.getInt(128);
    if (tags < 1 || tags > MAX_TAGS) {
      throw new BadProfileException("a profile of " + tags + " tags");
    }
  }

  int colourSpace() {
    return bytes.getInt(16);
  }

  int connectionSpace() {
    return bytes.getInt(20);
  }

  /** Returns the major version: 2 or 4. */
  int version() {
    return bytes.get(8);
  }

  /** Returns the data of a tag, from its type signature on. */
  Optional<ByteBuffer> tag(String name) {
    int signature =
        name.charAt(0) << 24 | name.charAt(1) << 16 | name.charAt(2) << 8 | name.charAt(3);
    for (int i = 0; i < tags; i++) {
      int at = 132 + 12 * i;
      if (bytes.getInt(at) == signature) {
        int offset = bytes.getInt(at + 4);
        int size = bytes.getInt(at + 8);
        if (offset < 128 || size < 8 || offset > bytes.limit() - size) {
          throw new BadProfileException("tag " + name + " lies outside of the profile");
        }
        return Optional.of(bytes.slice(offset, size));
      }
    }
    return Optional.empty();
  }

  ByteBuffer need(String name) {
    return tag(name).orElseThrow(() -> new BadProfileException("tag " + name + " is missing"));
  }

  /** Returns the first value of an XYZ tag (ICC.1:2022, 10.31). */
  double[] xyz(String name) {
    ByteBuffer tag = need(name);
    return new double[] {
      tag.getInt(8) / 65536.0, tag.getInt(12) / 65536.0, tag.getInt(16) / 65536.0
    };
  }

  Curve curve(String name) {
    return Curve.read(need(name));
  }
}
