package dev.rendition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** A class loader that knows further services, as if another jar lay on the class path. */
final class Services extends ClassLoader {
  private final Path folder;

  Services(Path folder) {
    super(Services.class.getClassLoader());
    this.folder = folder;
  }

  Services with(Class<?> service, String... providers) {
    try {
      Path file = folder.resolve("META-INF/services/" + service.getName());
      Files.createDirectories(file.getParent());
      Files.writeString(file, String.join("\n", providers));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> found = new ArrayList<>(Collections.list(super.getResources(name)));
    Path file = folder.resolve(name);
    if (Files.exists(file)) {
      found.add(file.toUri().toURL());
    }
    return Collections.enumeration(found);
  }
}
