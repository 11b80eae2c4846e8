package dev.rendition.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateCommandTest {
  private static final String[] FIELDS = {
    "source",
    "recipe",
    "status",
    "reason",
    "retryable",
    "key",
    "path",
    "width",
    "height",
    "mediaType",
    "bytes",
    "millis",
    "trace"
  };

  @TempDir Path folder;

  private CliRun generate(Object... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "generate",
                "--json",
                "--to",
                folder.resolve("to").toString(),
                "--recipe",
                "small=fit:100,png",
                "--recipe",
                "square=cover:50x50,jpeg"));
    Stream.of(arguments).map(Object::toString).forEach(all::add);
    return CliRun.of(all.toArray(String[]::new));
  }

  private static Map<String, Object> line(CliRun run, Path source, String recipe) {
    return run.lines().stream()
        .filter(line -> line.get("source").equals(source.toString()))
        .filter(line -> line.get("recipe").equals(recipe))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aPictureBecomesOneFileForEachRecipe() throws IOException {
    Path picture = Drawn.file(folder.resolve("in/wide.png"), 400, 300);

    CliRun run = generate(picture);

    assertThat(run.code()).isZero();
    assertThat(run.lines())
        .hasSize(2)
        .allSatisfy(l -> assertThat(l.keySet()).containsExactly(FIELDS));
    Map<String, Object> small = line(run, picture, "small");
    assertThat(small)
        .containsEntry("status", "stored")
        .containsEntry("width", 100L)
        .containsEntry("height", 75L)
        .containsEntry("mediaType", "image/png")
        .containsEntry("reason", "null");
    assertThat(small.get("key").toString()).matches("default/wide\\.png/small-[0-9a-f]{16}\\.png");
    Path stored = Path.of(small.get("path").toString());
    assertThat(small).containsEntry("bytes", Files.size(stored));
    BufferedImage decoded = ImageIO.read(stored.toFile());
    assertThat(decoded.getWidth()).isEqualTo(100);
    assertThat(decoded.getHeight()).isEqualTo(75);
    assertThat(decoded.getRGB(10, 40)).isEqualTo(0xffff0000);
    assertThat(decoded.getRGB(90, 40)).isEqualTo(0xff0000ff);
    assertThat(line(run, picture, "square"))
        .containsEntry("width", 50L)
        .containsEntry("height", 50L);
  }

  @Test
  void explainTellsHowEachRenditionWasMadeAndWhatIsDamaged() throws IOException {
    Path whole = Drawn.file(folder.resolve("in/whole.jpg"), 400, 300);
    Path cut = folder.resolve("in/cut.jpg");
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));

    CliRun plain = CliRun.of("generate", "--to", folder + "/to", "--recipe", "a=jpeg", "" + whole);
    CliRun run =
        CliRun.of(
            "generate",
            "--explain",
            "--to",
            folder + "/to2",
            "--recipe",
            "a=jpeg",
            "--recipe",
            "b=fit:9,png",
            "" + cut);

    assertThat(plain.out()).doesNotContain("lane");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("[a, b] lane jpeg: baseline")
        .containsPattern("\\[a, b\\] the data of a scan end early \\(at byte \\d+\\)");
    assertThat(line(generate(cut), cut, "small").get("trace").toString()).contains("end early");
  }

  @Test
  void runningAgainWritesNothing() throws IOException {
    Path picture = Drawn.file(folder.resolve("in/wide.png"), 400, 300);
    Path stored = Path.of(line(generate(picture), picture, "small").get("path").toString());
    FileTime old = Files.getLastModifiedTime(stored);

    CliRun again = generate(picture);

    assertThat(again.code()).isZero();
    assertThat(again.err()).contains("2 renditions stored, 2 of them there before, 0 failed");
    assertThat(Files.getLastModifiedTime(stored)).isEqualTo(old);
  }

  @Test
  void onlyWhatIsMissingIsMade() throws IOException {
    Path picture = Drawn.file(folder.resolve("in/wide.png"), 400, 300);
    Path stored = Path.of(line(generate(picture), picture, "small").get("path").toString());
    Files.delete(stored);

    CliRun again = generate(picture);

    assertThat(again.err()).contains("2 renditions stored, 1 of them there before, 0 failed");
    assertThat(stored).exists();
  }

  @Test
  void anOriginalWithOtherBytesIsMadeAnew() throws IOException {
    Path picture = Drawn.file(folder.resolve("in/wide.png"), 400, 300);
    generate(picture);
    Drawn.file(picture, 300, 400);

    CliRun again = generate(picture);

    assertThat(again.err()).contains("2 renditions stored, 0 of them there before");
    assertThat(line(again, picture, "small"))
        .containsEntry("width", 100L)
        .containsEntry("height", 133L);
  }

  @Test
  void whatCannotBeReadFailsForEachRecipeAndTheOthersGoOn() throws IOException {
    Path good = Drawn.file(folder.resolve("in/good.png"), 40, 30);
    Path empty = Files.createFile(folder.resolve("in/empty.png"));
    Path text = Files.writeString(folder.resolve("in/text.jpg"), "no picture");
    Path cut = folder.resolve("in/cut.png");
    byte[] whole = Files.readAllBytes(good);
    Files.write(cut, Arrays.copyOf(whole, 50));
    Path missing = folder.resolve("in/missing.jpg");

    CliRun run = generate(good, empty, text, cut, missing, folder.resolve("in/good.png/below"));

    assertThat(run.code()).isEqualTo(Main.SOME_FAILED);
    assertThat(run.lines()).hasSize(12);
    assertThat(line(run, good, "square")).containsEntry("status", "stored");
    assertThat(line(run, empty, "small"))
        .containsEntry("reason", "FORMAT_UNKNOWN")
        .containsEntry("retryable", false)
        .containsEntry("path", "null");
    assertThat(line(run, text, "square")).containsEntry("reason", "FORMAT_UNKNOWN");
    assertThat(line(run, cut, "square")).containsEntry("reason", "SOURCE_DAMAGED");
    assertThat(line(run, missing, "small")).containsEntry("reason", "SOURCE_NOT_FOUND");
    assertThat(run.err()).contains("there is no file " + missing);
  }

  @Test
  void aFileThatMayNotBeReadFails() throws IOException {
    Path secret = Drawn.file(folder.resolve("in/secret.png"), 40, 30);
    assumeTrue(
        secret.toFile().setReadable(false) && !Files.isReadable(secret),
        "this user reads everything");

    CliRun run = generate(secret);

    assertThat(run.code()).isEqualTo(Main.SOME_FAILED);
    assertThat(run.err()).contains("may not be read");
  }

  @Test
  void theBytesSayWhatAPictureIsNotItsName() throws IOException {
    Path disguised = Drawn.file(folder.resolve("in/disguised.jpg"), 40, 30, "png");

    assertThat(generate(disguised).code()).isZero();
  }

  @Test
  void filesOfOneNameAreToldApartByTheirParents() throws IOException {
    Path a = Drawn.file(folder.resolve("in/a/same.png"), 40, 30);
    Path b = Drawn.file(folder.resolve("in/b/same.png"), 30, 40);

    CliRun run = generate(a, b);

    assertThat(run.code()).isZero();
    assertThat(line(run, a, "small").get("key").toString()).startsWith("default/a/same.png/");
    assertThat(line(run, b, "small").get("key").toString()).startsWith("default/b/same.png/");
    assertThat(line(run, a, "small")).containsEntry("width", 40L);
    assertThat(line(run, b, "small")).containsEntry("width", 30L);
  }

  @Test
  void aNameThatCannotBeAKeyFailsAsARequest() throws IOException {
    assumeFalse(File.separatorChar == '\\', "no such names here");
    Path picture = Drawn.file(folder.resolve("in/back\\slash.png"), 40, 30);

    CliRun run = generate(picture);

    assertThat(run.code()).isEqualTo(Main.SOME_FAILED);
    assertThat(line(run, picture, "small")).containsEntry("reason", "REQUEST_INVALID");
    assertThat(run.err()).contains("rename the file");
  }

  @Test
  void foldersAreWalkedButNotTheStoresInThem() throws IOException {
    Path deep = Drawn.file(folder.resolve("x/ü/deep.png"), 40, 30);
    Files.writeString(folder.resolve("README.md"), "about these pictures");
    Drawn.file(folder.resolve("x/.hidden/thumb.png"), 40, 30);
    generate(folder);

    CliRun again = generate(folder);

    assertThat(again.lines()).hasSize(2);
    assertThat(line(again, deep, "small").get("key").toString())
        .startsWith("default/x/ü/deep.png/");
  }

  @Test
  void aLinkOutOfAFolderIsNotFollowed() throws IOException {
    Path outside = Drawn.file(folder.resolve("outside/secret.png"), 40, 30);
    Path inside = Drawn.file(folder.resolve("in/open.png"), 40, 30);
    try {
      Files.createSymbolicLink(folder.resolve("in/link.png"), outside);
      Files.createSymbolicLink(folder.resolve("in/folder"), outside.getParent());
    } catch (IOException | UnsupportedOperationException e) {
      abort("no symbolic links here: " + e.getMessage());
    }

    CliRun run = generate(folder.resolve("in"));

    assertThat(run.lines()).extracting(line -> line.get("source")).containsOnly(inside.toString());
  }

  @Test
  void everyMistakeIsReportedAtOnceInOneLineEach() throws IOException {
    Path config = folder.resolve("bad.properties");
    Files.writeString(
        config, "rendition.generatr=local\nrendition.timeout=ever\nrendition.recipe.a=fit:0,png\n");

    CliRun run = CliRun.of("generate", "--config", config.toString(), "x.png");

    assertThat(run.code()).isEqualTo(Main.COULD_NOT_RUN);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .hasSize(5)
        .allMatch(line -> line.startsWith("rendition: "))
        .anyMatch(
            line -> line.contains("\"rendition.generatr\"; the nearest is rendition.generator"))
        .anyMatch(line -> line.contains("rendition.timeout: expected a duration"))
        .anyMatch(line -> line.contains("rendition.recipe.a: "))
        .anyMatch(line -> line.contains("rendition.originals is not set"));
  }

  @Test
  void argumentsThatCannotBeUsedAreSaidInASentence() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    String to = folder.resolve("to").toString();

    assertThat(CliRun.of("generate", "--to", to, "--recipe", "card").err())
        .contains("there is no recipe \"card\"")
        .doesNotContain("\tat ");
    assertThat(CliRun.of("generate", "--to", to, "--recipe", "=png").code()).isEqualTo(1);
    assertThat(CliRun.of("generate", "--to", file + "/below").err()).contains("cannot be made");
    assertThat(CliRun.of("generate", "--to", to, "--tenant", "a/b").err()).contains("--tenant: ");
    assertThat(CliRun.of("generate", "--config", folder + "/none").err())
        .contains("there is no file");
    assertThat(CliRun.of("generate", "--frobnicate").code()).isEqualTo(Main.COULD_NOT_RUN);
    assertThat(CliRun.of().code()).isEqualTo(Main.COULD_NOT_RUN);
  }

  @Test
  void theTableNamesRecipeSizeAndPlace() throws IOException {
    Path picture = Drawn.file(folder.resolve("in/wide.png"), 400, 300);

    CliRun run = CliRun.of("generate", "--to", folder.resolve("to").toString(), picture.toString());

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("recipe")
        .contains("w1600")
        .contains("400x300")
        .contains("200x150");
    assertThat(run.out().lines()).hasSize(7);
  }
}
