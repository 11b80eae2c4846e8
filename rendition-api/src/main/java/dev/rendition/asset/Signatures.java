package dev.rendition.asset;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Tells what bytes are by how they begin; each format's own specification says how. */
final class Signatures {
  private Signatures() {}

  /** Returns the media type, {@link MediaType#UNKNOWN} for what is not listed here. */
  static String tell(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.startsWith("\u00ff\u00d8\u00ff")) {
      return "image/jpeg";
    }
    if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
      return "image/png";
    }
    if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
      return "image/gif";
    }
    if (text.startsWith("II*\0")
        || text.startsWith("MM\0*")
        || text.startsWith("II+\0")
        || text.startsWith("MM\0+")) {
      return "image/tiff";
    }
    if (text.startsWith("8BPS")) {
      return "image/vnd.adobe.photoshop";
    }
    if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
      return "image/webp";
    }
    if (text.startsWith("BM")) {
      return "image/bmp";
    }
    return rarer(text);
  }

  private static String rarer(String text) {
    if (text.startsWith("ftyp", 4)) {
      return isoMedia(text);
    }
    if (text.startsWith("\0\0\0\fJXL ") || text.startsWith("\u00ff\n")) {
      return "image/jxl";
    }
    if (text.startsWith("\0\0\0\fjP  ") || text.startsWith("\u00ffO\u00ffQ")) {
      return "image/jp2";
    }
    if (text.startsWith("II\u00bc\u0001")) {
      return "image/jxr";
    }
    if (text.length() >= 22 && (text.startsWith("\0\0\1\0") || text.startsWith("\0\0\2\0"))) {
      return "image/vnd.microsoft.icon";
    }
    if (text.startsWith("%PDF-")) {
      return "application/pdf";
    }
    if (text.startsWith("PK\u0003\u0004") || text.startsWith("PK\u0005\u0006")) {
      return MediaType.ZIP;
    }
    if (text.startsWith("v/1\u0001")) {
      return "image/x-exr";
    }
    if (text.startsWith("#?RADIANCE") || text.startsWith("#?RGBE")) {
      return "image/vnd.radiance";
    }
    if (text.length() > 2
        && text.charAt(0) == 'P'
        && text.charAt(1) >= '1'
        && text.charAt(1) <= '7'
        && Character.isWhitespace(text.charAt(2))) {
      return "image/x-portable-anymap";
    }
    return isSvg(text) ? "image/svg+xml" : MediaType.UNKNOWN;
  }

  private static boolean isSvg(String text) {
    String start = text.stripLeading().toLowerCase(Locale.ROOT);
    return start.startsWith("<svg")
        || (start.startsWith("<?xml") || start.startsWith("<!")) && start.contains("<svg");
  }

  /** Tells AVIF from HEIC by the brands of the first box (ISO/IEC 14496-12, 4.3). */
  private static String isoMedia(String text) {
    int size = text.charAt(0) << 24 | text.charAt(1) << 16 | text.charAt(2) << 8 | text.charAt(3);
    int end = Math.min(text.length(), Math.max(12, Math.max(0, size)));
    String brands = text.substring(8, end);
    if (brands.contains("avif") || brands.contains("avis") || brands.contains("MA1")) {
      return "image/avif";
    }
    if (brands.contains("hei")
        || brands.contains("hev")
        || brands.contains("mif1")
        || brands.contains("msf1")) {
      return "image/heic";
    }
    return brands.startsWith("jp2") || brands.startsWith("jpx") ? "image/jp2" : "video/mp4";
  }
}
