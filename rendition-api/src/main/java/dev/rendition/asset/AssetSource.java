package dev.rendition.asset;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Bytes somebody else owns, to be read into a store.
 *
 * <p>It is re-openable: a store may open it again to repeat a write that broke off. It is opened
 * and read only on the thread that calls {@link AssetStore#put}, before that call returns, so a
 * source bound to a session or a transaction of the calling thread is safe to hand over. Whoever
 * opens a stream closes it.
 */
public interface AssetSource {
  /** Opens the bytes from the first on; each call gives a new stream, which the caller closes. */
  InputStream open() throws IOException;

  /**
   * Returns how many bytes {@link #open} gives, or empty if that is not known. A store refuses
   * bytes that turn out fewer or more.
   */
  OptionalLong length();

  /**
   * Returns the declared media type. It is kept with the bytes; what they are is decided by looking
   * at them.
   */
  String mediaType();

  /** Opens a stream. */
  @FunctionalInterface
  interface Opener {
    /** Opens the bytes from the first on. */
    InputStream open() throws IOException;
  }

  /**
   * Returns a source over an opener.
   *
   * @param length bytes, or -1 if not known
   */
  static AssetSource of(Opener opener, long length, String mediaType) {
    requireNonNull(opener, "opener");
    if (length < -1) {
      throw new IllegalArgumentException(
          "a length is 0 or more, or -1 if not known, was " + length);
    }
    return new OpenedSource(
        opener,
        length < 0 ? OptionalLong.empty() : OptionalLong.of(length),
        MediaType.require(mediaType));
  }

  /** Returns a source over a copy of {@code bytes}. */
  static AssetSource ofBytes(byte[] bytes, String mediaType) {
    byte[] copy = bytes.clone();
    return of(() -> new ByteArrayInputStream(copy), copy.length, mediaType);
  }

  /**
   * Returns a source over a file; its media type is guessed from the extension.
   *
   * @throws IOException if the file's size cannot be read
   */
  static AssetSource ofFile(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    String mediaType = dot < 0 ? MediaType.UNKNOWN : MediaType.ofExtension(name.substring(dot + 1));
    return of(() -> Files.newInputStream(file), Files.size(file), mediaType);
  }
}
