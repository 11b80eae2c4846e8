package dev.rendition.lambda.emulator;

/**
 * An event nobody could process, as Lambda sends it to a dead-letter queue: the event itself, and
 * three message attributes.
 *
 * @param requestId the attribute {@code RequestID}
 * @param errorCode the attribute {@code ErrorCode}: the HTTP status of the last attempt
 * @param errorMessage the attribute {@code ErrorMessage}: the first 1 KB of the error
 * @param event the body: the event as it was sent
 */
public record DeadLetter(String requestId, int errorCode, String errorMessage, String event) {}
