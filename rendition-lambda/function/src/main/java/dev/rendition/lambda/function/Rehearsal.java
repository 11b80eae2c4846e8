package dev.rendition.lambda.function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rendition.config.ConfigException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an event through the whole function against a stand-in of S3 on loopback, then ends: with
 * {@code -XX:ArchiveClassesAtExit=function.jsa} the JVM keeps every class that took, so that the
 * next start has them at hand. The container form is built with it; see docs/function.md. Nothing
 * outside of the process is written.
 */
public final class Rehearsal {
  private static final Logger log = LoggerFactory.getLogger(Rehearsal.class);
  private static final String EVENT =
      "{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\",\"s3\":"
          + "{\"bucket\":{\"name\":\"originals\"},\"object\":{\"key\":\"rehearsal/picture.jpg\"}}}]}";

  private Rehearsal() {}

  /**
   * Runs it; ends with 1 if the event cannot be worked on.
   *
   * @throws IOException if nothing can be listened to on loopback
   */
  public static void main(String[] words) throws IOException {
    byte[] picture = picture();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, picture));
    server.start();
    try (FunctionParts parts =
        FunctionSetup.open(
            variables(server.getAddress().getPort()),
            Runtime.getRuntime().maxMemory(),
            Clock.systemUTC())) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Deadline deadline = parts.deadline(Duration.ofSeconds(30));
      parts.router().route(EVENT.getBytes(StandardCharsets.UTF_8), deadline, out);
      log.info("rehearsed: {}", out.toString(StandardCharsets.UTF_8));
    } catch (ConfigException | EventRefusedException | EventFailedException e) {
      log.error("the rehearsal failed: {}", Shown.line(String.valueOf(e.getMessage())));
      System.exit(1);
    } finally {
      server.stop(0);
    }
  }

  /** Settings that need neither rights nor a region. */
  private static Map<String, String> variables(int port) {
    Map<String, String> variables = new TreeMap<>();
    variables.put("RENDITION_ORIGINALS", "s3://originals");
    variables.put("RENDITION_RENDITIONS", "s3://renditions");
    variables.put("RENDITION_S3_ENDPOINT", "http://127.0.0.1:" + port);
    variables.put("RENDITION_S3_PATH_STYLE", "true");
    variables.put("RENDITION_S3_ACCESS_KEY", "rehearsal");
    variables.put("RENDITION_S3_SECRET_KEY", "rehearsal");
    variables.put("RENDITION_RECIPE_CARD", "cover:64x48,jpeg:80:progressive");
    variables.put("RENDITION_RECIPE_THUMB", "fit:32,png");
    return variables;
  }

  private static byte[] picture() throws IOException {
    try (InputStream picture = Rehearsal.class.getResourceAsStream("priming.jpg")) {
      if (picture == null) {
        throw new IOException("priming.jpg is not in the jar");
      }
      return picture.readAllBytes();
    }
  }

  private static void answer(HttpExchange exchange, byte[] picture) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("ETag", "\"00000000000000000000000000000000\"");
      exchange.getResponseHeaders().set("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
      if (exchange.getRequestMethod().equals("PUT")) {
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", "image/jpeg");
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(picture.length));
        exchange.sendResponseHeaders(200, -1);
      } else {
        exchange.sendResponseHeaders(200, picture.length);
        exchange.getResponseBody().write(picture);
      }
    }
  }
}
