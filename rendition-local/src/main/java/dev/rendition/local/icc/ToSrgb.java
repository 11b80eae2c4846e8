package dev.rendition.local.icc;

import static java.util.Objects.requireNonNull;

import dev.rendition.local.raster.Plane;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Turns samples from the colours of a profile into sRGB: relative colorimetric, without black point
 * compensation, with tables that are made by {@link StrictMath}, so that the same picture gives the
 * same bytes everywhere. Immutable: safe for use by many threads.
 */
public final class ToSrgb {
  /**
   * How many bytes of heap a byte of a profile takes at most: numbers of one byte become doubles or
   * floats, and the profile is copied on its way out of its file.
   */
  public static final long BYTES_PER_PROFILE_BYTE = 16;

  private static final int NEARLY = 2;

  private final Transform transform;
  private final int channels;
  private final boolean identity;

  private ToSrgb(Transform transform, int channels) {
    this.transform = transform;
    this.channels = channels;
    this.identity = channels != 4 && isIdentity();
  }

  /** Turns pixels in place; a CMYK source leaves its red, green, blue in the first three planes. */
  interface Transform {
    void apply(byte[][] planes, int from, int to);
  }

  /**
   * Returns the way from a profile to sRGB.
   *
   * @param profile the bytes of an ICC profile of version 2 or 4
   * @param channels of the picture: 1, 3 or 4
   * @return nothing if the profile is damaged, or is one for other pictures than these
   */
  public static Optional<ToSrgb> of(ByteBuffer profile, int channels) {
    requireNonNull(profile, "profile");
    try {
      Profile parsed = new Profile(profile);
      int space = parsed.colourSpace();
      int expected = channels == 1 ? Profile.GRAY : channels == 3 ? Profile.RGB : Profile.CMYK;
      if (space != expected) {
        return Optional.empty();
      }
      return Optional.of(new ToSrgb(transform(parsed, channels), channels));
    } catch (BadProfileException
        | IndexOutOfBoundsException
        | java.nio.BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  /** Returns the way from CMYK without a profile to sRGB. */
  public static ToSrgb fromPlainCmyk() {
    return new ToSrgb(PlainCmyk.INSTANCE, 4);
  }

  private static Transform transform(Profile profile, int channels) {
    Optional<ByteBuffer> lut = profile.tag("A2B1").or(() -> profile.tag("A2B0"));
    if (channels == 4) {
      return new LutTransform(
          lut.orElseThrow(() -> new BadProfileException("no A2B tag")), profile, 4);
    }
    if (channels == 1) {
      return profile.tag("kTRC").isPresent() || lut.isEmpty()
          ? new GreyTransform(profile)
          : new LutTransform(lut.get(), profile, 1);
    }
    return lut.isPresent() ? new LutTransform(lut.get(), profile, 3) : new MatrixTransform(profile);
  }

  /**
   * Returns whether the colours are those of sRGB already, within {@value #NEARLY} levels: profiles
   * of sRGB differ that much by the rounding of their numbers.
   */
  public boolean identity() {
    return identity;
  }

  /**
   * Turns the samples in place.
   *
   * @param planes as many as the profile has channels; of four, the first three take the result
   */
  public void apply(List<Plane> planes) {
    if (planes.size() != channels) {
      throw new IllegalArgumentException(
          planes.size() + " planes given to a profile of " + channels + " channels");
    }
    if (identity) {
      return;
    }
    byte[][] samples = planes.stream().map(Plane::samples).toArray(byte[][]::new);
    transform.apply(samples, 0, planes.get(0).width() * planes.get(0).height());
  }

  private boolean isIdentity() {
    int steps = channels == 1 ? 256 : 9 * 9 * 9;
    byte[][] before = new byte[channels][steps];
    for (int i = 0; i < steps; i++) {
      for (int c = 0, rest = i; c < channels; c++, rest /= 9) {
        before[c][i] = (byte) (channels == 1 ? i : Math.min(255, rest % 9 * 32));
      }
    }
    byte[][] after = new byte[channels][];
    for (int c = 0; c < channels; c++) {
      after[c] = before[c].clone();
    }
    transform.apply(after, 0, steps);
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < steps; i++) {
        if (Math.abs((after[c][i] & 0xff) - (before[c][i] & 0xff)) > NEARLY) {
          return false;
        }
      }
    }
    return true;
  }
}
