package dev.rendition;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page that says which class and which test covers what names only what there is. */
class CoverageTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final Pattern NAME = Pattern.compile("`([A-Za-z0-9]+)(?:\\.([A-Za-z0-9]+))?`");
  private static final Set<String> STATES =
      Set.of("built", "mapped", "documented", "part", "refused", "not yet");
  private static final Map<String, Integer> ROWS =
      Map.of("S0", 26, "S1", 10, "S2", 18, "S3", 10, "S4", 17);

  private static final Map<String, List<Path>> sources = new HashMap<>();
  private static List<List<String>> rows = List.of();

  @BeforeAll
  static void readTheRepository() throws IOException {
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            boolean foreign = name.equals("target") || (name.startsWith(".") && name.length() > 2);
            return foreign ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = String.valueOf(file.getFileName());
            if (name.endsWith(".java")) {
              sources
                  .computeIfAbsent(name.replace(".java", ""), key -> new ArrayList<>())
                  .add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    rows =
        Files.readString(ROOT.resolve("docs/coverage.md"))
            .lines()
            .filter(line -> line.startsWith("| "))
            .map(line -> Stream.of(line.split("\\|", -1)).map(String::strip).toList())
            .filter(cells -> cells.size() > 5)
            .filter(cells -> !cells.contains("test"))
            .toList();
  }

  @Test
  void noRowIsMissingAndEachHasAState() {
    Set<String> expected = new TreeSet<>();
    ROWS.forEach(
        (source, count) ->
            IntStream.rangeClosed(1, count)
                .forEach(row -> expected.add("%s-%02d".formatted(source, row))));
    List.of(List.of("M", "15"), List.of("S", "12"), List.of("N", "10"))
        .forEach(
            goals ->
                IntStream.rangeClosed(1, Integer.parseInt(goals.get(1)))
                    .forEach(goal -> expected.add(goals.get(0) + goal)));
    List<String> found =
        rows.stream().map(cells -> cells.get(1)).filter(id -> id.matches("[SMN][-0-9]+")).toList();
    assertThat(found).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(found)).isEqualTo(expected);
    for (List<String> cells : rows) {
      assertThat(STATES).as("%s", cells).contains(state(cells));
    }
  }

  @Test
  void whatCountsAsBuiltHasACodeAndATest() {
    for (List<String> cells : rows) {
      if (state(cells).equals("built")) {
        assertThat(NAME.matcher(code(cells)).find()).as("code of %s", cells).isTrue();
        assertThat(NAME.matcher(test(cells)).find()).as("test of %s", cells).isTrue();
      }
    }
  }

  @Test
  void everyClassAndEveryTestExists() {
    Set<String> missing = new TreeSet<>();
    for (List<String> cells : rows) {
      missing.addAll(missing(code(cells), "/main/", "\\b%s\\("));
      missing.addAll(missing(test(cells), "/", "\\bvoid %s\\("));
    }
    assertThat(missing).isEmpty();
    assertThat(rows).hasSizeGreaterThan(100);
  }

  @Test
  void aNameThatDoesNotExistIsFound() {
    assertThat(missing("`Renditions.purge` `NoSuchClass`", "/main/", "\\b%s\\("))
        .containsExactly("NoSuchClass");
    assertThat(missing("`CoverageTest.aTestNobodyWrote`", "/", "\\bvoid %s\\("))
        .containsExactly("CoverageTest.aTestNobodyWrote");
  }

  private static Set<String> missing(String cell, String place, String member) {
    return NAME.matcher(cell)
        .results()
        .filter(
            name ->
                sources.getOrDefault(name.group(1), List.of()).stream()
                    .filter(file -> file.toString().replace('\\', '/').contains(place))
                    .noneMatch(file -> name.group(2) == null || has(file, member, name.group(2))))
        .map(name -> name.group().replace("`", ""))
        .collect(toCollection(TreeSet::new));
  }

  private static boolean has(Path file, String member, String name) {
    try {
      return Pattern.compile(member.formatted(name)).matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Tables of faults have neither a row number nor a last column. */
  private static boolean numbered(List<String> cells) {
    return cells.get(1).matches("[SMN][-0-9]+");
  }

  private static String state(List<String> cells) {
    return cells.get(numbered(cells) ? 3 : 2);
  }

  private static String code(List<String> cells) {
    return cells.get(numbered(cells) ? 4 : 3);
  }

  private static String test(List<String> cells) {
    return cells.get(numbered(cells) ? 5 : 4);
  }
}
