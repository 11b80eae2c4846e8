package dev.rendition.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The project's folders, seen from this module's own, where tests run. */
final class ModuleFolders {
  private static final Path ROOT = Path.of("..", "..");
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

  private ModuleFolders() {}

  /** Returns the modules that the root pom.xml lists, profiles included. */
  static List<String> listed() throws IOException {
    return MODULE
        .matcher(Files.readString(ROOT.resolve("pom.xml")))
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  static boolean hasSources(String folder) {
    return Files.isDirectory(ROOT.resolve(folder).resolve("src/main/java"));
  }

  /** Returns the compiled classes of a module, without its tests; none when it has no sources. */
  static JavaClasses classesOf(String folder) {
    return new ClassFileImporter().importPath(ROOT.resolve(folder).resolve("target/classes"));
  }
}
