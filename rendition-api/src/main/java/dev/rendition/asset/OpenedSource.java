package dev.rendition.asset;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** The source behind {@link AssetSource#of}. */
record OpenedSource(Opener opener, OptionalLong length, String mediaType) implements AssetSource {
  @Override
  public InputStream open() throws IOException {
    return opener.open();
  }
}
