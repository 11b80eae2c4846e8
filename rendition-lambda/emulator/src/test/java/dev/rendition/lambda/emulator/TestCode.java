package dev.rendition.lambda.emulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The zip of the test functions, in the layout that is deployed: a file at the root, the classes in
 * a jar under lib.
 */
final class TestCode {
  static final String PACKAGE = "dev.rendition.lambda.emulator.handler.";
  static final String DO = PACKAGE + "DoHandler";

  private TestCode() {}

  static Path zip(Path folder) throws IOException {
    Path zip = folder.resolve("function.zip");
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      put(out, "root.txt", "at the root".getBytes(StandardCharsets.UTF_8));
      put(out, "lib/", new byte[0]);
      put(out, "lib/handlers.jar", jar());
    }
    return zip;
  }

  private static byte[] jar() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Path classes = Path.of("target", "test-classes");
    try (JarOutputStream out = new JarOutputStream(bytes);
        Stream<Path> files = Files.list(classes.resolve(PACKAGE.replace('.', '/')))) {
      for (Path file : files.sorted().toList()) {
        put(out, classes.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return bytes.toByteArray();
  }

  static void put(ZipOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(bytes);
    out.closeEntry();
  }
}
