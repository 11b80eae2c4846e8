package dev.rendition.local.engine;

/** The formats that are recognised by their first bytes. */
public enum SourceFormat {
  JPEG("JPEG", "image/jpeg", true),
  PNG("PNG", "image/png", true),
  GIF("GIF", "image/gif", true),
  BMP("BMP", "image/bmp", true),
  TIFF("TIFF", "image/tiff", true),
  PSD("PSD", "image/vnd.adobe.photoshop", true),
  WEBP("WebP", "image/webp", true),
  AVIF("AVIF", "image/avif", false),
  HEIC("HEIC", "image/heic", false),
  JPEG_XL("JPEG XL", "image/jxl", false),
  JPEG_2000("JPEG 2000", "image/jp2", false),
  JPEG_XR("JPEG XR", "image/jxr", false),
  ICO("ICO", "image/vnd.microsoft.icon", false),
  SVG("SVG", "image/svg+xml", false),
  PDF("PDF", "application/pdf", false),
  PNM("PNM", "image/x-portable-anymap", false),
  OPENEXR("OpenEXR", "image/x-exr", false),
  RADIANCE("Radiance HDR", "image/vnd.radiance", false);

  private final String displayName;
  private final String mediaType;
  private final boolean readable;

  SourceFormat(String displayName, String mediaType, boolean readable) {
    this.displayName = displayName;
    this.mediaType = mediaType;
    this.readable = readable;
  }

  /** Returns the name as people write it. */
  public String displayName() {
    return displayName;
  }

  public String mediaType() {
    return mediaType;
  }

  /** Returns whether a reader for the usual kinds of this format is built in. */
  public boolean readable() {
    return readable;
  }
}
