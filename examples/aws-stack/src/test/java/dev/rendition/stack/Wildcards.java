package dev.rendition.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds what a policy says of everything or everybody. */
final class Wildcards {
  private Wildcards() {}

  /** Returns one sentence for each asterisk that stands for all actions, resources or callers. */
  static Set<String> in(JsonNode template) {
    Set<String> found = new TreeSet<>();
    template
        .get("Resources")
        .properties()
        .forEach(
            resource -> {
              String type = resource.getValue().get("Type").asText();
              for (JsonNode statement : statements(resource.getValue())) {
                String start = type + ": " + statement.path("Effect").asText() + " ";
                for (String part : List.of("Action", "NotAction")) {
                  texts(statement.path(part)).stream()
                      .filter(action -> action.contains("*"))
                      .forEach(action -> found.add(start + part + " " + action));
                }
                for (String part :
                    List.of("Resource", "NotResource", "Principal", "NotPrincipal")) {
                  texts(statement.path(part)).stream()
                      .filter(text -> text.equals("*"))
                      .forEach(text -> found.add(start + part + " " + text));
                }
              }
            });
    return found;
  }

  /** Returns every statement of every policy below a node. */
  static List<JsonNode> statements(JsonNode node) {
    List<JsonNode> found = new ArrayList<>();
    node.path("Statement").forEach(found::add);
    node.forEach(child -> found.addAll(statements(child)));
    return found;
  }

  /** Returns the texts of a value, of a list of values, or of the values of a map. */
  static List<String> texts(JsonNode node) {
    if (node.isTextual()) {
      return List.of(node.asText());
    }
    List<String> found = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(child -> found.addAll(texts(child)));
    } else {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        // What a function of CloudFormation joins is a name with something before it.
        if (!entry.getKey().startsWith("Fn::") && !entry.getKey().equals("Ref")) {
          found.addAll(texts(entry.getValue()));
        }
      }
    }
    return found;
  }
}
