package dev.rendition.local.notice;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Notices in the text chunks of a PNG (PNG 3rd edition, 11.3.3): the keywords Author and Copyright.
 */
public final class PngNotices {
  /** The longest chunk looked at, in bytes. */
  public static final int MAX_CHUNK = 64 << 10;

  private static final String AUTHOR = "Author";
  private static final String COPYRIGHT = "Copyright";

  private PngNotices() {}

  /** Returns what a tEXt chunk tells; mostly nothing. */
  public static Notices text(byte[] chunk) {
    int end = zero(requireNonNull(chunk, "chunk"), 0);
    return of(chunk, end, Notices.text(chunk, end + 1, chunk.length - end - 1));
  }

  /** Returns what a zTXt chunk tells. */
  public static Notices compressedText(byte[] chunk) {
    int end = zero(requireNonNull(chunk, "chunk"), 0);
    return chunk.length < end + 2 ? Notices.NONE : of(chunk, end, inflated(chunk, end + 2));
  }

  /** Returns what an iTXt chunk tells. */
  public static Notices internationalText(byte[] chunk) {
    int keyword = zero(requireNonNull(chunk, "chunk"), 0);
    if (keyword + 3 > chunk.length) {
      return Notices.NONE;
    }
    boolean compressed = chunk[keyword + 1] != 0;
    int translated = zero(chunk, zero(chunk, keyword + 3) + 1);
    int from = Math.min(chunk.length, translated + 1);
    String text =
        compressed ? inflated(chunk, from) : Notices.text(chunk, from, chunk.length - from);
    return of(chunk, keyword, text);
  }

  /** Returns where the next zero byte is; one before the end if there is none. */
  private static int zero(byte[] chunk, int from) {
    int at = Math.min(from, chunk.length - 1);
    while (at >= 0 && at < chunk.length - 1 && chunk[at] != 0) {
      at++;
    }
    return at;
  }

  private static Notices of(byte[] chunk, int keyword, String text) {
    if (keyword < 0) {
      return Notices.NONE;
    }
    String name = new String(chunk, 0, keyword, StandardCharsets.ISO_8859_1);
    return switch (name) {
      case AUTHOR -> new Notices(text, "");
      case COPYRIGHT -> new Notices("", text);
      default -> Notices.NONE;
    };
  }

  private static String inflated(byte[] chunk, int from) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(chunk, from, chunk.length - from);
      byte[] text = new byte[Notices.MAX_BYTES + 1];
      int length = 0;
      int step = inflater.inflate(text);
      while (step > 0) {
        length += step;
        step = inflater.inflate(text, length, text.length - length);
      }
      return Notices.text(Arrays.copyOf(text, length), 0, length);
    } catch (DataFormatException e) {
      return "";
    } finally {
      inflater.end();
    }
  }
}
