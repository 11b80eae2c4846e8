package dev.rendition.lambda.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskRootTest {
  @TempDir Path folder;

  private Path zip(String name, byte[] bytes, int times) throws IOException {
    Path zip = folder.resolve("code.zip");
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (int i = 0; i < times; i++) {
        TestCode.put(out, times == 1 ? name : name + i, bytes);
      }
    }
    return zip;
  }

  @Test
  void aZipIsUnpackedAndAFolderIsTakenAsItIs() throws IOException {
    Path root = TaskRoot.of(zip("lib/a.jar", new byte[] {1, 2}, 1), folder.resolve("root"));
    assertThat(root.resolve("lib/a.jar")).hasBinaryContent(new byte[] {1, 2});
    assertThat(TaskRoot.of(root, folder.resolve("other"))).isEqualTo(root);
    assertThat(folder.resolve("other")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../out", "a/../../out", "/../out", ".", "a/.."})
  void aNameThatLeadsOutIsRefused(String name) throws IOException {
    Path zip = zip(name, new byte[] {1}, 1);
    assertThatThrownBy(() -> TaskRoot.of(zip, folder.resolve("root")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void whatUnpacksToTooMuchIsRefused() throws IOException {
    Path zip = zip("zeros", new byte[32 << 20], 8);
    assertThatThrownBy(() -> TaskRoot.of(zip, folder.resolve("root")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("262144000");
  }

  @Test
  void whatIsNoZipIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "no zip");
    assertThatThrownBy(() -> TaskRoot.of(text, folder.resolve("root")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void deletingDoesNotFollowLinks() throws IOException {
    Path kept = Files.createDirectory(folder.resolve("kept"));
    Files.writeString(kept.resolve("file"), "kept");
    Path root = Files.createDirectory(folder.resolve("root"));
    Files.createSymbolicLink(root.resolve("link"), kept);
    TaskRoot.delete(root);
    assertThat(root).doesNotExist();
    assertThat(kept.resolve("file")).hasContent("kept");
  }
}
