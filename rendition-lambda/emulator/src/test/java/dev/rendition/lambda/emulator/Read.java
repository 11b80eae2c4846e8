package dev.rendition.lambda.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads JSON objects as maps that assertions understand. */
final class Read {
  private Read() {}

  static Map<String, Object> object(String json) throws IOException {
    return object(json.getBytes(StandardCharsets.UTF_8));
  }

  static Map<String, Object> object(byte[] json) throws IOException {
    return map(Json.read(json));
  }

  static Map<String, Object> field(Map<String, Object> object, String name) {
    return map(object.get(name));
  }

  static Map<String, Object> map(Object value) {
    assertThat(value).isInstanceOf(Map.class);
    Map<String, Object> map = new LinkedHashMap<>();
    ((Map<?, ?>) value).forEach((key, each) -> map.put(String.valueOf(key), each));
    return map;
  }
}
