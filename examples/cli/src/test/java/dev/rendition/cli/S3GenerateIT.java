package dev.rendition.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
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
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program over a real S3 protocol, its links opened by plain HTTP. */
class S3GenerateIT {
  private static final Path JAR = Path.of("target", "rendition.jar").toAbsolutePath();
  private static final String SECRET = "cli-secret-not-to-be-shown";

  @TempDir Path folder;

  private final BlobStore objects = new TransientNio2BlobStore();
  private S3Proxy server;
  private Path config;

  @BeforeEach
  void startServer() throws Exception {
    server =
        S3Proxy.builder()
            .awsAuthentication(AuthenticationType.AWS_V4, "AKIDCLI", SECRET)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .ignoreUnknownHeaders(true)
            .blobStore(objects)
            .build();
    server.setBlobStoreLocator((identity, bucket, name) -> new AccessGrant(SECRET, objects));
    server.start();
    objects.createContainer("originals");
    objects.createContainer("processed");
    config = folder.resolve("s3.properties");
    Files.writeString(
        config,
        """
        rendition.originals=s3://originals/{tenant}
        rendition.renditions=s3://processed/renditions
        rendition.s3.endpoint=http://127.0.0.1:%d
        rendition.s3.path-style=true
        rendition.s3.access-key=AKIDCLI
        rendition.s3.secret-key=%s
        rendition.urls.signer=s3
        rendition.recipe.card=cover:80x60,jpeg
        """
            .formatted(server.getPort(), SECRET));
  }

  @AfterEach
  void stopServer() throws Exception {
    server.stop();
    objects.close();
  }

  @Test
  void generateStoresInS3AndItsLinksAreOpenedByPlainHttp() throws Exception {
    CliRun verified = run("verify", "--config", config.toString());
    assertThat(verified.code()).as(verified.out() + verified.err()).isZero();

    CliRun made = run("generate", "--config", config.toString(), "--json");
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.lines()).hasSize(1);
    String key = made.lines().get(0).get("key").toString();

    CliRun linked = run("url", "--config", config.toString(), "--signed", "1m", key);
    assertThat(linked.code()).as(linked.err()).isZero();
    HttpClient http = HttpClient.newHttpClient();
    URI link = URI.create(linked.out().strip());
    HttpResponse<byte[]> answer =
        http.send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(answer.body()));
    assertThat(picture.getWidth() + "x" + picture.getHeight()).isEqualTo("80x60");

    URI unsigned = URI.create(link.toString().replaceFirst("\\?.*", ""));
    assertThat(
            http.send(HttpRequest.newBuilder(unsigned).build(), BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(403);
    for (CliRun run : List.of(verified, made, linked)) {
      assertThat(run.out() + run.err()).doesNotContain(SECRET);
    }
  }

  @Test
  void aFolderMovesToS3AndItsLinksAreOpenedByPlainHttp() throws Exception {
    Path old = folder.resolve("folder.properties");
    Files.createDirectories(folder.resolve("originals"));
    Files.createDirectories(folder.resolve("renditions"));
    Files.writeString(
        old,
        """
        rendition.originals=file:%s/originals
        rendition.renditions=file:%s/renditions
        rendition.recipe.card=cover:80x60,jpeg
        """
            .formatted(folder, folder));
    CliRun made = run("generate", "--config", old.toString(), "--json");
    assertThat(made.code()).as(made.err()).isZero();
    String key = made.lines().get(0).get("key").toString();
    String tenant = key.substring(0, key.indexOf('/'));

    String[] move = {
      "move", "--from", old.toString(), "--to", config.toString(), "--tenant", tenant
    };
    assertThat(run(move).out()).contains("originals of " + tenant + ": 1 copied");
    CliRun again = run(move);
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out().lines()).allMatch(line -> line.contains(": 0 copied, 1 there already"));

    CliRun linked = run("url", "--config", config.toString(), "--signed", "1m", key);
    assertThat(
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(URI.create(linked.out().strip())).build(),
                    BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(200);
  }

  private CliRun run(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toString()));
    command.addAll(List.of(arguments));
    Path err = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return new CliRun(process.exitValue(), out, Files.readString(err));
  }
}
