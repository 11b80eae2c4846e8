package dev.rendition.lambda.function;

/**
 * What somebody asks for over HTTP, as far as it matters here.
 *
 * @param method upper case as sent, of hostile origin
 * @param path percent-decoded, of hostile origin
 * @param ifNoneMatch the header of that name (RFC 9110, section 13.1.2); empty if absent
 */
record HttpCall(String method, String path, String ifNoneMatch) {
  private static final int MAX_TAGS = 4_000;

  boolean isHead() {
    return method.equals("HEAD");
  }

  boolean isConditional() {
    return !ifNoneMatch.isEmpty();
  }

  /** Returns whether the caller has what an entity tag stands for (weak comparison). */
  boolean has(String tag) {
    if (ifNoneMatch.length() > MAX_TAGS) {
      return false;
    }
    for (String each : ifNoneMatch.split(",", -1)) {
      String candidate = each.strip();
      if (candidate.equals("*") || candidate.equals(tag) || candidate.equals("W/" + tag)) {
        return true;
      }
    }
    return false;
  }
}
