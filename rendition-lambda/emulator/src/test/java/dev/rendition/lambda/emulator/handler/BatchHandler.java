package dev.rendition.lambda.emulator.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes batches of messages: "bad" ones fail alone, a "broken" one fails the batch, a "strange" one
 * gets an answer of no sense.
 */
public final class BatchHandler implements RequestStreamHandler {
  private static final Pattern MESSAGE =
      Pattern.compile(
          "\"messageId\":\"([^\"]*)\",\"receiptHandle\":\"[^\"]*\",\"body\":\"([^\"]*)\"");

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Matcher message = MESSAGE.matcher(new String(input.readAllBytes(), StandardCharsets.UTF_8));
    List<String> failed = new ArrayList<>();
    StringBuilder traces = new StringBuilder();
    boolean broken = false;
    while (message.find()) {
      String body = message.group(2);
      traces.append(body).append('\n');
      broken |= body.startsWith("broken");
      if (body.startsWith("bad")) {
        failed.add("{\"itemIdentifier\":\"" + message.group(1) + "\"}");
      }
      if (body.startsWith("strange")) {
        failed.add("{\"itemIdentifier\":\"nobody\"}");
      }
    }
    Files.writeString(
        Path.of(System.getenv("TRACES")),
        traces,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    if (broken) {
      throw new IllegalStateException("a broken message");
    }
    String answer = "{\"batchItemFailures\":[" + String.join(",", failed) + "]}";
    output.write(answer.getBytes(StandardCharsets.UTF_8));
  }
}
