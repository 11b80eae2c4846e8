package dev.rendition.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/** What the stacks become, without a network, an account or the CDK's command line. */
record Synthesis(Template regional, Template edge) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As installed without any setting. Made once for all tests: it takes seconds. */
  static final Synthesis DEFAULT = of(Map.of());

  /** Describes and writes both stacks. */
  static Synthesis of(Map<String, String> settings) {
    try {
      Path folder = Files.createDirectories(Path.of("target", "synthesis"));
      Map<String, String> all = new HashMap<>(Map.of("zip", placeholder(folder).toString()));
      all.putAll(settings);
      App app = Main.app(Files.createTempDirectory(folder, "out").toString());
      List<Stack> stacks = Main.describe(app, StackSettings.of(all));
      return new Synthesis(Template.fromStack(stacks.get(0)), Template.fromStack(stacks.get(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode regionalJson() {
    return JSON.valueToTree(regional.toJSON());
  }

  JsonNode edgeJson() {
    return JSON.valueToTree(edge.toJSON());
  }

  /** Returns the resources of a type by their logical ids. */
  static Map<String, JsonNode> ofType(JsonNode template, String type) {
    return template.get("Resources").properties().stream()
        .filter(resource -> resource.getValue().get("Type").asText().equals(type))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Returns the only resource of a type. */
  static JsonNode only(JsonNode template, String type) {
    Map<String, JsonNode> found = ofType(template, type);
    if (found.size() != 1) {
      throw new AssertionError("expected one " + type + ", found " + found.keySet());
    }
    return found.values().iterator().next();
  }

  private static Path placeholder(Path folder) throws IOException {
    Path zip = folder.resolve("function.zip");
    if (!Files.exists(zip)) {
      try (OutputStream out = Files.newOutputStream(zip);
          ZipOutputStream entries = new ZipOutputStream(out)) {
        ZipEntry nothing = new ZipEntry("nothing");
        nothing.setTime(0);
        entries.putNextEntry(nothing);
        entries.closeEntry();
      }
    }
    return zip;
  }
}
