package dev.rendition.cli;

import dev.rendition.RenditionConfig;
import dev.rendition.Renditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens the library by the options commands share. */
final class Setup {
  private Setup() {}

  /** Returns the settings of a file, or none. */
  static RenditionConfig config(@Nullable Path file) {
    if (file == null) {
      return RenditionConfig.of(java.util.Map.of());
    }
    try {
      return RenditionConfig.ofFile(file);
    } catch (IOException e) {
      throw new UsageException(
          "the configuration cannot be read: " + Sentences.of(e) + "; name a properties file");
    }
  }

  /** Returns the settings with both stores in folders below one, which is made if need be. */
  static RenditionConfig storingBelow(Path folder, RenditionConfig config) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(root.resolve("originals"));
      Files.createDirectories(root.resolve("renditions"));
    } catch (IOException e) {
      throw new UsageException(
          "the folder "
              + folder
              + " cannot be made: "
              + Sentences.of(e)
              + "; name another with --to");
    }
    return config
        .with("rendition.originals", "file:" + root.resolve("originals"))
        .with("rendition.renditions", "file:" + root.resolve("renditions"));
  }

  /** Opens the facade, which the caller closes. */
  static Renditions open(RenditionConfig config) {
    return Renditions.fromConfig(config, Setup.class.getClassLoader());
  }
}
