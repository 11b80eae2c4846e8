package dev.rendition.local.engine;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * What all engines of one generator share. Immutable.
 *
 * @param limits what a source may ask for
 * @param spoolFolder takes temporary files of sources too large for memory; exists
 * @param custom operations somebody else wrote
 * @param scaler who scales
 * @param classLoader finds writers of further encodings
 */
public record EngineSettings(
    SourceLimits limits,
    Path spoolFolder,
    CustomOperations custom,
    Scaler scaler,
    ClassLoader classLoader) {
  public EngineSettings {
    requireNonNull(limits, "limits");
    requireNonNull(spoolFolder, "spoolFolder");
    requireNonNull(custom, "custom");
    requireNonNull(scaler, "scaler");
    requireNonNull(classLoader, "classLoader");
  }
}
