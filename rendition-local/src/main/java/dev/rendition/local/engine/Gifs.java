package dev.rendition.local.engine;

import dev.rendition.generate.FailureReason;
import java.io.IOException;
import java.io.OutputStream;

final class Gifs {
  private Gifs() {}

  static void still(Picture picture, OutputStream out) throws IOException {
    throw new StepException(FailureReason.ENCODING_NOT_SUPPORTED, "pending");
  }
}
