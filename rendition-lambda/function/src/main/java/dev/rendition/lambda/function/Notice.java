package dev.rendition.lambda.function;

/** One piece of news about an object. */
sealed interface Notice {
  /** An object came into being, or was replaced. */
  record Created(ObjectName name) implements Notice {}

  /** Something else happened, which is no concern of ours. */
  record Other(String what) implements Notice {}

  /** A piece that cannot be understood. */
  record Broken(EventRefusedException problem) implements Notice {}
}
