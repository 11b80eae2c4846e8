package dev.rendition.lambda.emulator;

import java.util.Optional;

/**
 * A refusal of the service itself, with the status, type and message the SDKs turn into their
 * exceptions.
 */
final class ServiceError extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;
  private final String reason;

  private ServiceError(int status, String type, String reason, String message) {
    super(message);
    this.status = status;
    this.type = type;
    this.reason = reason;
  }

  static ServiceError of(int status, String type, String message) {
    return new ServiceError(status, type, "", message);
  }

  static ServiceError notFound(String arn) {
    return of(404, "ResourceNotFoundException", "Function not found: " + arn);
  }

  static ServiceError throttled(String reason) {
    return new ServiceError(429, "TooManyRequestsException", reason, "Rate Exceeded.");
  }

  static ServiceError tooLarge(int limit) {
    return of(
        413,
        "RequestTooLargeException",
        "Request must be smaller than " + limit + " bytes for the InvokeFunction operation");
  }

  static ServiceError invalid(String message) {
    return of(400, "InvalidParameterValueException", message);
  }

  static ServiceError broken(String message) {
    return of(500, "ServiceException", message);
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }

  /** Returns why a request was throttled; empty for every other error. */
  Optional<String> reason() {
    return reason.isEmpty() ? Optional.empty() : Optional.of(reason);
  }

  boolean throttling() {
    return status == 429;
  }

  String body() {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("Type", status < 500 ? "User" : "Service");
          json.writeStringField("message", getMessage());
          if (!reason.isEmpty()) {
            json.writeStringField("Reason", reason);
          }
          json.writeEndObject();
        });
  }
}
