package dev.rendition.deliver;

import dev.rendition.asset.AssetInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Decides whether a client already has what it asks for (RFC 9110, section 13). */
final class Preconditions {
  private Preconditions() {}

  /** Returns the strong entity tag of bytes: their version between quotation marks. */
  static String tag(AssetInfo info) {
    return '"' + info.version() + '"';
  }

  /** Returns whether the answer is 304. A list of tags, if there is one, decides alone. */
  static boolean unchanged(HttpQuestion question, AssetInfo info) {
    if (question.headers().containsKey("if-none-match")) {
      return matches(question.header("if-none-match"), tag(info));
    }
    Optional<Instant> since = HttpDate.parse(question.header("if-modified-since"));
    return since.isPresent()
        && !info.modified().truncatedTo(ChronoUnit.SECONDS).isAfter(since.get());
  }

  /** Compares weakly, as If-None-Match does: {@code W/} in front counts for nothing. */
  private static boolean matches(String tags, String tag) {
    if (tags.strip().equals("*")) {
      return true;
    }
    int from = 0;
    while (from < tags.length()) {
      int open = tags.indexOf('"', from);
      int close = open < 0 ? -1 : tags.indexOf('"', open + 1);
      if (close < 0) {
        return false;
      }
      if (tags.regionMatches(open, tag, 0, tag.length()) && close - open + 1 == tag.length()) {
        return true;
      }
      from = close + 1;
    }
    return false;
  }
}
