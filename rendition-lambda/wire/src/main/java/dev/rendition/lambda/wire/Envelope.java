package dev.rendition.lambda.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.function.Supplier;

/** What all messages have in common: the version and the kind. */
final class Envelope {
  private static final String KIND = "kind";

  private Envelope() {}

  static void begin(JsonGenerator json, String kind) throws IOException {
    json.writeStartObject();
    json.writeNumberField(WireCodec.VERSION_MEMBER, WireCodec.VERSION);
    json.writeStringField(KIND, kind);
  }

  /**
   * Checks the version and returns the kind.
   *
   * @throws WireVersionException if nobody here speaks the version
   */
  static String kind(Members message) {
    int version = (int) message.number(WireCodec.VERSION_MEMBER, 0, Integer.MAX_VALUE);
    if (!WireCodec.VERSIONS.contains(version)) {
      throw new WireVersionException(version);
    }
    return message.text(KIND);
  }

  static WireException unknown(String kind, String expected) {
    return new WireException(
        "expected " + expected + ", was a message of the kind \"" + Json.shown(kind) + '"');
  }

  /** Makes a value, and tells its refusal as one of the wire. */
  static <T> T value(String place, Supplier<T> value) {
    try {
      return value.get();
    } catch (WireException e) {
      throw e;
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      throw new WireException(place + ": " + Json.bounded(String.valueOf(e.getMessage()), 400), e);
    }
  }
}
