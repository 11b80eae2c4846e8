package dev.rendition.lambda.emulator;

import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * What all functions of an emulator share.
 *
 * @param region the region's name
 * @param account the twelve digits of the account
 * @param accessKey the key of the role the functions run under
 * @param secretKey its secret
 * @param maxEnvironments how many processes may be there at a time
 * @param idleExpiry how long a process waits for work before it is ended
 * @param initTimeout how long a process may take until it asks for work
 * @param requestTimeout how long a caller may take to send a body
 * @param timeScale what waiting times of queues are multiplied with
 * @param logs told of everything a function logs, by function name
 */
record Settings(
    String region,
    String account,
    String accessKey,
    String secretKey,
    int maxEnvironments,
    Duration idleExpiry,
    Duration initTimeout,
    Duration requestTimeout,
    double timeScale,
    BiConsumer<String, String> logs) {

  String arn(String function) {
    return "arn:aws:lambda:" + region + ":" + account + ":function:" + function;
  }

  /** Returns how long a time of the service takes here, at least a millisecond. */
  Duration scaled(Duration real) {
    return Duration.ofMillis(Math.max(1, Math.round(real.toMillis() * timeScale)));
  }

  @Override
  public String toString() {
    return "Settings[region=" + region + ", account=" + account + ", the rest is not shown]";
  }
}
