package dev.rendition.local.engine;

import static java.util.Objects.requireNonNull;

import dev.rendition.local.raster.Plane;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One decoded frame: planes of unsigned 8-bit samples, all of one size, as stored (not yet upright,
 * not yet sRGB). Not safe for use by many threads: planes are shared, not copied.
 */
public final class Picture {
  /** What the planes mean. */
  public enum Kind {
    /** One plane, 0 is black. */
    GREY(1),
    /** Red, green, blue. */
    RGB(3),
    /** Cyan, magenta, yellow, black: 0 is no ink, 255 is full ink. */
    CMYK(4);

    private final int planes;

    Kind(int planes) {
      this.planes = planes;
    }

    /** Returns how many planes there are, alpha not counted. */
    public int planes() {
      return planes;
    }
  }

  private final Kind kind;
  private final List<Plane> planes;
  private final @Nullable Plane alpha;
  private final byte @Nullable [] icc;

  Picture(Kind kind, List<Plane> planes, @Nullable Plane alpha, byte @Nullable [] icc) {
    this.kind = requireNonNull(kind, "kind");
    this.planes = List.copyOf(planes);
    this.alpha = alpha;
    this.icc = icc;
    if (planes.size() != kind.planes()) {
      throw new IllegalArgumentException(kind + " needs " + kind.planes() + " planes");
    }
    planes.forEach(this::requireSameSize);
    if (alpha != null) {
      requireSameSize(alpha);
    }
  }

  /** Returns an opaque picture without a profile. */
  public static Picture of(Kind kind, List<Plane> planes) {
    return new Picture(kind, planes, null, null);
  }

  private void requireSameSize(Plane plane) {
    if (plane.width() != width() || plane.height() != height()) {
      throw new IllegalArgumentException("all planes must have one size");
    }
  }

  public Kind kind() {
    return kind;
  }

  public int width() {
    return planes.get(0).width();
  }

  public int height() {
    return planes.get(0).height();
  }

  /** Returns the colour planes, in the order of the kind. */
  public List<Plane> planes() {
    return planes;
  }

  /** Returns the colour planes and, if there is one, the alpha plane behind them. */
  public List<Plane> allPlanes() {
    List<Plane> all = new ArrayList<>(planes);
    if (alpha != null) {
      all.add(alpha);
    }
    return all;
  }

  /** Returns the alpha plane: 0 is transparent. The colours are straight, not premultiplied. */
  public Optional<Plane> alpha() {
    return Optional.ofNullable(alpha);
  }

  /** Returns a read-only view of the ICC profile the colours are meant by. It may be damaged. */
  public Optional<ByteBuffer> iccProfile() {
    return icc == null ? Optional.empty() : Optional.of(ByteBuffer.wrap(icc).asReadOnlyBuffer());
  }

  /** Returns a picture of other planes, such as scaled ones, with the profile of this one. */
  public Picture with(List<Plane> others, Optional<Plane> otherAlpha) {
    return new Picture(kind, others, otherAlpha.orElse(null), icc);
  }
}
