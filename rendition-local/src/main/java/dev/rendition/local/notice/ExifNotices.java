package dev.rendition.local.notice;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Notices in the first directory of an Exif block (Exif 2.32, 4.6.4 and 4.6.5; TIFF 6.0, section
 * 2): Artist and Copyright.
 */
public final class ExifNotices {
  /** Artist. */
  public static final int ARTIST = 0x013b;

  /** Copyright. */
  public static final int COPYRIGHT = 0x8298;

  private static final int TYPE_ASCII = 2;
  private static final int ENTRY_BYTES = 12;
  private static final int MAX_ENTRIES = 1_000;
  private static final int INLINE = 4;
  private static final int DIRECTORY = 8;

  private ExifNotices() {}

  /**
   * Reads the notices of a block; a damaged block has none.
   *
   * @param block from its TIFF header on, the bytes {@code II} or {@code MM}; its position, limit
   *     and order stay as they are
   */
  public static Notices read(ByteBuffer block) {
    ByteBuffer tiff = requireNonNull(block, "block").slice();
    Notices found = Notices.NONE;
    try {
      int order = tiff.getShort(0);
      if (order == 0x4949) {
        tiff.order(ByteOrder.LITTLE_ENDIAN);
      } else if (order != 0x4d4d) {
        return found;
      }
      int directory = tiff.getInt(4);
      if (tiff.getShort(2) != 42 || directory < DIRECTORY || directory > tiff.capacity() - 2) {
        return found;
      }
      int entries = Math.min(tiff.getShort(directory) & 0xffff, MAX_ENTRIES);
      for (int i = 0; i < entries; i++) {
        found = entry(tiff, directory + 2 + i * ENTRY_BYTES, found);
      }
    } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
      // What was found before the damage stands.
      return found;
    }
    return found;
  }

  private static Notices entry(ByteBuffer tiff, int entry, Notices found) {
    int tag = tiff.getShort(entry) & 0xffff;
    int type = tiff.getShort(entry + 2);
    if (tag != ARTIST && tag != COPYRIGHT || type != TYPE_ASCII) {
      return found;
    }
    int count = tiff.getInt(entry + 4);
    int at = count <= INLINE ? entry + 8 : tiff.getInt(entry + 8);
    if (count <= 0 || at < 0 || at > tiff.capacity() - count) {
      return found;
    }
    byte[] bytes = new byte[Math.min(count, Notices.MAX_BYTES + 1)];
    tiff.get(at, bytes);
    String text = Notices.text(bytes, 0, bytes.length);
    return tag == ARTIST ? found.withCreator(text) : found.withCopyright(text);
  }

  /**
   * Returns a block that holds nothing but the notices, from its TIFF header on: big-endian, one
   * directory, its texts in UTF-8. Some thousand bytes at the most.
   */
  public static byte[] write(Notices notices) {
    byte[] creator = terminated(notices.creator());
    byte[] copyright = terminated(notices.copyright());
    int entries = (creator.length > 1 ? 1 : 0) + (copyright.length > 1 ? 1 : 0);
    int texts = DIRECTORY + 2 + entries * ENTRY_BYTES + 4;
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    ByteBuffer head = ByteBuffer.allocate(texts);
    head.putShort((short) 0x4d4d).putShort((short) 42).putInt(DIRECTORY).putShort((short) entries);
    put(head, ARTIST, creator, texts, rest);
    put(head, COPYRIGHT, copyright, texts, rest);
    head.putInt(0);
    byte[] block = new byte[texts + rest.size()];
    System.arraycopy(head.array(), 0, block, 0, texts);
    System.arraycopy(rest.toByteArray(), 0, block, texts, rest.size());
    return block;
  }

  private static void put(
      ByteBuffer head, int tag, byte[] text, int texts, ByteArrayOutputStream rest) {
    if (text.length <= 1) {
      return;
    }
    head.putShort((short) tag).putShort((short) TYPE_ASCII).putInt(text.length);
    if (text.length <= INLINE) {
      head.put(text).put(new byte[INLINE - text.length]);
      return;
    }
    head.putInt(texts + rest.size());
    rest.writeBytes(text);
    if (text.length % 2 != 0) {
      // Values begin at even offsets: TIFF 6.0, section 2.
      rest.write(0);
    }
  }

  private static byte[] terminated(String text) {
    return (text + '\0').getBytes(StandardCharsets.UTF_8);
  }
}
