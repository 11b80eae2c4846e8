package dev.rendition.lambda.function;

import dev.rendition.generate.FailureReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object of somebody else's. What is absent, or of another kind than asked for, reads as
 * empty; only what is required is refused.
 *
 * @param members by name, as {@link Json} reads them
 */
record JsonObject(Map<String, Object> members) {
  private static final JsonObject EMPTY = new JsonObject(Map.of());

  boolean has(String name) {
    return members.containsKey(name);
  }

  /** Returns a string. */
  Optional<String> text(String name) {
    return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** Returns a string, or a number or boolean as it was written; an empty text if absent. */
  String textOrEmpty(String name) {
    return members.get(name) instanceof Json.Scalar scalar ? scalar.text() : text(name).orElse("");
  }

  /**
   * Returns a string that is there and not empty.
   *
   * @param where names this object in the message
   * @throws EventRefusedException if it is not
   */
  String requireText(String name, String where) {
    return text(name)
        .filter(text -> !text.isEmpty())
        .orElseThrow(
            () ->
                new EventRefusedException(
                    FailureReason.REQUEST_INVALID, where + " has no text \"" + name + "\""));
  }

  /** Returns an object, an empty one if absent. */
  JsonObject object(String name) {
    return members.get(name) instanceof JsonObject object ? object : EMPTY;
  }

  /** Returns an array's items, none if absent. */
  List<?> array(String name) {
    return members.get(name) instanceof List<?> list ? list : List.of();
  }
}
