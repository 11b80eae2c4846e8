package dev.rendition.generate;

/** A part of the work on one request, in the order they happen. */
public enum RenditionStage {
  /** Waiting for a free worker. */
  QUEUE,
  /** Looking for renditions that are there already; with {@link WriteMode#MISSING} only. */
  LOOK,
  /** Opening the original. */
  OPEN,
  /** Reading, decoding, changing and encoding, all renditions together; writing is not counted. */
  RENDER,
  /** Writing the renditions, all together. */
  STORE
}
