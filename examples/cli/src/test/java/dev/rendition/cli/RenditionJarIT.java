package dev.rendition.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program as its users start it: a process of its own, in a plain locale. */
class RenditionJarIT {
  private static final Path JAR = Path.of("target", "rendition.jar").toAbsolutePath();

  @TempDir Path folder;

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("LC_ALL", "C");
    return builder.redirectError(folder.resolve("err.txt").toFile()).start();
  }

  private CliRun run(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return new CliRun(process.exitValue(), out, Files.readString(folder.resolve("err.txt")));
  }

  @Test
  void withoutAFileItDrawsAPictureAndMakesFiveWidths() throws Exception {
    CliRun run = run("generate", "--json");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.lines())
        .extracting(line -> line.get("recipe") + " " + line.get("width") + "x" + line.get("height"))
        .containsExactly(
            "w1600 1600x1200", "w1200 1200x900", "w800 800x600", "w400 400x300", "w200 200x150");
    for (Map<String, Object> line : run.lines()) {
      File stored = new File(line.get("path").toString());
      BufferedImage picture = ImageIO.read(stored);
      assertThat((long) picture.getWidth()).isEqualTo(line.get("width"));
      assertThat((long) picture.getHeight()).isEqualTo(line.get("height"));
      assertThat(stored.length()).isEqualTo(line.get("bytes"));
      // The sun stands upper right, the meadow is green.
      assertThat(picture.getRGB(picture.getWidth() * 59 / 80, picture.getHeight() * 13 / 75) & 0xff)
          .isGreaterThan(180);
      int meadow = picture.getRGB(picture.getWidth() / 2, picture.getHeight() * 7 / 10);
      assertThat(meadow >> 8 & 0xff).isGreaterThan(meadow & 0xff);
    }

    assertThat(run("generate").err()).contains("5 renditions stored, 5 of them there before");
  }

  @Test
  void failuresGiveExitCodeTwoAndALineForEachRecipe() throws Exception {
    Drawn.file(folder.resolve("in/good.png"), 40, 30);
    Files.createFile(folder.resolve("in/empty.png"));

    CliRun run = run("generate", "--json", "--recipe", "a=png", "--recipe", "b=jpeg", "in");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.lines())
        .extracting(
            line -> line.get("source") + " " + line.get("recipe") + " " + line.get("reason"))
        .containsExactlyInAnyOrder(
            Path.of("in", "good.png") + " a null",
            Path.of("in", "good.png") + " b null",
            Path.of("in", "empty.png") + " a FORMAT_UNKNOWN",
            Path.of("in", "empty.png") + " b FORMAT_UNKNOWN");
  }

  @Test
  void aMistakeGivesExitCodeOneAndNoTrace() throws Exception {
    Files.writeString(folder.resolve("c.properties"), "rendition.recipes.card=png\n");

    CliRun run = run("verify", "--config", "c.properties");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("the nearest is rendition.recipe.").doesNotContain("\tat ");
  }

  @Test
  void whatItPrintsIsUtf8InAnyLocale() throws Exception {
    Files.writeString(
        folder.resolve("c.properties"),
        """
        rendition.originals=memory:
        rendition.renditions=memory:
        rendition.recipe.a=watermark:acme!caf~c3~a9.png,png
        """);

    CliRun run = run("recipes", "--config", "c.properties");
    CliRun bad = run("url", "--config", "c.properties", "a/b");

    assertThat(run.out()).contains("caf~c3~a9");
    assertThat(bad.code()).isEqualTo(1);
    assertThat(bad.err()).contains("rendition.urls.public-base");
  }

  @Test
  void aPoliteKillFinishesWhatRunsAndSaysWhereItStopped() throws Exception {
    assumeFalse(File.separatorChar == '\\', "processes end at once there");
    for (int i = 0; i < 150; i++) {
      Drawn.file(folder.resolve("in/" + i + ".png"), 600 + i, 400);
    }
    Process process = start("generate", "--json", "--recipe", "a=fit:300,png", "in");
    int lines = 0;
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      while (out.readLine() != null) {
        if (lines++ == 3) {
          process.toHandle().destroy();
        }
      }
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String err = Files.readString(folder.resolve("err.txt"));

    assertThat(err).contains("stopped before ").contains("run the same command again");
    assertThat(lines).isBetween(4, 149);
    try (Stream<Path> files = Files.walk(folder.resolve("renditions/renditions/default"))) {
      assertThat(
              files.filter(file -> file.toString().endsWith(".png")).filter(Files::isRegularFile))
          .hasSize(lines);
    }

    CliRun again = run("generate", "--json", "--recipe", "a=fit:300,png", "in");
    assertThat(again.code()).isZero();
    assertThat(again.lines()).hasSize(150);
    assertThat(again.err()).contains("150 renditions stored, " + lines + " of them there before");
  }

  @Test
  void helpComesWithinASecondOfProcessorTime() throws Exception {
    Process process = start("--help");
    process.getInputStream().readAllBytes();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    process
        .info()
        .totalCpuDuration()
        .ifPresent(time -> assertThat(time.toMillis()).isLessThan(2_000));
  }
}
