package dev.rendition.local;

import dev.rendition.local.engine.SmallPicture;
import dev.rendition.spi.PixelReader;
import dev.rendition.spi.Pixels;
import java.io.IOException;

/** Reads small pictures with the engine's own readers. Safe for use by many threads. */
public final class LocalPixelReader implements PixelReader {
  @Override
  public Pixels read(byte[] file) throws IOException {
    return SmallPicture.read(file);
  }
}
