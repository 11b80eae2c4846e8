package dev.rendition.lambda.emulator.handler;

import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.crac.Resource;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.ArrayList;
import java.util.List;

/** Tells which hooks of SnapStart it has seen. */
public final class SnapHandler implements RequestHandler<Object, String>, Resource {
  private final List<String> seen = new ArrayList<>();

  /** Registers itself. */
  @SuppressWarnings("this-escape")
  public SnapHandler() {
    Core.getGlobalContext().register(this);
  }

  @Override
  public void beforeCheckpoint(
      com.amazonaws.services.lambda.crac.Context<? extends Resource> context) {
    seen.add("before checkpoint");
  }

  @Override
  public void afterRestore(com.amazonaws.services.lambda.crac.Context<? extends Resource> context) {
    seen.add("after restore");
  }

  @Override
  public String handleRequest(Object input, Context context) {
    return seen + " " + System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE");
  }
}
