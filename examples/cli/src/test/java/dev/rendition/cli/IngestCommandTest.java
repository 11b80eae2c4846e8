package dev.rendition.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestCommandTest {
  @TempDir Path folder;

  @Test
  void filesAndArchivesBecomeOriginals() throws IOException {
    Path picture = Drawn.file(folder.resolve("a.png"), 8, 6);
    Path archive = folder.resolve("album.jpg");
    try (OutputStream out = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      zip.putNextEntry(new ZipEntry("deep/b.png"));
      zip.write(Files.readAllBytes(picture));
      zip.putNextEntry(new ZipEntry("notes.txt"));
      zip.write("notes".getBytes(StandardCharsets.UTF_8));
    }
    CliRun run =
        CliRun.of(
            "ingest",
            "--to",
            folder.resolve("out").toString(),
            "--tenant",
            "acme",
            "--folder",
            "in",
            picture.toString(),
            archive.toString());
    assertThat(run.code()).as(run.err()).isZero();
    long length = Files.size(picture);
    assertThat(run.out().lines().toList())
        .hasSize(3)
        .contains(
            "stored acme/in/a.png (image/png, " + length + " bytes)",
            "stored acme/in/deep/b.png (image/png, " + length + " bytes)");
    assertThat(run.out()).contains("skipped notes.txt (NOT_A_PICTURE");
    assertThat(folder.resolve("out/originals/acme/in/deep/b.png")).hasSameBinaryContentAs(picture);
  }

  @Test
  void whatIsRefusedIsSaidAndCounted() throws IOException {
    Path text = Files.writeString(folder.resolve("a.png"), "no picture");
    CliRun run =
        CliRun.of(
            "ingest",
            "--to",
            folder.resolve("out").toString(),
            text.toString(),
            "http://127.0.0.1/a.png",
            "http://169.254.169.254/latest/meta-data/");
    assertThat(run.code()).isEqualTo(Main.SOME_FAILED);
    assertThat(run.out().lines().toList()).hasSize(3).allMatch(line -> line.startsWith("refused "));
    assertThat(run.out()).contains("NOT_A_PICTURE").contains("ADDRESS_REFUSED");
  }

  @Test
  void whatCannotBeReadIsNoRefusal() {
    CliRun run =
        CliRun.of(
            "ingest",
            "--to",
            folder.resolve("out").toString(),
            folder.resolve("absent").toString());
    assertThat(run.code()).isEqualTo(Main.COULD_NOT_RUN);
    assertThat(run.err()).contains("there is no file");
  }
}
