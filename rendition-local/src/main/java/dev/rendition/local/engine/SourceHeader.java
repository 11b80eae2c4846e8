package dev.rendition.local.engine;

import dev.rendition.local.notice.Notices;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the header of a source says, before any pixel is decoded. Immutable. */
public final class SourceHeader {
  private final SourceFormat format;
  private final String variant;
  private final int width;
  private final int height;
  private final int orientation;
  private final ColourModel colour;
  private final byte @Nullable [] icc;
  private final long frames;
  private final List<FrameBox> boxes;
  private final int scans;
  private final long workingBytes;
  private final double bytesPerPixel;
  private final Notices notices;
  private final List<String> damage;
  private final List<String> warnings;

  SourceHeader(Builder b) {
    this.format = b.format;
    this.variant = b.variant;
    this.width = (int) b.width;
    this.height = (int) b.height;
    this.orientation = b.orientation;
    this.colour = new ColourModel(b.space, b.bits, b.indexed, b.alpha);
    this.icc = b.icc;
    this.frames = b.frames;
    this.boxes = List.copyOf(b.boxes);
    this.scans = b.scans;
    this.workingBytes = b.workingBytes;
    this.bytesPerPixel = b.bytesPerPixel;
    this.notices = b.notices;
    this.damage = List.copyOf(b.damage);
    this.warnings = List.copyOf(b.warnings);
  }

  /** Gathers what a probe finds. Values are checked by {@link SourceProbe}, in one place. */
  static final class Builder {
    final SourceFormat format;
    String variant = "";
    long width;
    long height;
    int orientation = 1;
    ColourModel.Space space = ColourModel.Space.RGB;
    int bits = 8;
    boolean indexed;
    boolean alpha;
    byte @Nullable [] icc;
    long frames = 1;
    final java.util.ArrayList<FrameBox> boxes = new java.util.ArrayList<>();
    int scans = 1;
    long workingBytes;
    double bytesPerPixel = 4;
    Notices notices = Notices.NONE;
    final java.util.ArrayList<String> damage = new java.util.ArrayList<>();
    final java.util.ArrayList<String> warnings = new java.util.ArrayList<>();

    Builder(SourceFormat format) {
      this.format = format;
    }

    SourceHeader build() {
      return new SourceHeader(this);
    }
  }

  public SourceFormat format() {
    return format;
  }

  /** Returns the kind of the format, such as {@code progressive}; empty for the usual one. */
  public String variant() {
    return variant;
  }

  /** Returns the stored width in pixels; for an animation that of the canvas. */
  public int width() {
    return width;
  }

  /** Returns the stored height in pixels; for an animation that of the canvas. */
  public int height() {
    return height;
  }

  /** Returns the EXIF orientation, 1 to 8 (TIFF 6.0, tag 274); 1 if there is none. */
  public int orientation() {
    return orientation;
  }

  /** Returns the width after the orientation has been applied. */
  public int uprightWidth() {
    return orientation >= 5 ? height : width;
  }

  /** Returns the height after the orientation has been applied. */
  public int uprightHeight() {
    return orientation >= 5 ? width : height;
  }

  public ColourModel colour() {
    return colour;
  }

  /** Returns a read-only view of the embedded ICC profile. It may be damaged. */
  public Optional<ByteBuffer> iccProfile() {
    return icc == null ? Optional.empty() : Optional.of(ByteBuffer.wrap(icc).asReadOnlyBuffer());
  }

  /** Returns how many frames or pages there are, 1 or more. */
  public long frames() {
    return frames;
  }

  /** Returns whether the frames follow one another in time on one canvas. */
  public boolean animated() {
    return frames > 1 && (format == SourceFormat.GIF || format == SourceFormat.WEBP);
  }

  /** Returns the places of the first frames of an animation, at most 10,000; else nothing. */
  public List<FrameBox> frameBoxes() {
    return boxes;
  }

  /** Returns how many scans a JPEG has; 1 for all other formats. */
  public int scans() {
    return scans;
  }

  /** Returns what a decoder must hold beside the picture itself, in bytes: tiles, strips. */
  long workingBytes() {
    return workingBytes;
  }

  /**
   * Returns how many bytes of heap reading takes for each pixel, the result included: what the
   * reader of the format allocates, worked out by its probe.
   */
  double bytesPerPixel() {
    return bytesPerPixel;
  }

  /** Returns the pixels of all frames on their canvas. */
  public long pixels() {
    return (long) width * height * (animated() ? frames : 1);
  }

  /** Returns who made the picture and who holds its rights, as the metadata says it. */
  public Notices notices() {
    return notices;
  }

  /** Returns what is missing from the pictures, or wrong with them. */
  public List<String> damage() {
    return damage;
  }

  /** Returns what was odd about the header and was passed over; the pictures are whole. */
  public List<String> warnings() {
    return warnings;
  }

  /** Returns all that was found: damage, then warnings. */
  List<String> remarks() {
    return Stream.concat(damage.stream(), warnings.stream()).toList();
  }
}
