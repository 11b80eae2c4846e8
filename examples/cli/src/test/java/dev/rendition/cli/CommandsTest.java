package dev.rendition.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  @TempDir Path folder;
  private String config = "";

  @BeforeEach
  void writeConfiguration() throws IOException {
    Files.createDirectories(folder.resolve("originals"));
    Files.createDirectories(folder.resolve("renditions"));
    config = folder.resolve("test.properties").toString();
    Files.writeString(
        Path.of(config),
        String.join(
            "\n",
            "rendition.originals=file:" + slashed("originals"),
            "rendition.renditions=file:" + slashed("renditions"),
            "rendition.recipe.card=cover:080x60,jpeg:82",
            "rendition.urls.public-base=https://img.example.com/",
            "rendition.urls.signer=hmac",
            "rendition.urls.hmac.base=/private/",
            "rendition.urls.hmac.keys=k1:AAECAwQFBgcICQoLDA0ODw"));
  }

  private String slashed(String name) {
    return folder.resolve(name).toString().replace('\\', '/');
  }

  @Test
  void verifyTriesEverythingAndLeavesNothing() throws IOException {
    CliRun run = CliRun.of("verify", "--config", config);

    assertThat(run.code()).isZero();
    assertThat(run.out().lines()).hasSize(6).allMatch(line -> line.startsWith("ok "));
    assertThat(folder.resolve("originals/rendition-verify")).doesNotExist();
  }

  @Test
  void verifyNamesAMissingFolder() throws IOException {
    Files.delete(folder.resolve("renditions"));

    CliRun run = CliRun.of("verify", "--config", config);

    assertThat(run.code()).isEqualTo(Main.COULD_NOT_RUN);
    assertThat(run.err()).contains("renditions").contains("is not there");
  }

  @Test
  void urlPrintsPublicAndPrivateLinks() {
    CliRun open = CliRun.of("url", "--config", config, "acme/a b.jpg");
    CliRun signed = CliRun.of("url", "--config", config, "--signed", "10m", "acme/a b.jpg");

    assertThat(open.out().strip()).isEqualTo("https://img.example.com/acme/a%20b.jpg");
    assertThat(signed.out().strip())
        .matches("/private/acme/a%20b\\.jpg\\?expires=\\d+&kid=k1&sig=[\\w-]{43}");
  }

  @Test
  void urlSaysWhatIsWrongWithKeyOrDuration() {
    CliRun key = CliRun.of("url", "--config", config, "nokey");
    CliRun duration = CliRun.of("url", "--config", config, "--signed", "soon", "a/b");
    CliRun tooLong = CliRun.of("url", "--config", config, "--signed", "30d", "a/b");

    assertThat(key.code()).isEqualTo(Main.COULD_NOT_RUN);
    assertThat(key.err()).contains("tenant/path");
    assertThat(duration.err()).contains("--signed: expected a duration").contains("soon");
    assertThat(tooLong.err()).contains("at most");
  }

  @Test
  void moveCopiesWhatIsMissingAndGoesOnWhereItWas() throws IOException {
    CliRun made = CliRun.of("generate", "--config", config, "--json");
    assertThat(made.code()).as(made.err()).isZero();
    String key = made.lines().get(0).get("key").toString();
    String tenant = key.substring(0, key.indexOf('/'));
    String target = folder.resolve("new.properties").toString();
    Files.createDirectories(folder.resolve("new/originals"));
    Files.createDirectories(folder.resolve("new/renditions"));
    Files.writeString(
        Path.of(target),
        String.join(
            "\n",
            "rendition.originals=file:" + slashed("new/originals"),
            "rendition.renditions=file:" + slashed("new/renditions")));

    CliRun first = CliRun.of("move", "--from", config, "--to", target, "--tenant", tenant);
    CliRun second = CliRun.of("move", "--from", config, "--to", target, "--tenant", tenant);

    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out().lines())
        .containsExactly(
            "originals of " + tenant + ": 1 copied, 0 there already, 0 failed",
            "renditions of " + tenant + ": 1 copied, 0 there already, 0 failed");
    assertThat(second.out()).contains("0 copied, 1 there already, 0 failed");
  }

  @Test
  void moveSaysWhatIsWrongWithItsArguments() {
    CliRun tenant = CliRun.of("move", "--from", config, "--to", config, "--tenant", "../x");
    CliRun parallel =
        CliRun.of("move", "--from", config, "--to", config, "--tenant", "x", "--parallel", "0");

    assertThat(tenant.code()).isEqualTo(Main.COULD_NOT_RUN);
    assertThat(tenant.err()).contains("--tenant: ");
    assertThat(parallel.err()).contains("--parallel is 1 to 100");
  }

  @Test
  void noMessageShowsASecret() throws IOException {
    Files.writeString(
        Path.of(config),
        Files.readString(Path.of(config))
            .replace("k1:AAECAwQFBgcICQoLDA0ODw", "k1:SECRET,SECRET2,:SECRET3"));

    CliRun run = CliRun.of("verify", "--config", config);

    assertThat(run.code()).isEqualTo(Main.COULD_NOT_RUN);
    assertThat(run.err()).contains("entry 1").contains("entry 2").doesNotContain("SECRET");
  }

  @Test
  void recipesPrintsTheBookInCanonicalForm() {
    assertThat(CliRun.of("recipes", "--config", config).out().strip())
        .isEqualTo("rendition.recipe.card=cover:80x60,jpeg");
    assertThat(CliRun.of("recipes").out().lines())
        .hasSize(5)
        .startsWith("rendition.recipe.w1600=fit:1600,jpeg:80");
  }

  @Test
  void recipesCheckPrintsTheCanonicalFormOrThePlaceOfTheMistake() {
    CliRun bad = CliRun.of("recipes", "check", "fit:800,jpg");

    assertThat(CliRun.of("recipes", "check", "fit:0800,jpeg:82").out().strip())
        .isEqualTo("fit:800,jpeg");
    assertThat(bad.code()).isEqualTo(Main.COULD_NOT_RUN);
    assertThat(bad.err()).contains("\"jpg\"");
  }

  @Test
  void inspectSaysWhatTheHeaderSays() throws IOException {
    Path picture = Drawn.file(folder.resolve("wide.png"), 400, 300);

    CliRun run = CliRun.of("inspect", picture.toString());

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("PNG").contains("400 x 300").contains("admitted");
  }

  @Test
  void inspectSaysWhyAFileIsRefused() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.png"));

    CliRun run = CliRun.of("inspect", empty.toString(), folder.resolve("none.png").toString());

    assertThat(run.code()).isEqualTo(Main.SOME_FAILED);
    assertThat(run.out()).contains("FORMAT_UNKNOWN").contains("there is no file");
  }

  @Test
  void inspectTakesTheLimitsOfTheConfiguration() throws IOException {
    Path picture = Drawn.file(folder.resolve("wide.png"), 400, 300);
    add("rendition.limits.max-side=399");
    Files.delete(folder.resolve("originals"));

    CliRun run = CliRun.of("inspect", "--config", config, picture.toString());

    assertThat(run.code()).isEqualTo(Main.SOME_FAILED);
    assertThat(run.out()).contains("400 x 300").contains("LIMIT_EXCEEDED").contains("399");
  }

  @Test
  void inspectRefusesAConfigurationWithAMisspeltLimit() throws IOException {
    Path picture = Drawn.file(folder.resolve("wide.png"), 400, 300);
    add("rendition.limits.max-sides=399");

    CliRun run = CliRun.of("inspect", "--config", config, picture.toString());

    assertThat(run.code()).isEqualTo(Main.COULD_NOT_RUN);
    assertThat(run.err()).contains("the nearest is rendition.limits.max-side");
  }

  private void add(String line) throws IOException {
    Files.writeString(Path.of(config), "\n" + line, StandardOpenOption.APPEND);
  }

  @Test
  void helpAndVersionAreThere() {
    assertThat(CliRun.of("--help").out())
        .contains("generate", "ingest", "inspect", "verify", "url", "recipes");
    assertThat(CliRun.of("generate", "--help").out()).contains("--recipe");
    assertThat(CliRun.of("--version").out()).startsWith("rendition ");
  }
}
