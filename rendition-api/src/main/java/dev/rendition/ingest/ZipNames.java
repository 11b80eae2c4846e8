package dev.rendition.ingest;

import dev.rendition.asset.AssetKey;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Turns names of an archive into keys below one folder, each key once. Not safe for use by many
 * threads.
 *
 * <p>A name that is not said to be UTF-8 is taken for it nevertheless where it is well-formed, as
 * many programs forget to say so; else for code page 437 (APPNOTE.TXT, appendix D).
 */
final class ZipNames {
  /** The upper half of code page 437, from 0x80 on. */
  private static final String UPPER_437 =
      "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
          + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

  private final String tenant;
  private final String folder;
  private final boolean foldCase;
  private final Set<String> taken = new HashSet<>();

  ZipNames(String tenant, String folder, boolean foldCase) {
    this.tenant = AssetKey.requireTenant(tenant);
    this.folder = folder.isEmpty() ? "" : AssetKey.of(tenant, folder).path() + "/";
    this.foldCase = foldCase;
  }

  /**
   * Returns the name as text.
   *
   * @throws IngestException if it says it is UTF-8 and is not
   */
  static String text(ZipRecord record) {
    try {
      return utf8(record.rawName());
    } catch (CharacterCodingException e) {
      if (record.utf8() && !record.nameCut()) {
        throw new IngestException(
            IngestReason.NAME_INVALID, "its name is said to be UTF-8 and is not", e);
      }
      return codePage437(record.rawName());
    }
  }

  /** Returns a name for a report, whatever it is. */
  static String shown(ZipRecord record) {
    String text;
    try {
      text = text(record);
    } catch (IngestException e) {
      text = codePage437(record.rawName());
    }
    int most = 1_024;
    return text.length() <= most ? text : text.substring(0, most);
  }

  /**
   * Refuses names that lead elsewhere, as some system reads them: {@code ..} as a segment, a slash
   * at the beginning, a drive, a backslash; also where percent signs hide them, for whoever decodes
   * them later.
   */
  static void requireSafe(String name) {
    boolean drive = name.matches("(?s)[A-Za-z]:.*");
    boolean up = false;
    String decoded =
        name.replaceAll("(?i)%2e", ".").replaceAll("(?i)%2f", "/").replaceAll("(?i)%5c", "\\\\");
    for (String segment : decoded.split("/", -1)) {
      up |= segment.equals("..") || segment.equals(".");
    }
    if (decoded.startsWith("/") || decoded.indexOf('\\') >= 0 || drive || up) {
      throw new IngestException(
          IngestReason.NAME_UNSAFE,
          "the name " + Shown.text(name) + " leads out of its folder on some systems");
    }
  }

  /**
   * Returns the key of a name.
   *
   * @throws IngestException if it cannot be one, or another entry has it
   */
  AssetKey key(ZipRecord record, String name) {
    AssetKey key;
    try {
      if (record.nameCut()) {
        throw new IllegalArgumentException("the name is longer than any key");
      }
      key = AssetKey.of(tenant, folder + name);
    } catch (IllegalArgumentException e) {
      throw new IngestException(
          IngestReason.NAME_INVALID, "its name cannot be a key: " + e.getMessage(), e);
    }
    // First to the upper, then to the lower case: some letters meet only so.
    String path = key.path();
    String told = foldCase ? path.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT) : path;
    if (!taken.add(told)) {
      throw new IngestException(
          IngestReason.DUPLICATE_NAME,
          "an entry before it has the name " + Shown.text(name) + ", and was taken");
    }
    return key;
  }

  private static String utf8(byte[] raw) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
  }

  private static String codePage437(byte[] raw) {
    StringBuilder text = new StringBuilder(raw.length);
    for (byte b : raw) {
      int c = b & 0xff;
      text.append(c < 0x80 ? (char) c : UPPER_437.charAt(c - 0x80));
    }
    return text.toString();
  }
}
