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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Does what the event says: {@code {"do":"sleep","n":100}}. */
public final class DoHandler implements RequestStreamHandler {
  private final AtomicInteger calls = new AtomicInteger();

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    int number = Integer.parseInt(field(event, "n", "0"));
    int call = calls.incrementAndGet();
    leaveTrace(context);
    output.write(
        act(field(event, "do", "echo"), number, event, call, context)
            .getBytes(StandardCharsets.UTF_8));
  }

  private static String act(String what, int number, String event, int call, Context context)
      throws IOException {
    switch (what) {
      case "echo":
        return event;
      case "environment":
        return environment();
      case "context":
        return object(
            List.of(
                "arn", context.getInvokedFunctionArn(),
                "remaining", Integer.toString(context.getRemainingTimeInMillis()),
                "version", context.getFunctionVersion(),
                "memory", Integer.toString(context.getMemoryLimitInMB()),
                "trace", String.valueOf(System.getProperty("com.amazonaws.xray.traceHeader")),
                "client",
                    context.getClientContext() == null
                        ? "none"
                        : context.getClientContext().getCustom().toString(),
                "heap", Long.toString(Runtime.getRuntime().maxMemory() >> 20),
                "folder", System.getProperty("user.dir"),
                "resource", Files.readString(Path.of("root.txt"))));
      case "count":
        return object(
            List.of(
                "pid",
                Long.toString(ProcessHandle.current().pid()),
                "call",
                Integer.toString(call)));
      case "sleep":
        sleep(number);
        return "\"slept\"";
      case "throw":
        throw new IllegalStateException("boom");
      case "exit":
        Runtime.getRuntime().halt(number);
        return "";
      case "big":
        return "\"" + "x".repeat(number - 2) + "\"";
      case "log":
        for (int i = 0; i < number; i++) {
          System.out.println("line " + i);
        }
        context.getLogger().log("logged by the context\n");
        return "\"logged\"";
      case "grow":
        return Integer.toString(grow(number));
      case "child":
        return Long.toString(new ProcessBuilder("sleep", "1000").start().pid());
      default:
        return event;
    }
  }

  /** Fills memory, in steps of 1 MB, and holds it for a while. */
  private static int grow(int megabytes) {
    List<byte[]> kept = new ArrayList<>();
    for (int i = 0; i < megabytes; i++) {
      byte[] block = new byte[1 << 20];
      for (int at = 0; at < block.length; at += 4_096) {
        block[at] = 1;
      }
      kept.add(block);
    }
    sleep(2_000);
    return kept.size();
  }

  private static void sleep(int millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets tests count how often it ran, whatever came of it. */
  private static void leaveTrace(Context context) throws IOException {
    String traces = System.getenv("TRACES");
    if (traces != null) {
      Files.writeString(
          Path.of(traces),
          context.getAwsRequestId() + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  private static String environment() {
    return System.getenv().entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .map(entry -> "\"" + entry.getKey() + "\":\"" + entry.getValue() + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String object(List<String> namesAndValues) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      fields.add("\"" + namesAndValues.get(i) + "\":\"" + namesAndValues.get(i + 1) + "\"");
    }
    return "{" + String.join(",", fields) + "}";
  }

  static String field(String event, String name, String otherwise) {
    Matcher matcher = Pattern.compile("\"" + name + "\"\\s*:\\s*\"?([^\",}]*)").matcher(event);
    return matcher.find() ? matcher.group(1) : otherwise;
  }
}
