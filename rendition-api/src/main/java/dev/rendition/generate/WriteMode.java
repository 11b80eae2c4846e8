package dev.rendition.generate;

/** What a generator does where a target key already holds an asset. */
public enum WriteMode {
  /** Makes the rendition and replaces what is there. */
  REPLACE,
  /**
   * Makes the rendition and writes it only if the key is free; what is there is kept and reported
   * as stored. Right for keys that name their content, such as those of the fingerprint layout.
   */
  CREATE,
  /**
   * Looks first, and makes only what is not there. Costs one look per target and saves the work.
   */
  MISSING
}
