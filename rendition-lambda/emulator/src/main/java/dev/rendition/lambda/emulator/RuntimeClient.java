package dev.rendition.lambda.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The genuine runtime interface client, as files: what a managed runtime has on its class path, and
 * its native library. Its classes are never loaded into this JVM, because they weaken the TLS
 * settings of the JVM they are loaded into.
 */
final class RuntimeClient {
  static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  static final String NATIVE_LIBRARY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  /** One class of each jar the client needs. */
  private static final List<String> MARKS =
      List.of(
          "com/amazonaws/services/lambda/runtime/api/client/AWSLambda.class",
          "com/amazonaws/services/lambda/runtime/Context.class",
          "com/amazonaws/services/lambda/runtime/serialization/PojoSerializer.class",
          "software/amazon/awssdk/utilslite/SdkInternalThreadLocal.class");

  private final List<Path> jars;
  private final Path nativeLibrary;

  private RuntimeClient(List<Path> jars, Path nativeLibrary) {
    this.jars = jars;
    this.nativeLibrary = nativeLibrary;
  }

  /**
   * Looks for the client's jars on the class path of the emulator and takes the native library out
   * once. Every process loads that one file; left to itself each would write it to the same place,
   * and crash those that have it open.
   *
   * @param folder where the library is put
   * @throws IllegalStateException if the client is not on the class path, or has no library for
   *     this system
   */
  static RuntimeClient onClassPath(Path folder) throws IOException {
    Set<Path> found = new LinkedHashSet<>();
    for (String mark : MARKS) {
      found.add(jarOf(mark));
    }
    return of(List.copyOf(found), folder);
  }

  static RuntimeClient of(List<Path> jars, Path folder) throws IOException {
    String library = libraryName();
    for (Path jar : jars) {
      if (Files.isRegularFile(jar)) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
          ZipEntry entry = zip.getEntry("jni/" + library);
          if (entry != null) {
            Path target = folder.resolve(library);
            try (InputStream bytes = zip.getInputStream(entry)) {
              Files.copy(bytes, target);
            }
            return new RuntimeClient(jars, target);
          }
        }
      }
    }
    throw new IllegalStateException(
        "No jni/" + library + " in the runtime interface client: " + jars);
  }

  List<Path> jars() {
    return jars;
  }

  Path nativeLibrary() {
    return nativeLibrary;
  }

  private static Path jarOf(String mark) throws IOException {
    URL url = RuntimeClient.class.getClassLoader().getResource(mark);
    if (url == null) {
      throw new IllegalStateException(
          "The runtime interface client is not on the class path ("
              + mark
              + "): add com.amazonaws:aws-lambda-java-runtime-interface-client");
    }
    URLConnection connection = url.openConnection();
    if (!(connection instanceof JarURLConnection jar)) {
      throw new IllegalStateException(
          "The runtime interface client must be in a jar, but is at " + url);
    }
    try {
      return Path.of(jar.getJarFileURL().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Not the place of a jar: " + url, e);
    }
  }

  private static String libraryName() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (!system.contains("linux")) {
      throw new IllegalStateException(
          "The runtime interface client runs on Linux only, this is "
              + System.getProperty("os.name"));
    }
    String architecture = System.getProperty("os.arch");
    String suffix = architecture.equals("aarch64") ? "aarch_64" : "x86_64";
    boolean musl =
        Files.exists(Path.of("/lib/ld-musl-x86_64.so.1"))
            || Files.exists(Path.of("/lib/ld-musl-aarch64.so.1"));
    return "libaws-lambda-jni." + (musl ? "linux_musl-" : "linux-") + suffix + ".so";
  }
}
