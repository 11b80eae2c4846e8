package dev.rendition.local.jpeg;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a JPEG file carries beside its picture: application segments and a colour profile, already
 * in the form of the file.
 *
 * <p>Immutable: arrays are copied in. Safe for use by many threads.
 */
public final class JpegAttachments {
  private static final int MAX_PAYLOAD = 65_533;
  private static final byte[] ICC_NAME = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EXIF_NAME = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_ICC_CHUNK = MAX_PAYLOAD - ICC_NAME.length - 2;
  private static final int MAX_ICC_CHUNKS = 255;

  /** Nothing beside the picture. */
  public static final JpegAttachments NONE = new JpegAttachments(new byte[0]);

  private final byte[] segments;

  private JpegAttachments(byte[] segments) {
    this.segments = segments;
  }

  /**
   * Returns these attachments and one application segment more, behind the others.
   *
   * @param application n of the marker APPn, 1 to 15 (0 is the JFIF header's own)
   * @param payload what follows the length field, at most 65,533 bytes
   */
  public JpegAttachments withSegment(int application, byte[] payload) {
    requireNonNull(payload, "payload");
    if (application < 1 || application > 15) {
      throw new IllegalArgumentException("application segment must be 1..15, was " + application);
    }
    if (payload.length > MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "an application segment holds at most " + MAX_PAYLOAD + " bytes, was " + payload.length);
    }
    ByteArrayOutputStream out = copy(payload.length + 4);
    segment(out, application, payload.length);
    out.write(payload, 0, payload.length);
    return new JpegAttachments(out.toByteArray());
  }

  /**
   * Returns these attachments and an Exif block, in an APP1 segment (Exif 2.32, 4.7.2.1).
   *
   * @param block from its TIFF header on, at most 65,527 bytes
   */
  public JpegAttachments withExif(byte[] block) {
    requireNonNull(block, "block");
    byte[] payload = Arrays.copyOf(EXIF_NAME, EXIF_NAME.length + block.length);
    System.arraycopy(block, 0, payload, EXIF_NAME.length, block.length);
    return withSegment(1, payload);
  }

  /**
   * Returns these attachments and an ICC profile, cut into numbered APP2 segments by ICC.1:2022,
   * B.4.
   *
   * @param profile the profile's bytes, at least 1 and at most 255 segments of 65,519
   */
  public JpegAttachments withIccProfile(byte[] profile) {
    requireNonNull(profile, "profile");
    int chunks = (profile.length + MAX_ICC_CHUNK - 1) / MAX_ICC_CHUNK;
    if (chunks < 1 || chunks > MAX_ICC_CHUNKS) {
      throw new IllegalArgumentException(
          "an ICC profile in a JPEG file has 1.."
              + MAX_ICC_CHUNKS * MAX_ICC_CHUNK
              + " bytes, was "
              + profile.length);
    }
    ByteArrayOutputStream out = copy(profile.length + chunks * (ICC_NAME.length + 6));
    for (int chunk = 0; chunk < chunks; chunk++) {
      int from = chunk * MAX_ICC_CHUNK;
      int length = Math.min(MAX_ICC_CHUNK, profile.length - from);
      segment(out, 2, ICC_NAME.length + 2 + length);
      out.write(ICC_NAME, 0, ICC_NAME.length);
      out.write(chunk + 1);
      out.write(chunks);
      out.write(profile, from, length);
    }
    return new JpegAttachments(out.toByteArray());
  }

  /** Returns the number of bytes these attachments add to a file. */
  public int size() {
    return segments.length;
  }

  void writeTo(JpegEncoderOutput out) throws java.io.IOException {
    out.writeBytes(segments);
  }

  private ByteArrayOutputStream copy(int extra) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(segments.length + extra);
    out.write(segments, 0, segments.length);
    return out;
  }

  private static void segment(ByteArrayOutputStream out, int application, int payload) {
    out.write(0xff);
    out.write(0xe0 + application);
    out.write((payload + 2) >> 8);
    out.write(payload + 2);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JpegAttachments that && Arrays.equals(segments, that.segments);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(segments);
  }

  @Override
  public String toString() {
    return "JpegAttachments[" + segments.length + " bytes]";
  }
}
