package dev.rendition.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds the whole templates against what somebody has read and agreed to. After a change that is
 * meant: run once with {@code -Dgolden=renew}, which writes the files and fails, and read the
 * difference.
 */
class GoldenTemplateTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

  @Test
  void theRegionalTemplateIsTheOneThatWasAgreedTo() throws IOException {
    compare("rendition.json", Synthesis.DEFAULT.regionalJson());
  }

  @Test
  void theEdgeTemplateIsTheOneThatWasAgreedTo() throws IOException {
    compare("rendition-edge.json", Synthesis.DEFAULT.edgeJson());
  }

  private static void compare(String name, JsonNode template) throws IOException {
    Path golden = FOLDER.resolve(name);
    if (System.getProperty("golden", "").equals("renew")) {
      Files.createDirectories(FOLDER);
      Files.writeString(golden, text(template));
      fail("%s is renewed: read the difference, and run without -Dgolden=renew", golden);
    }
    assertThat(text(template)).isEqualTo(Files.readString(golden));
  }

  /** Returns the text of a template without what follows from the bytes of the zip. */
  private static String text(JsonNode template) throws JsonProcessingException {
    ObjectMapper sorting =
        new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    return sorting
            .writeValueAsString(sorting.treeToValue(template, Object.class))
            .replaceAll("\\b[0-9a-f]{64}\\b", "HASH-OF-THE-ZIP")
            .replaceAll("(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}", "$1HASH")
            .replace("\r\n", "\n")
        + "\n";
  }
}
