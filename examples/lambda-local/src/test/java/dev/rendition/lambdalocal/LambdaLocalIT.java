package dev.rendition.lambdalocal;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer types, and what the packaged program does with the settings that come of it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LambdaLocalIT {
  private static final Path ZIP =
      Path.of("../../rendition-lambda/function/target/rendition-function.zip");
  private static final Path PROGRAM = Path.of("../cli/target/rendition.jar").toAbsolutePath();
  private static final Pattern KEY = Pattern.compile("\"key\":\"([^\"]+)\"");
  private static final String RECIPE = "card=cover:80x60,jpeg:80:progressive";

  @TempDir Path folder;
  private Path photo;

  @BeforeEach
  void drawAPhoto() throws IOException {
    BufferedImage image = new BufferedImage(1_700, 900, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setPaint(new GradientPaint(0, 0, Color.BLUE, 1_700, 900, Color.ORANGE));
    pen.fillRect(0, 0, 1_700, 900);
    pen.dispose();
    photo = folder.resolve("photo.jpg");
    assertThat(ImageIO.write(image, "jpg", photo.toFile())).isTrue();
  }

  @Test
  void oneCommandStartsEverythingAndMakesTheRenditionsThere() throws Exception {
    Process process =
        java(
            "-cp",
            Path.of("target", "classes") + ":" + Path.of("target", "lib", "*"),
            "dev.rendition.lambdalocal.Main",
            "--function",
            ZIP.toString(),
            "--program",
            PROGRAM.toString(),
            "--stay",
            photo.toString());
    StringBuilder said = new StringBuilder();
    Path settings = null;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null && settings == null) {
        said.append(line).append('\n');
        if (line.startsWith("settings: ")) {
          settings = Path.of(line.substring("settings: ".length(), line.indexOf(';')));
          assertThat(settings).as("a newcomer can go on with it").isRegularFile();
          process.getOutputStream().write('\n');
          process.getOutputStream().flush();
        } else {
          line = lines.readLine();
        }
      }
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said.toString()).isZero();
    assertThat(said)
        .contains("ok      generator: the function renditions is rendition-lambda-function ")
        .contains("800")
        .containsPattern("the function: [1-9][0-9]* invocations, 1 cold starts");
    assertThat(settings).isNotNull().doesNotExist();
  }

  @Test
  void theProgramMakesTheSameOnLambdaAsHere() throws Exception {
    Path lambda = folder.resolve("lambda.properties");
    Path local = folder.resolve("local.properties");
    Files.createDirectories(folder.resolve("originals"));
    Files.createDirectories(folder.resolve("renditions"));
    Files.writeString(
        local,
        """
        rendition.originals=file:%s/originals
        rendition.renditions=file:%s/renditions
        """
            .formatted(folder, folder));
    try (LocalCloud cloud = LocalCloud.start(ZIP.toAbsolutePath())) {
      cloud.writeSettings(lambda);
      Map<String, byte[]> there = new TreeMap<>();
      for (String key : keys(generate(lambda))) {
        there.put(key, open(program("url", "--config", lambda.toString(), "--signed", "1m", key)));
      }
      assertThat(cloud.summary()).startsWith("the function: 1 invocations");
      List<String> here = keys(generate(local));
      assertThat(there.keySet()).hasSize(1).containsExactlyElementsOf(here);
      for (String key : here) {
        assertThat(there.get(key))
            .isEqualTo(Files.readAllBytes(folder.resolve("renditions").resolve(key)));
      }
      assertThat(generate(lambda)).as("nothing is made twice").contains("1 of them there before");
    }
  }

  @Test
  void whatIsMissingIsToldInOneLine() throws Exception {
    Process process =
        java(
            "-cp",
            Path.of("target", "classes") + ":" + Path.of("target", "lib", "*"),
            "dev.rendition.lambdalocal.Main",
            "--function",
            folder.resolve("none.zip").toString(),
            "--program",
            PROGRAM.toString());
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(said.strip()).hasLineCount(1).contains("none.zip").contains("mvn package");
  }

  private String generate(Path settings) throws Exception {
    return program(
        "generate",
        "--config",
        settings.toString(),
        "--recipe",
        RECIPE,
        "--json",
        photo.toString());
  }

  private String program(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("-jar", PROGRAM.toString()));
    all.addAll(List.of(arguments));
    Process process = java(all.toArray(String[]::new));
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private static Process java(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static List<String> keys(String json) {
    Matcher matcher = KEY.matcher(json);
    List<String> keys = new ArrayList<>();
    while (matcher.find()) {
      keys.add(matcher.group(1));
    }
    return keys;
  }

  private static byte[] open(String link) throws Exception {
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(link.strip())).build(),
                BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }
}
