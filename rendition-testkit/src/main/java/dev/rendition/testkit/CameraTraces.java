package dev.rendition.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a camera and an editor tell of themselves and of a place in a JPEG file. */
final class CameraTraces {
  private CameraTraces() {}

  /**
   * Puts what cameras and editors leave in a JPEG behind its start: an EXIF segment with a maker, a
   * place and a thumbnail, an XMP packet and a comment. {@code secret} stands in each; it has 11
   * characters of ASCII.
   */
  static byte[] in(String secret, byte[] jpeg) {
    byte[] comment = secret.getBytes(StandardCharsets.US_ASCII);
    byte[] thumbnail =
        Encoded.withSegment(Encoded.jpegAsDrawn(Charts.orientation(16, 16)), 0xfe, comment);
    byte[] text = (secret + '\0').getBytes(StandardCharsets.US_ASCII);
    if (text.length != 12) {
      throw new IllegalArgumentException("the secret has 11 characters, was " + secret);
    }
    // Offsets count from the TIFF header: IFD0 at 8, its text at 38, the GPS IFD at 50, its text
    // at 68, IFD1 at 80, the thumbnail at 110.
    ByteBuffer exif = exif(110 + thumbnail.length);
    entries(exif, 2);
    entry(exif, 0x010f, 2, 12, 38);
    entry(exif, 0x8825, 4, 1, 50);
    exif.putInt(80);
    exif.put(text);
    entries(exif, 1);
    entry(exif, 0x001d, 2, 12, 68);
    exif.putInt(0);
    exif.put(text);
    entries(exif, 2);
    entry(exif, 0x0201, 4, 1, 110);
    entry(exif, 0x0202, 4, 1, thumbnail.length);
    exif.putInt(0);
    exif.put(thumbnail);
    String xmp =
        "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf="
            + "'http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description xmlns:dc="
            + "'http://purl.org/dc/elements/1.1/' dc:format='"
            + secret
            + "'/></rdf:RDF></x:xmpmeta>";
    byte[] commented = Encoded.withSegment(jpeg, 0xfe, comment);
    byte[] packed = Encoded.withSegment(commented, 0xe1, xmp.getBytes(StandardCharsets.UTF_8));
    return Encoded.withSegment(packed, 0xe1, bytes(exif));
  }

  private static byte[] bytes(ByteBuffer filled) {
    byte[] bytes = new byte[filled.position()];
    filled.flip().get(bytes);
    return bytes;
  }

  /** Begins an EXIF segment's content: its name, then a big-endian TIFF of {@code size} bytes. */
  private static ByteBuffer exif(int size) {
    ByteBuffer exif = ByteBuffer.allocate(6 + size);
    exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    exif.put(new byte[] {'M', 'M', 0, 42});
    exif.putInt(8);
    return exif;
  }

  private static void entries(ByteBuffer exif, int count) {
    exif.putShort((short) count);
  }

  private static void entry(ByteBuffer exif, int tag, int type, int count, int value) {
    exif.putShort((short) tag);
    exif.putShort((short) type);
    exif.putInt(count);
    exif.putInt(value);
  }
}
