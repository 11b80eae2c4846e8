package dev.rendition.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendition.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackSettingsTest {
  @TempDir Path folder;
  private Path zip;

  @BeforeEach
  void writeZip() throws IOException {
    zip = Files.writeString(folder.resolve("function.zip"), "");
  }

  private StackSettings read(String... namesAndValues) {
    Map<String, String> given = new HashMap<>(Map.of("zip", zip.toString()));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      given.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return StackSettings.of(given);
  }

  @Test
  void withoutSettingsThereIsOneProcessorOnArm() {
    StackSettings settings = read();
    assertThat(settings.arm64()).isTrue();
    assertThat(settings.memory()).isEqualTo(1_769);
    assertThat(settings.concurrency()).isEqualTo(20);
    assertThat(settings.publicTenants()).containsExactly("public");
    assertThat(settings.domain()).isEmpty();
    assertThat(settings.assetsBucket()).isEmpty();
  }

  @Test
  void recipesAreWrittenInTheirCanonicalForm() {
    assertThat(read("recipes", "small-card=fit:80,jpeg:81; png=png").recipes())
        .containsOnlyKeys("small-card", "png")
        .containsEntry("small-card", Recipe.parse("fit:80,jpeg:81").toString());
  }

  @Test
  void anAbsentZipIsRefusedAndNamed() {
    assertThatThrownBy(() -> read("zip", folder.resolve("absent.zip").toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("absent.zip")
        .hasMessageContaining("mvn package");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name         | Rendition                      | name must be",
        "name         | this-name-is-much-too-long      | name must be",
        "architecture | sparc                           | arm64 or x86_64",
        "memory       | 511                             | memory must be 512 to 10240, was 511",
        "memory       | 10241                           | was 10241",
        "memory       | -1                              | a whole number, was -1",
        "memory       | 99999999999                     | a whole number, was 99999999999",
        "concurrency  | 0                               | concurrency must be 1 to 1000, was 0",
        "recipes      | card                            | recipes: card",
        "recipes      | card=no-such:1                  | no-such",
        "recipes      | a_b=jpeg                        | cannot hold _",
        "recipes      | card=jpeg;card=png              | two named card",
        "public-tenants | acme,*                        | public-tenants",
        "public-tenants | acme,,b                       | public-tenants",
        "public-tenants | ../acme                       | public-tenants",
        "assets-bucket | no bucket                      | a bucket's name",
        "domain       | img.example.com                 | domain and certificate go together",
        "certificate  | arn:aws:acm:eu-central-1:111122223333:certificate/a | us-east-1",
        "memmory      | 1024                            | there is no setting memmory",
      })
  void whatCannotBeUsedIsRefusedInWords(String name, String value, String words) {
    assertThatThrownBy(() -> read(name, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  @Test
  void everyMistakeIsToldAtOnce() {
    assertThatThrownBy(() -> read("memory", "1", "concurrency", "0", "colour", "red"))
        .hasMessageContaining("memory")
        .hasMessageContaining("concurrency")
        .hasMessageContaining("colour");
  }

  @Test
  void recipesThatDoNotFitIntoTheVariablesOfAFunctionAreRefused() {
    StringBuilder many = new StringBuilder("r0=jpeg");
    for (int i = 1; i < 200; i++) {
      many.append(";r").append(i).append("=cover:800x600,jpeg:80");
    }
    assertThatThrownBy(() -> read("recipes", many.toString())).hasMessageContaining("3000 bytes");
  }

  @Test
  void tenantsAreTakenOnceAndMayBeNone() {
    assertThat(read("public-tenants", "b, a,b").publicTenants()).isEqualTo(List.of("a", "b"));
    assertThat(read("public-tenants", "").publicTenants()).isEmpty();
  }

  @Test
  void tooManyPublicTenantsAreRefused() {
    StringBuilder many = new StringBuilder("t0");
    for (int i = 1; i < 24; i++) {
      many.append(",t").append(i);
    }
    assertThatThrownBy(() -> read("public-tenants", many.toString()))
        .hasMessageContaining("at most 23, were 24");
  }
}
