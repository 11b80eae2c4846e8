package dev.rendition.ingest;

/** What happens where bytes are of another kind than declared, or than their key's extension. */
public enum Mismatch {
  /** They are stored with the media type they have. */
  STORE_AS_FOUND,
  /** They are refused. */
  REFUSE
}
