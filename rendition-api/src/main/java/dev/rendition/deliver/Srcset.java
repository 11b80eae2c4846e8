package dev.rendition.deliver;

import static java.util.Objects.requireNonNull;

import dev.rendition.recipe.PixelSize;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The same picture in several widths, for the attribute {@code srcset} (HTML Living Standard,
 * section 4.8.4.2.1). Immutable.
 *
 * @param candidates one for each width, the narrowest first
 */
public record Srcset(List<Candidate> candidates) {
  /**
   * One file a browser may choose.
   *
   * @param address where it is
   * @param width its real width in pixels, 1 to {@link PixelSize#MAX}
   */
  public record Candidate(URI address, int width) {
    public Candidate {
      requireNonNull(address, "address");
      if (width < 1 || width > PixelSize.MAX) {
        throw new IllegalArgumentException(
            "a width is 1.." + PixelSize.MAX + " pixels, was " + width);
      }
    }
  }

  public Srcset {
    List<Candidate> sorted = new ArrayList<>(candidates);
    sorted.sort(Comparator.comparingInt(Candidate::width));
    // Of two files of one width, which happens to pictures smaller than the page wants, one is
    // enough.
    List<Candidate> distinct = new ArrayList<>();
    for (Candidate candidate : sorted) {
      if (distinct.isEmpty() || distinct.get(distinct.size() - 1).width() != candidate.width()) {
        distinct.add(candidate);
      }
    }
    candidates = List.copyOf(distinct);
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("a srcset has one candidate or more");
    }
  }

  /** Returns a set of candidates. */
  public static Srcset of(Candidate... candidates) {
    return new Srcset(List.of(candidates));
  }

  /** Returns the candidate for browsers that know no sets: the widest. */
  public Candidate widest() {
    return candidates.get(candidates.size() - 1);
  }

  /** Returns the attribute's value, not yet escaped for HTML: see {@link Picture#escape}. */
  @Override
  public String toString() {
    return candidates.stream()
        .map(candidate -> text(candidate.address()) + " " + candidate.width() + "w")
        .collect(Collectors.joining(", "));
  }

  /** A comma at either end of an address would end the candidate there. */
  private static String text(URI address) {
    String text = address.toASCIIString();
    int from = 0;
    while (from < text.length() && text.charAt(from) == ',') {
      from++;
    }
    int to = text.length();
    while (to > from && text.charAt(to - 1) == ',') {
      to--;
    }
    return "%2C".repeat(from) + text.substring(from, to) + "%2C".repeat(text.length() - to);
  }
}
