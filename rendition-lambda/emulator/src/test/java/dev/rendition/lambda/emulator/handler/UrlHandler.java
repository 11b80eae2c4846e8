package dev.rendition.lambda.emulator.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Answers HTTP, by path. */
public final class UrlHandler implements RequestStreamHandler {
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    output.write(
        answer(DoHandler.field(event, "rawPath", ""), event).getBytes(StandardCharsets.UTF_8));
  }

  private static String answer(String path, String event) {
    switch (path) {
      case "/picture":
        return "{\"statusCode\":201,\"isBase64Encoded\":true,\"body\":\"AAH/gA==\",\"cookies\":[\"a=1; Secure\",\"b=2\"],"
            + "\"headers\":{\"content-type\":\"image/jpeg\",\"Cache-Control\":\"max-age=5, public\",\"x-number\":7}}";
      case "/status":
        return "{\"statusCode\":304,\"body\":\"none is possible\"}";
      case "/hostile":
        return "{\"statusCode\":200,\"headers\":{\"x\":\"a\\r\\nSet-Cookie: b\"}}";
      case "/base64":
        return "{\"statusCode\":200,\"isBase64Encoded\":true,\"body\":\"?\"}";
      case "/number":
        return "{\"statusCode\":99}";
      case "/throw":
        throw new IllegalStateException("boom");
      case "/none":
        return "";
      default:
        // Without a status: the event itself becomes the body.
        return event;
    }
  }
}
