package dev.rendition.cli;

import dev.rendition.RenditionConfig;
import dev.rendition.Renditions;
import dev.rendition.asset.AssetKey;
import dev.rendition.local.LocalGeneratorProvider;
import dev.rendition.local.LocalRenditionGenerator;
import dev.rendition.local.engine.SourceLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens the library by the options commands share. */
final class Setup {
  /** The heap is this program's alone: the library leaves more of it to others. */
  private static final RenditionConfig OWN =
      RenditionConfig.of(Map.of("rendition.local.memory-budget", Long.toString(memoryBudget())));

  private static final Path DEFAULT_FOLDER = Path.of("renditions");

  private Setup() {}

  private static long memoryBudget() {
    return Math.max(
        LocalRenditionGenerator.LEAST_DEFAULT_MEMORY_BUDGET,
        Runtime.getRuntime().maxMemory() / 10 * 6);
  }

  /** Returns the settings of a file, if there is one, and the program's own for what it leaves. */
  static RenditionConfig config(@Nullable Path file) {
    if (file == null) {
      return OWN;
    }
    try {
      return OWN.overriddenBy(RenditionConfig.ofFile(file));
    } catch (IOException e) {
      throw new UsageException(
          "the configuration cannot be read: " + Sentences.of(e) + "; name a properties file");
    }
  }

  /**
   * Returns the settings with the stores a command writes to: below the folder its {@code --to}
   * names, else where its file says, else below the usual folder.
   */
  static RenditionConfig storing(
      RenditionConfig settings, @Nullable Path config, @Nullable Path to) {
    if (to != null) {
      return storingBelow(to, settings);
    }
    return config != null ? settings : storingBelow(DEFAULT_FOLDER, settings);
  }

  /** Refuses what {@code --tenant} may not be. */
  static void requireTenant(String tenant) {
    try {
      AssetKey.requireTenant(tenant);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--tenant: " + e.getMessage());
    }
  }

  /** Returns the settings with both stores in folders below one, which is made if need be. */
  private static RenditionConfig storingBelow(Path folder, RenditionConfig config) {
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

  /**
   * Returns the limits a file sets; the defaults without one.
   *
   * @throws dev.rendition.config.ConfigException with every mistake in the file, but for its stores
   */
  static SourceLimits limits(@Nullable Path file) throws IOException {
    RenditionConfig config = inMemory(config(file));
    if (file != null) {
      open(config).close();
    }
    return LocalGeneratorProvider.limits(config.read(new LocalGeneratorProvider().keys()));
  }

  /** Returns the settings with stores that need no place. */
  static RenditionConfig inMemory(RenditionConfig config) {
    return config.with("rendition.originals", "memory:").with("rendition.renditions", "memory:");
  }

  /** Opens the facade, which the caller closes. */
  static Renditions open(RenditionConfig config) {
    return Renditions.fromConfig(config, Setup.class.getClassLoader());
  }
}
