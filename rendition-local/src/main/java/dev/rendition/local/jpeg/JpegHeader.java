package dev.rendition.local.jpeg;

import dev.rendition.local.notice.Notices;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a JPEG stream says of itself before its first scan. Safe for use by many threads.
 *
 * <p>Width and height are those stored; {@link #orientation()} is not applied.
 */
public final class JpegHeader {
  private final Frame frame;
  private final JpegColour colour;
  private final int orientation;
  private final byte @Nullable [] profile;
  private final int restartInterval;
  private final boolean inOneScan;
  private final Notices notices;

  JpegHeader(
      Frame frame,
      JpegColour colour,
      int orientation,
      Optional<byte[]> profile,
      int restartInterval,
      boolean inOneScan,
      Notices notices) {
    this.frame = frame;
    this.colour = colour;
    this.orientation = orientation;
    this.profile = profile.orElse(null);
    this.restartInterval = restartInterval;
    this.inOneScan = inOneScan;
    this.notices = notices;
  }

  /**
   * Reads the header of a stream, and no more than one buffer beyond it. The stream stays open.
   *
   * @throws JpegException when there is no sound header, or it asks for more than the limits allow;
   *     a process that cannot be decoded is no exception but told by {@link #unsupportedBecause()}
   * @throws IOException when the stream cannot be read
   */
  public static JpegHeader read(InputStream in, JpegLimits limits) throws IOException {
    SegmentReader reader =
        new SegmentReader(new JpegSource(in, new byte[JpegSource.BUFFER]), limits);
    return reader.readHeader();
  }

  /** Returns 1 to 65,535. */
  public int width() {
    return frame.width;
  }

  /** Returns 1 to 65,535, also where it is defined only after the first scan (DNL). */
  public int height() {
    return frame.height;
  }

  /** Returns the bits of a sample. */
  public int precision() {
    return frame.precision;
  }

  /** Returns the components in the order of the frame header. */
  public List<JpegComponent> components() {
    return frame.components;
  }

  public JpegColour colour() {
    return colour;
  }

  public boolean progressive() {
    return frame.progressive();
  }

  /** Returns the Exif orientation, 1 to 8; 1 where none is stated. */
  public int orientation() {
    return orientation;
  }

  /** Returns a copy of the embedded colour profile, when there is a complete one. */
  public Optional<byte[]> profile() {
    return Optional.ofNullable(profile).map(byte[]::clone);
  }

  /** Returns who made the picture and who holds its rights, as Exif says it, else IPTC. */
  public Notices notices() {
    return notices;
  }

  /** Returns how many units lie between restart markers, 0 for none. */
  public int restartInterval() {
    return restartInterval;
  }

  /** Returns the name of the coding process (ITU-T T.81, table B.1). */
  public String process() {
    return switch (frame.marker) {
      case 0xc0 -> "baseline";
      case 0xc1 -> "extended sequential";
      case 0xc2 -> "progressive";
      case 0xc3 -> "lossless";
      case 0xc5, 0xc6, 0xc7 -> "hierarchical";
      case 0xc9 -> "arithmetic sequential";
      case 0xca -> "arithmetic progressive";
      case 0xcb -> "arithmetic lossless";
      default -> "arithmetic hierarchical";
    };
  }

  /** Returns why {@link JpegDecoder} does not decode this picture; empty when it does. */
  public Optional<String> unsupportedBecause() {
    if (frame.marker > JpegMarker.SOF2 && !frame.arithmetic()) {
      return Optional.of("the process is " + process());
    }
    if (frame.precision != 8) {
      return Optional.of("samples have " + frame.precision + " bits");
    }
    if (frame.components.size() != 1 && frame.components.size() != 3) {
      return Optional.of("there are " + frame.components.size() + " components, " + colour);
    }
    return Optional.empty();
  }

  /** Says whether the first scan holds every component, so that rows can be made as it is read. */
  boolean streams() {
    return inOneScan && !progressive();
  }

  Frame frame() {
    return frame;
  }
}
