package dev.rendition.deliver;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes and reads the dates of HTTP headers (RFC 9110, section 5.6.7). */
final class HttpDate {
  private static final DateTimeFormatter FIXED =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** All three forms a recipient accepts; the day of the week is not compared. */
  private static final List<DateTimeFormatter> FORMS =
      List.of(
          form("dd MMM yyyy HH:mm:ss 'GMT'"),
          new DateTimeFormatterBuilder()
              .appendPattern("dd-MMM-")
              .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
              .appendPattern(" HH:mm:ss 'GMT'")
              .toFormatter(Locale.ENGLISH),
          form("MMM ppd HH:mm:ss yyyy"));

  private HttpDate() {}

  static String print(Instant moment) {
    return FIXED.format(moment);
  }

  /** Reads a date; empty if it is none, which HTTP treats as if there were no header. */
  static Optional<Instant> parse(String text) {
    int space = text.indexOf(' ');
    if (space < 0 || text.length() > 40) {
      return Optional.empty();
    }
    String rest = text.substring(space + 1);
    return FORMS.stream().flatMap(form -> parse(rest, form).stream()).findFirst();
  }

  private static Optional<Instant> parse(String text, DateTimeFormatter form) {
    try {
      return Optional.of(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty(); // one of the others, or none
    }
  }

  private static DateTimeFormatter form(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }
}
