package dev.rendition.lambda.emulator.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.concurrent.TimeUnit;

/** Takes a minute until it is there. */
public final class SlowHandler implements RequestHandler<String, String> {
  /** Waits. */
  public SlowHandler() throws InterruptedException {
    TimeUnit.MINUTES.sleep(1);
  }

  @Override
  public String handleRequest(String input, Context context) {
    return input;
  }
}
