package dev.rendition.lambda.emulator.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

/** Cannot be made. */
public final class BrokenHandler implements RequestHandler<String, String> {
  /** Fails. */
  public BrokenHandler() {
    throw new IllegalStateException("no configuration");
  }

  @Override
  public String handleRequest(String input, Context context) {
    return input;
  }
}
