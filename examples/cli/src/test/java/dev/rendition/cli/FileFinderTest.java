package dev.rendition.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFinderTest {
  @TempDir Path folder;

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }

  private static List<String> keys(Path... arguments) throws IOException {
    return new FileFinder(Set.of())
        .find(List.of(arguments)).stream().map(FoundFile::keyPath).toList();
  }

  @Test
  void aFileIsKnownByItsNameAndAFileInAFolderByItsPathThere() throws IOException {
    Path a = file("a.png");
    file("dir/sub/b.png");

    assertThat(keys(a, folder.resolve("dir"))).containsExactly("a.png", "sub/b.png");
  }

  @Test
  void aFileNamedTwiceIsFoundOnce() throws IOException {
    Path a = file("dir/a.png");

    assertThat(keys(a, folder.resolve("dir"), folder.resolve("dir/../dir/a.png"))).hasSize(1);
  }

  @Test
  void onlyFilesThatClashGetTheirParents() throws IOException {
    Path one = file("1/x/a.png");
    Path two = file("2/x/a.png");
    Path other = file("2/x/b.png");

    assertThat(keys(one, two, other)).containsExactly("1/x/a.png", "2/x/a.png", "b.png");
  }

  @Test
  void namesThatDifferInTheirUnicodeFormOnlyAreRefused() throws IOException {
    Path composed = folder.resolve("\u00e9.png");
    Path decomposed = folder.resolve("e\u0301.png");

    List<FoundFile> found = new FileFinder(Set.of()).find(List.of(composed, decomposed));

    assertThat(found).allMatch(file -> file.problem().contains("Unicode"));
  }

  @Test
  void textsAreKnownByNameAndBytes() throws IOException {
    Files.writeString(file("dir/notes.txt"), "text");
    Drawn.file(folder.resolve("dir/picture.txt"), 4, 3, "png");

    assertThat(keys(folder.resolve("dir"))).containsExactly("picture.txt");
  }
}
