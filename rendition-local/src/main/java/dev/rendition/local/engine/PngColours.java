package dev.rendition.local.engine;

import dev.rendition.local.icc.GammaProfile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Reads which colours the samples of a PNG are, from the chunks before its pixels (PNG 3rd edition,
 * 11.3.2): an embedded profile counts more than {@code sRGB}, and that more than {@code gAMA} and
 * {@code cHRM}, which count together only, as in browsers. Used once, by one thread.
 */
final class PngColours {
  private static final int ICCP = 0x69434350;
  private static final int SRGB = 0x73524742;
  private static final int GAMA = 0x67414d41;
  private static final int CHRM = 0x6348524d;

  private final List<String> warnings;
  private byte @Nullable [] embedded;
  private boolean srgb;
  private long gamma = -1;
  private long @Nullable [] points;

  /**
   * @param warnings gets what is odd and passed over
   */
  PngColours(List<String> warnings) {
    this.warnings = warnings;
  }

  /** Looks at a chunk whose data are next; of several of a kind the first counts. */
  void take(int type, ByteCursor in, long length) throws IOException {
    if (type == ICCP && embedded == null) {
      embedded = embedded(in, length);
    } else if (type == SRGB) {
      srgb = true;
    } else if (type == GAMA && gamma < 0 && length == 4 && in.remaining() >= 4) {
      gamma = in.u32();
    } else if (type == CHRM && points == null && length == 32 && in.remaining() >= 32) {
      long[] read = new long[8];
      for (int i = 0; i < read.length; i++) {
        read[i] = in.u32();
      }
      points = read;
    }
  }

  /** Returns the profile of the samples; {@code null} if they are sRGB, said or not. */
  byte @Nullable [] profile(boolean grey) {
    if (embedded != null || srgb || gamma < 0 || points == null) {
      return embedded;
    }
    return GammaProfile.of(gamma, points, grey).orElse(null);
  }

  private byte @Nullable [] embedded(ByteCursor in, long length) throws IOException {
    if (length > SourceLimits.MAX_ICC_BYTES || length > in.remaining()) {
      warnings.add("the iCCP chunk of " + length + " bytes is passed over");
      return null;
    }
    byte[] chunk = in.bytes((int) length);
    int name = 0;
    while (name < Math.min(80, chunk.length) && chunk[name] != 0) {
      name++;
    }
    Inflater inflater = new Inflater();
    try {
      int from = Math.min(chunk.length, name + 2);
      inflater.setInput(chunk, from, chunk.length - from);
      byte[] size = new byte[4];
      if (inflate(inflater, size, 0) < 4) {
        warnings.add("the iCCP chunk is empty or damaged");
        return null;
      }
      int declared =
          (size[0] & 0xff) << 24 | (size[1] & 0xff) << 16 | (size[2] & 0xff) << 8 | size[3] & 0xff;
      if (declared < 128 || declared > SourceLimits.MAX_ICC_BYTES) {
        warnings.add("the ICC profile gives its size as " + declared + " bytes: passed over");
        return null;
      }
      byte[] profile = Arrays.copyOf(size, declared);
      if (inflate(inflater, profile, 4) < declared) {
        warnings.add("the ICC profile is shorter than it says: passed over");
        return null;
      }
      return profile;
    } catch (DataFormatException e) {
      warnings.add("the iCCP chunk is damaged: " + e.getMessage());
      return null;
    } finally {
      inflater.end();
    }
  }

  private static int inflate(Inflater inflater, byte[] into, int from) throws DataFormatException {
    int at = from;
    while (at < into.length) {
      int n = inflater.inflate(into, at, into.length - at);
      if (n == 0) {
        break;
      }
      at += n;
    }
    return at;
  }
}
