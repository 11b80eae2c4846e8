package dev.rendition.lambda.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.config.ConfigException;
import dev.rendition.config.ConfigKey;
import dev.rendition.deliver.HttpQuestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of the environment: what opens, and how mistakes are told. */
class FunctionSetupTest {
  private static final long HEAP = 1L << 30;

  private static Map<String, String> variables() {
    return new TreeMap<>(
        Map.of(
            "PATH", "/usr/bin",
            "RENDITION_ORIGINALS", "memory:",
            "RENDITION_RENDITIONS", "memory:",
            "RENDITION_RECIPE_CARD", "cover:80x60,jpeg"));
  }

  @Test
  void theSameKeysAsTheLibrarysOpenTheFunction() throws IOException {
    Map<String, String> variables = variables();
    variables.put("RENDITION_FUNCTION_RECIPES", "card");
    variables.put("RENDITION_FUNCTION_NOT_FOUND_PICTURE", "acme/404.png");
    try (FunctionParts parts = FunctionSetup.open(variables, HEAP, Clock.systemUTC())) {
      assertThat(parts.renditions().recipes().names()).containsExactly("card");
    }
  }

  @Test
  void deliveryIsSetUpByTheKeysOfTheLibraryAndAddressesAreKeys() throws IOException {
    Map<String, String> variables = variables();
    variables.put("RENDITION_DELIVERY_BASE", "/img/");
    try (FunctionParts parts = FunctionSetup.open(variables, HEAP, Clock.systemUTC())) {
      assertThat(status(parts, "/img/acme/a.jpg/card-0123456789abcdef.jpg")).isEqualTo(404);
      AssetInfo original =
          parts
              .renditions()
              .originalStore()
              .put(
                  AssetKey.parse("acme/a.jpg"),
                  AssetSource.ofBytes(Stage.picture(0), "image/jpeg"));
      AssetKey target =
          parts.renditions().target(original, parts.renditions().recipes("card").get(0));
      assertThat(status(parts, "/img/" + target)).as("nothing is remembered").isEqualTo(200);
      assertThat(status(parts, "/" + target)).isEqualTo(404);
    }
    variables.put("RENDITION_DELIVERY_ADDRESSES", "recipe");
    try (FunctionParts parts = FunctionSetup.open(variables, HEAP, Clock.systemUTC())) {
      parts
          .renditions()
          .originalStore()
          .put(AssetKey.parse("acme/a.jpg"), AssetSource.ofBytes(Stage.picture(0), "image/jpeg"));
      assertThat(status(parts, "/img/card/acme/a.jpg")).isEqualTo(200);
    }
  }

  private static int status(FunctionParts parts, String path) {
    return Shot.of(parts.delivery().answer(new HttpQuestion("GET", path, Map.of()))).status();
  }

  @Test
  void aRecipeThatCanHaveNoAddressIsAMistake() {
    Map<String, String> variables = variables();
    variables.put("RENDITION_RECIPE_SIGNED", "fit:10,png");
    assertThatThrownBy(() -> FunctionSetup.open(variables, HEAP, Clock.systemUTC()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("\"signed\"");
  }

  @Test
  void everyMistakeIsToldOnOneLine() {
    Map<String, String> variables = variables();
    variables.put("RENDITION_RECIPE_CARD", "cover:0x0");
    variables.put("RENDITION_FUNCTION_MARGIN", "soon");
    variables.put("RENDITION_FUNCTION_TENANTS", "acme,../x");
    variables.put("RENDITION_DELIVERY_BASE", "img");
    variables.put("RENDITION_FUNCTION_ERROR_PICTURE", "picture");
    variables.put("RENDITION_WORKER_CONCURENCY", "4");
    variables.put("RENDITION_LAYOUT", "heap\nof things");
    variables.put("RENDITION_GENERATOR", "sharp");
    assertThatThrownBy(() -> FunctionSetup.open(variables, HEAP, Clock.systemUTC()))
        .isInstanceOf(ConfigException.class)
        .message()
        .contains(
            "rendition.recipe.card",
            "rendition.function.margin",
            "rendition.function.tenants",
            "rendition.delivery",
            "rendition.function.error-picture",
            "RENDITION_WORKER_CONCURENCY",
            "RENDITION_WORKER_CONCURRENCY",
            "rendition.layout",
            "rendition.generator")
        .doesNotContain("\n");
  }

  @Test
  void aRecipeForEventsThatIsNotInTheBookIsAMistake() {
    Map<String, String> variables = variables();
    variables.put("RENDITION_FUNCTION_RECIPES", "card, poster");
    assertThatThrownBy(() -> FunctionSetup.open(variables, HEAP, Clock.systemUTC()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("rendition.function.recipes")
        .hasMessageContaining("poster");
  }

  @Test
  void secretsAreInNoMessage() {
    Map<String, String> variables = variables();
    variables.put("RENDITION_S3_SECRET_KEY", "hunter2");
    variables.put("RENDITION_ORIGINALS", "s3://b!");
    assertThatThrownBy(() -> FunctionSetup.open(variables, HEAP, Clock.systemUTC()))
        .isInstanceOf(ConfigException.class)
        .message()
        .doesNotContain("hunter2");
  }

  /** 60 percent of the heap, or of 85 percent of the memory size, whichever is less. */
  @ParameterizedTest
  @CsvSource({
    "512, 1073741824, 273804165",
    "2048, 1073741824, 644245094",
    "'', 1073741824, 644245094",
    "512, 134217728, 80530636",
    "128, 1073741824, 68451040",
    "512, 1048576, 33554432",
    "many, 1073741824, 644245094"
  })
  void theMemoryBudgetFollowsTheFunctionsMemory(String megabytes, long heap, long budget) {
    assertThat(FunctionSetup.budget(Map.of("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", megabytes), heap))
        .isEqualTo(budget);
  }

  @Test
  void theTableOfTheDocumentIsThatOfTheCode() throws IOException {
    List<String> documented =
        Files.readAllLines(Path.of("..", "..", "docs", "function.md")).stream()
            .filter(line -> line.startsWith("| `RENDITION_"))
            .toList();
    assertThat(documented)
        .containsExactlyElementsOf(FunctionKeys.ALL.stream().map(FunctionSetupTest::row).toList());
  }

  private static String row(ConfigKey<?> key) {
    return String.format(
        "| `%s` | %s | %s | %s |",
        key.environmentName(),
        key.fallback().isEmpty() ? "" : "`" + key.fallback() + "`",
        key.kind(),
        key.description());
  }
}
