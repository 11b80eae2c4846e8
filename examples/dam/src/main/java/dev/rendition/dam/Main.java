package dev.rendition.dam;

import dev.rendition.generate.RenditionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** Starts the demo: {@code java -jar dam.jar [PROPERTIES]}. */
final class Main {
  private static final String LONGEST_REQUEST_SECONDS = "120";

  private Main() {}

  /** Runs until it is stopped. */
  public static void main(String[] args) {
    preset("java.awt.headless", "true");
    // Before the server's classes are loaded: who sends or reads a byte now and then is cut off.
    preset("sun.net.httpserver.maxReqTime", LONGEST_REQUEST_SECONDS);
    preset("sun.net.httpserver.maxRspTime", LONGEST_REQUEST_SECONDS);
    preset("sun.net.httpserver.nodelay", "true");
    try {
      if (args.length > 1) {
        throw new IllegalArgumentException("one properties file at most, were " + args.length);
      }
      Properties settings = defaults();
      if (args.length == 1) {
        read(settings, Files.newInputStream(Path.of(args[0])));
      }
      folders(settings);
      Dam dam = Dam.start(settings);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(dam), "dam-stop"));
      System.out.println("Pictures at " + dam.address());
    } catch (IllegalArgumentException | RenditionException | IOException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /** Returns what holds unless a file says something else. */
  static Properties defaults() throws IOException {
    Properties settings = new Properties();
    InputStream file = Main.class.getResourceAsStream("dam.properties");
    if (file == null) {
      throw new IOException("dam.properties is not in the jar");
    }
    read(settings, file);
    return settings;
  }

  private static void read(Properties into, InputStream file) throws IOException {
    try (Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
      into.load(reader);
    }
  }

  /** The library wants its folders there; a demo makes them. */
  private static void folders(Properties settings) throws IOException {
    for (String key : List.of("rendition.originals", "rendition.renditions")) {
      String place = settings.getProperty(key, "").strip();
      if (place.startsWith("file:") && !place.startsWith("file://")) {
        Files.createDirectories(Path.of(place.substring("file:".length())));
      }
    }
  }

  private static void preset(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static void close(Dam dam) {
    try {
      dam.close();
    } catch (IOException e) {
      System.err.println("not everything could be closed: " + e.getMessage());
    }
  }
}
