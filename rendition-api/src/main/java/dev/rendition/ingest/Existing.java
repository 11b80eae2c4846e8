package dev.rendition.ingest;

/** What happens where the key already holds an asset. */
public enum Existing {
  /** The new bytes replace it. */
  REPLACE,
  /** It is kept, and the new bytes are refused. */
  KEEP
}
