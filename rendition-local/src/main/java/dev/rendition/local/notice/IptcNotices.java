package dev.rendition.local.notice;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Notices in an IPTC-IIM record that Photoshop wrapped: By-line (2:80) and Copyright Notice (2:116)
 * of IPTC-NAA IIM 4.2, chapter 6, inside of image resource 1028 of the Adobe Photoshop file format.
 */
public final class IptcNotices {
  private static final byte[] NAME = "Photoshop 3.0\0".getBytes(StandardCharsets.US_ASCII);
  private static final int RESOURCE = 0x3842494d;
  private static final int IPTC = 1028;
  private static final int BY_LINE = 80;
  private static final int COPYRIGHT = 116;
  private static final int MAX_BY_LINES = 20;

  private IptcNotices() {}

  /**
   * Reads the notices of an APP13 segment; a segment of another kind or a damaged one has none.
   *
   * @param segment its payload, from the first byte on
   * @param length how many bytes of it are there
   */
  public static Notices read(byte[] segment, int length) {
    requireNonNull(segment, "segment");
    if (length < NAME.length || !Arrays.equals(segment, 0, NAME.length, NAME, 0, NAME.length)) {
      return Notices.NONE;
    }
    ByteBuffer in = ByteBuffer.wrap(segment, 0, length).position(NAME.length);
    while (in.remaining() >= 12 && in.getInt() == RESOURCE) {
      int id = in.getShort() & 0xffff;
      int name = in.get() & 0xff;
      skip(in, name + 1 - name % 2);
      if (in.remaining() < 4) {
        break;
      }
      int size = in.getInt();
      if (size < 0 || size > in.remaining()) {
        break;
      }
      if (id == IPTC) {
        return record(in.slice(in.position(), size));
      }
      skip(in, size + size % 2);
    }
    return Notices.NONE;
  }

  private static void skip(ByteBuffer in, int count) {
    in.position(Math.min(in.limit(), in.position() + count));
  }

  private static Notices record(ByteBuffer in) {
    List<String> creators = new ArrayList<>();
    String copyright = "";
    while (in.remaining() >= 5 && in.get() == 0x1c) {
      int record = in.get();
      int dataset = in.get() & 0xff;
      int size = in.getShort();
      // Beyond 32,767 bytes the size is coded otherwise; no notice is that long.
      if (size < 0 || size > in.remaining()) {
        break;
      }
      byte[] bytes = new byte[size];
      in.get(bytes);
      if (record == 2 && dataset == BY_LINE && creators.size() < MAX_BY_LINES) {
        creators.add(Notices.text(bytes, 0, size));
      } else if (record == 2 && dataset == COPYRIGHT && copyright.isEmpty()) {
        copyright = Notices.text(bytes, 0, size);
      }
    }
    return new Notices(String.join("\0", creators), copyright);
  }
}
