package dev.rendition.local;

import dev.rendition.asset.AssetStore;
import dev.rendition.config.ConfigException;
import dev.rendition.config.ConfigKey;
import dev.rendition.config.Settings;
import dev.rendition.spi.AssetStoreProvider;
import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Opens a {@link FileAssetStore} for a place such as {@code file:/var/dam/originals}.
 *
 * <p>What follows {@code file:} is a path of this system, taken as it is: nothing is decoded and
 * {@code ~} is not expanded. A relative path is relative to the working directory. The forms {@code
 * file:///var/dam} and, on Windows, {@code file:/C:/dam} are understood too.
 */
public final class FileStoreProvider implements AssetStoreProvider {
  private static final Pattern DRIVE = Pattern.compile("/?[A-Za-z]:([/\\\\].*)?");

  @Override
  public String scheme() {
    return "file";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of();
  }

  @Override
  public AssetStore create(String place, Settings settings) throws IOException {
    return FileAssetStore.open(path(place, File.separatorChar == '\\'));
  }

  /**
   * Returns the folder a place names.
   *
   * @param drives whether paths of this system begin with a drive
   */
  static Path path(String place, boolean drives) {
    String text = place.substring("file:".length());
    if (text.startsWith("//")) {
      if (!text.startsWith("///")) {
        throw problem(place, "names a host; write file:/folder");
      }
      text = text.substring(2);
    }
    if (text.isBlank()) {
      throw problem(place, "names no folder; write for example file:/var/dam/originals");
    }
    if (text.equals("~") || text.startsWith("~/")) {
      throw problem(place, "begins with ~, which only a shell expands; write the whole path");
    }
    if (DRIVE.matcher(text).matches()) {
      if (!drives) {
        throw problem(place, "begins with a drive, and this system has none; write file:/folder");
      }
      text = text.startsWith("/") ? text.substring(1) : text;
    }
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw problem(place, "is no path of this system: " + e.getReason());
    }
  }

  private static ConfigException problem(String place, String what) {
    return new ConfigException(List.of("the place \"" + place + "\" " + what));
  }
}
