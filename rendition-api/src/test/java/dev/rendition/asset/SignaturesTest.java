package dev.rendition.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignaturesTest {
  /** What bytes begin with, in ISO 8859-1 with {@code \xx} for hex digits, and what they are. */
  @ParameterizedTest
  @CsvSource({
    "\\ff\\d8\\ff\\e0, image/jpeg",
    "\\ff\\d8, application/octet-stream",
    "\\89PNG\\0d\\0a\\1a\\0a, image/png",
    "\\89PNG\\0a, application/octet-stream",
    "GIF87a, image/gif",
    "GIF89a, image/gif",
    "GIF88a, application/octet-stream",
    "II*\\00, image/tiff",
    "MM\\00*, image/tiff",
    "II+\\00, image/tiff",
    "8BPS\\00\\01, image/vnd.adobe.photoshop",
    "RIFF\\01\\02\\03\\04WEBPVP8, image/webp",
    "RIFF\\01\\02\\03\\04WAVE, application/octet-stream",
    "BM\\00, image/bmp",
    "\\00\\00\\00\\18ftypavif\\00\\00\\00\\00mif1, image/avif",
    "\\00\\00\\00\\18ftypheic\\00\\00\\00\\00mif1, image/heic",
    "\\00\\00\\00\\18ftypisom\\00\\00\\00\\00mp42, video/mp4",
    "\\ff\\0a\\00, image/jxl",
    "%PDF-1.7, application/pdf",
    "PK\\03\\04, application/zip",
    "PK\\05\\06, application/zip",
    "<svg xmlns, image/svg+xml",
    "<?xml version='1.0'?><!-- x --><SVG>, image/svg+xml",
    "<html><body>, application/octet-stream",
    "P6\\0a, image/x-portable-anymap",
    "'', application/octet-stream",
  })
  void bytesAreToldByHowTheyBegin(String begin, String type) {
    assertThat(MediaType.ofContent(bytes(begin))).isEqualTo(type);
  }

  private static byte[] bytes(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        plain.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        plain.append(text.charAt(i));
      }
    }
    return plain.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
