package dev.rendition.lambda.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The members of one JSON object, read with what is expected of them. A member that is {@code null}
 * counts as absent. Names of members in messages tell the way from the outermost object.
 */
final class Members {
  private final String path;
  private final Map<String, Object> values;

  private Members(String path, Map<String, Object> values) {
    this.path = path;
    this.values = values;
  }

  static Members of(Map<String, Object> message) {
    return new Members("", message);
  }

  /** Returns a text that has to be there. */
  String text(String name) {
    return optionalText(name).orElseThrow(() -> missing(name));
  }

  /** Returns a text, or another where there is none. */
  Optional<String> optionalText(String name) {
    return value(name)
        .map(
            value -> {
              if (value instanceof String text) {
                return text;
              }
              throw wrong(name, "a text", value);
            });
  }

  /** Returns a whole number that has to be there and within bounds. */
  long number(String name, long least, long most) {
    Object value = value(name).orElseThrow(() -> missing(name));
    if (value instanceof Long number && number >= least && number <= most) {
      return number;
    }
    throw wrong(name, "a whole number " + least + ".." + most, value);
  }

  /** Returns a number that has to be there. */
  double decimal(String name) {
    Object value = value(name).orElseThrow(() -> missing(name));
    if (value instanceof Long || value instanceof Double) {
      return ((Number) value).doubleValue();
    }
    throw wrong(name, "a number", value);
  }

  /** Returns a truth that has to be there. */
  boolean truth(String name) {
    return truth(name, value(name).orElseThrow(() -> missing(name)));
  }

  /** Returns a truth, or false where there is none. */
  boolean optionalTruth(String name) {
    return truth(name, value(name).orElse(false));
  }

  private boolean truth(String name, Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw wrong(name, "true or false", value);
  }

  /** Returns an object that has to be there. */
  Members object(String name) {
    return member(name, value(name).orElseThrow(() -> missing(name)));
  }

  /** Returns an object, or nothing where there is none. */
  Optional<Members> optionalObject(String name) {
    return value(name).map(value -> member(name, value));
  }

  /** Returns a list of objects that has to be there and to have 1 to some elements. */
  List<Members> objects(String name, int most) {
    List<?> elements = list(name, value(name).orElseThrow(() -> missing(name)));
    if (elements.isEmpty() || elements.size() > most) {
      throw new WireException(
          path + name + " has 1.." + most + " elements, had " + elements.size());
    }
    List<Members> objects = new ArrayList<>();
    for (Object element : elements) {
      objects.add(member(name + "[" + objects.size() + "]", element));
    }
    return objects;
  }

  /** Returns a list of texts, empty where there is none. */
  List<String> texts(String name, int most) {
    List<String> texts = new ArrayList<>();
    for (Object element : value(name).map(value -> list(name, value)).orElse(List.of())) {
      if (!(element instanceof String text)) {
        throw wrong(name + "[" + texts.size() + "]", "a text", element);
      }
      if (texts.size() < most) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** Returns a list of whole numbers that has to be there, each within bounds. */
  List<Integer> numbers(String name, int least, int most) {
    List<Integer> numbers = new ArrayList<>();
    for (Object element : list(name, value(name).orElseThrow(() -> missing(name)))) {
      if (element instanceof Long number && number >= least && number <= most) {
        numbers.add((int) (long) number);
      } else {
        throw wrong(name + "[" + numbers.size() + "]", "a whole number", element);
      }
    }
    return numbers;
  }

  /** Returns the way to a member, for messages. */
  String at(String name) {
    return path + name;
  }

  @SuppressWarnings("unchecked") // the keys of every map Json makes are texts
  private Members member(String name, Object value) {
    if (value instanceof Map<?, ?> object) {
      return new Members(path + name + ".", (Map<String, Object>) object);
    }
    throw wrong(name, "an object", value);
  }

  private List<?> list(String name, Object value) {
    if (value instanceof List<?> elements) {
      return elements;
    }
    throw wrong(name, "a list", value);
  }

  private Optional<Object> value(String name) {
    Object value = values.getOrDefault(name, Json.NULL);
    return value.equals(Json.NULL) ? Optional.empty() : Optional.of(value);
  }

  private WireException missing(String name) {
    return new WireException("the member " + path + name + " is missing");
  }

  private WireException wrong(String name, String expected, Object value) {
    String found =
        value instanceof Map
            ? "an object"
            : value instanceof List
                ? "a list"
                : value.equals(Json.NULL) ? "null" : '"' + Json.shown(value.toString()) + '"';
    return new WireException(path + name + " is " + expected + ", was " + found);
  }
}
