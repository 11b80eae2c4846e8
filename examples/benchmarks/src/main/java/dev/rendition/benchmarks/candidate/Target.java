package dev.rendition.benchmarks.candidate;

/**
 * One rendition of a workload.
 *
 * @param width in pixels; the height follows the source
 * @param format what it is written as
 */
public record Target(int width, Format format) {
  /** The quality of every JPEG and WebP. */
  public static final int QUALITY = 80;

  /** What a rendition is written as. */
  public enum Format {
    /** Transparency lies on white. */
    JPEG("jpg"),
    PNG("png"),
    WEBP("webp");

    private final String extension;

    Format(String extension) {
      this.extension = extension;
    }

    /** Returns the end of a file name, without the dot. */
    public String extension() {
      return extension;
    }
  }

  /** Returns the name of the file that {@code save} writes. */
  public String fileName() {
    return width + "." + format.extension();
  }
}
