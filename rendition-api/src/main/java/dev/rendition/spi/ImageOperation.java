package dev.rendition.spi;

import java.util.List;

/**
 * An operation somebody else wrote, usable in recipes by its name. Found by {@link
 * java.util.ServiceLoader} through the configuration door, or handed to a generator's builder. Safe
 * for use by many threads.
 *
 * <p>Its output belongs to the rendition's bytes: an operation that changes what it makes takes
 * another name, or existing renditions stay as they are.
 */
public interface ImageOperation {
  /** Returns the name: {@code x-} and lower-case letters, digits and {@code -}. */
  String name();

  /**
   * Changes a picture; runs on a worker thread.
   *
   * @param picture upright sRGB; may be changed and returned
   * @param arguments as written in the recipe
   * @throws IllegalArgumentException if the arguments or the picture do not suit; the message
   *     becomes the failure's detail
   */
  Pixels apply(Pixels picture, List<String> arguments);
}
