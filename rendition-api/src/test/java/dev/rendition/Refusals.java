package dev.rendition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionReport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Says what a refusal must be. */
public final class Refusals {
  private Refusals() {}

  public static RenditionException of(
      CompletableFuture<RenditionReport> answer, FailureReason reason) {
    try {
      answer.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(RenditionException.class);
      RenditionException refusal = (RenditionException) e.getCause();
      assertThat(refusal.reason()).isEqualTo(reason);
      return refusal;
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("no answer", e);
    }
    throw new AssertionError("answered, and should have been refused");
  }

  public static void thrown(FailureReason reason, ThrowingCallable call) {
    assertThatExceptionOfType(RenditionException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
