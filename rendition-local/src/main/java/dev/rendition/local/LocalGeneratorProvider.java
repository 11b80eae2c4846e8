package dev.rendition.local;

import dev.rendition.config.ConfigException;
import dev.rendition.config.ConfigKey;
import dev.rendition.config.Settings;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.local.engine.Scaler;
import dev.rendition.local.engine.SourceLimits;
import dev.rendition.spi.GeneratorContext;
import dev.rendition.spi.ImageOperation;
import dev.rendition.spi.RenditionGeneratorProvider;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Makes a {@link LocalRenditionGenerator} for {@code rendition.generator=local}. */
public final class LocalGeneratorProvider implements RenditionGeneratorProvider {
  static final ConfigKey<Integer> THREADS =
      ConfigKey.count(
          "rendition.local.threads",
          "0",
          0,
          1_000,
          "How many originals are worked on at a time; 0 for one per processor.");
  static final ConfigKey<Integer> QUEUE =
      ConfigKey.count(
          "rendition.local.queue",
          Integer.toString(LocalRenditionGenerator.DEFAULT_QUEUE_CAPACITY),
          1,
          1_000_000,
          "How many requests may wait; more are refused as BUSY.");
  static final ConfigKey<Long> MEMORY_BUDGET =
      ConfigKey.bytes(
          "rendition.local.memory-budget",
          "0",
          0,
          1L << 44,
          "How much heap all requests together may take; 0 for a quarter of the heap, 64MiB if that is no more than half of it, 32MiB at least.");
  static final ConfigKey<String> SCALER =
      ConfigKey.word(
          "rendition.local.scaler", "ours", List.of("ours", "imgscalr"), "Who scales pictures.");
  static final ConfigKey<String> TEMP =
      ConfigKey.text(
          "rendition.local.temp",
          "",
          "The folder for originals too large for memory while they are read; empty for the system's own.");
  static final ConfigKey<Long> MAX_PIXELS =
      ConfigKey.pixels(
          "rendition.limits.max-pixels",
          "100MP",
          1,
          1L << 40,
          "The most pixels an original may have, all frames of an animation together.");
  static final ConfigKey<Long> MAX_BYTES =
      ConfigKey.bytes(
          "rendition.limits.max-bytes",
          "256MiB",
          1,
          1L << 40,
          "The most bytes an original may have.");
  static final ConfigKey<Integer> MAX_FRAMES =
      ConfigKey.count(
          "rendition.limits.max-frames",
          "2000",
          1,
          1_000_000,
          "The most frames or pages an original may have.");
  static final ConfigKey<Integer> MAX_SCANS =
      ConfigKey.count(
          "rendition.limits.max-scans",
          "100",
          1,
          10_000,
          "The most scans a JPEG may have; each is a pass over the whole picture.");
  static final ConfigKey<Integer> MAX_SIDE =
      ConfigKey.count(
          "rendition.limits.max-side",
          "65535",
          1,
          1_000_000,
          "The most pixels the longer side of an original may have.");

  static final ConfigKey<String> DAMAGE =
      ConfigKey.word(
          "rendition.limits.damage",
          "keep",
          List.of("keep", "refuse"),
          "Whether an original that is damaged is made the best of, with a remark in the outcome's trace, or refused as SOURCE_DAMAGED.");

  @Override
  public String name() {
    return "local";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(
        THREADS,
        QUEUE,
        MEMORY_BUDGET,
        SCALER,
        TEMP,
        MAX_PIXELS,
        MAX_BYTES,
        MAX_FRAMES,
        MAX_SCANS,
        MAX_SIDE,
        DAMAGE);
  }

  @Override
  public RenditionGenerator create(GeneratorContext context) {
    Settings settings = context.settings();
    LocalRenditionGenerator.Builder builder =
        LocalRenditionGenerator.builder(context.originals(), context.renditions())
            .limits(limits(settings))
            .temporaryFolder(temp(settings.get(TEMP)))
            .scaler(settings.get(SCALER).equals("imgscalr") ? Scaler.IMGSCALR : Scaler.OURS)
            .classLoader(context.classLoader())
            .listener(context.listener());
    addOperations(builder, context.classLoader());
    builder.queueCapacity(settings.get(QUEUE));
    if (settings.get(THREADS) > 0) {
      builder.threads(settings.get(THREADS));
    }
    if (settings.get(MEMORY_BUDGET) > 0) {
      builder.memoryBudget(settings.get(MEMORY_BUDGET));
    }
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new ConfigException(List.of(String.valueOf(e.getMessage())));
    }
  }

  /**
   * Returns what originals must keep to be worked on.
   *
   * @param settings read with {@link #keys}
   */
  public static SourceLimits limits(Settings settings) {
    return new SourceLimits(
        settings.get(MAX_PIXELS),
        settings.get(MAX_BYTES),
        settings.get(MAX_FRAMES),
        settings.get(MAX_SCANS),
        settings.get(MAX_SIDE),
        settings.get(DAMAGE).equals("refuse"));
  }

  private static void addOperations(LocalRenditionGenerator.Builder builder, ClassLoader loader) {
    try {
      ServiceLoader.load(ImageOperation.class, loader).forEach(builder::operation);
    } catch (ServiceConfigurationError e) {
      throw new ConfigException(
          List.of("an operation on the class path cannot be loaded: " + e.getMessage()));
    }
  }

  private static Path temp(String text) {
    String folder = text.isEmpty() ? System.getProperty("java.io.tmpdir", ".") : text;
    try {
      Path temp = Path.of(folder);
      if (Files.isDirectory(temp)) {
        return temp;
      }
      throw new ConfigException(
          List.of(TEMP + ": there is no folder " + folder + "; make it, or name another"));
    } catch (InvalidPathException e) {
      throw new ConfigException(List.of(TEMP + ": " + e.getReason() + " in \"" + folder + '"'));
    }
  }
}
