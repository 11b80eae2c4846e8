package dev.rendition.local.engine;

import dev.rendition.generate.FailureReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOException;

/**
 * The one place where what foreign readers throw becomes a {@link StepException}. Memory is no
 * matter of this boundary: limits keep a source out before it can ask for too much.
 */
final class Boundary {
  private Boundary() {}

  /** Some reading that may fail in any way. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  static <T> T guard(SourceFormat format, Cancellation cancellation, Work<T> work)
      throws IOException {
    try {
      return work.run();
    } catch (StepException e) {
      throw e;
    } catch (SourceStream.SourceIoException e) {
      throw e.ioException();
    } catch (IIOException | java.io.EOFException e) {
      throw damaged(format, cancellation, e);
    } catch (IOException | UncheckedIOException e) {
      throw damaged(format, cancellation, e);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      throw damaged(format, cancellation, e);
    }
  }

  private static StepException damaged(
      SourceFormat format, Cancellation cancellation, Throwable cause) {
    // A reader may have swallowed the stop and failed over its consequence.
    cancellation.check();
    String detail =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    String text = format.displayName() + ": the pixels cannot be decoded: " + detail;
    boolean unsupported = detail.contains("nsupported") || detail.startsWith("Unknown TIFF Compr");
    return new StepException(
        unsupported ? FailureReason.FORMAT_NOT_SUPPORTED : FailureReason.SOURCE_DAMAGED,
        text,
        cause);
  }
}
