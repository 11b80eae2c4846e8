package dev.rendition.lambda.emulator;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a caller names a function: by name, partial or full resource name, each with or without a
 * qualifier. The pattern is that of the AWS Lambda API reference, Invoke, FunctionName.
 *
 * @param name the function's name
 * @param qualifier a version or an alias, if one is named
 */
record FunctionReference(String name, Optional<String> qualifier) {
  private static final int MAX_LENGTH = 170;
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?:arn:aws[a-zA-Z-]*:lambda:[a-z]{2}(?:-[a-z]+)+-\\d:)?(?:\\d{12}:)?(?:function:)?"
              + "([a-zA-Z0-9-_]{1,64})(?::(\\$LATEST|[a-zA-Z0-9-_]{1,128}))?");
  private static final Pattern QUALIFIER = Pattern.compile("\\$LATEST|[a-zA-Z0-9-_]{1,128}");

  /**
   * Reads a reference.
   *
   * @param text the function as the path names it
   * @param query the qualifier of the query, if there is one
   * @throws ServiceError if either is not acceptable, or both name different qualifiers
   */
  static FunctionReference of(String text, Optional<String> query) {
    Matcher matcher = REFERENCE.matcher(text);
    if (text.length() > MAX_LENGTH || !matcher.matches()) {
      throw ServiceError.of(
          400,
          "ValidationException",
          "Value at 'functionName' failed to satisfy constraint " + REFERENCE);
    }
    if (query.isPresent() && !QUALIFIER.matcher(query.get()).matches()) {
      throw ServiceError.of(
          400,
          "ValidationException",
          "Value at 'qualifier' failed to satisfy constraint " + QUALIFIER);
    }
    Optional<String> own = Optional.ofNullable(matcher.group(2));
    if (own.isPresent() && query.isPresent() && !own.equals(query)) {
      throw ServiceError.invalid(
          "The derived qualifier from the function name does not match the specified qualifier.");
    }
    return new FunctionReference(matcher.group(1), own.or(() -> query));
  }
}
