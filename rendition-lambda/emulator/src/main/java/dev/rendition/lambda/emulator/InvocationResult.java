package dev.rendition.lambda.emulator;

import java.util.Optional;

/**
 * What came of an invocation that the function was started for.
 *
 * @param requestId the id the function saw too
 * @param executedVersion the version that answered
 * @param payload what the function returned, or the error as JSON text
 * @param functionError {@code Unhandled} if the function failed
 * @param logTail the last 4 KB of what was logged
 * @param statistics what it took
 */
public record InvocationResult(
    String requestId,
    String executedVersion,
    String payload,
    Optional<String> functionError,
    String logTail,
    InvocationStatistics statistics) {}
