package dev.rendition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is true of the code. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final Pattern LINK = Pattern.compile("\\]\\(((?!https?:)[^)#]+)");

  @TempDir Path folder;

  @Test
  void theCodeOfTheFirstScreenCompiles() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    Matcher code = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme);
    assertThat(code.find()).as("a block of Java in the README").isTrue();
    Path source =
        Files.writeString(
            folder.resolve("Snippet.java"),
            """
            import dev.rendition.*;
            import dev.rendition.asset.*;
            import dev.rendition.generate.*;
            import java.nio.file.*;
            import java.util.*;
            class Snippet {
              void run() throws Exception {
            %s}}
            """
                .formatted(code.group(1)));

    StringWriter said = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-proc:none", "-Xlint:all,-processing", "-d", folder.toString());
      boolean compiled =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertThat(compiled).as("%s", said).isTrue();
    }
    assertThat(code.group(1).lines().filter(line -> !line.isBlank()).count())
        .isLessThanOrEqualTo(15);
  }

  @Test
  void everyLinkOfTheDocumentsLeadsToAFile() throws IOException {
    for (Path document : documents()) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        assertThat(document.resolveSibling(link.group(1))).as("linked in %s", document).exists();
      }
    }
  }

  @Test
  void everyDocumentIsLinkedFromTheReadme() throws IOException {
    Matcher link = LINK.matcher(Files.readString(ROOT.resolve("README.md")));
    Set<String> linked = link.results().map(found -> found.group(1)).collect(Collectors.toSet());
    for (Path document : documents()) {
      String name = ROOT.relativize(document).toString().replace('\\', '/');
      assertThat(linked).anyMatch(target -> name.equals("README.md") || name.startsWith(target));
    }
  }

  private static List<Path> documents() throws IOException {
    try (var top = Files.list(ROOT);
        var docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(top, docs).filter(path -> path.toString().endsWith(".md")).toList();
    }
  }
}
