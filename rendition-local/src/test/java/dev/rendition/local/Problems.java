package dev.rendition.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionReport;
import java.util.concurrent.CompletableFuture;

/** Waits for what went wrong. */
final class Problems {
  private Problems() {}

  /** Returns the exception a future completes with, without the wrapper dependents see. */
  static RenditionException of(CompletableFuture<RenditionReport> future) {
    // whenComplete on the future itself is told the bare exception, a dependent a wrapped one.
    Throwable problem =
        future
            .handle((report, e) -> e == null ? new AssertionError("answered " + report) : e)
            .join();
    assertThat(problem).isInstanceOf(RenditionException.class);
    return (RenditionException) problem;
  }
}
