package dev.rendition.deliver;

import static java.util.Objects.requireNonNull;

import dev.rendition.recipe.PixelSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the HTML element {@code picture} says: other sources for some screens or formats, and the
 * picture for everybody else. Values; use them in whatever writes your pages, or {@link #html()}.
 *
 * @param sources asked in order, the first that fits is shown; may be empty
 * @param set the files of the picture itself
 * @param sizes how wide it is shown, such as {@code (max-width: 600px) 100vw, 50vw}
 * @param size its width and height, so that the page does not jump when it arrives
 * @param alt what it shows, in words; empty for decoration
 * @param placeholder a data address shown until it arrives, or empty
 */
public record Picture(
    List<Source> sources,
    Srcset set,
    String sizes,
    PixelSize size,
    String alt,
    String placeholder) {
  /**
   * Files for some screens or formats only.
   *
   * @param set the files
   * @param mediaType what they are, such as {@code image/webp}; empty for any
   * @param media the screens they are for, such as {@code (max-width: 600px)}; empty for all
   * @param sizes how wide the picture is shown there
   */
  public record Source(Srcset set, String mediaType, String media, String sizes) {
    public Source {
      requireNonNull(set, "set");
      requireNonNull(mediaType, "mediaType");
      requireNonNull(media, "media");
      requireNonNull(sizes, "sizes");
    }

    /** Returns the attributes in order, their values not escaped; empty ones are left out. */
    public Map<String, String> attributes() {
      Map<String, String> attributes = new LinkedHashMap<>();
      put(attributes, "type", mediaType);
      put(attributes, "media", media);
      put(attributes, "srcset", set.toString());
      put(attributes, "sizes", sizes);
      return attributes;
    }
  }

  public Picture {
    sources = List.copyOf(sources);
    requireNonNull(set, "set");
    requireNonNull(sizes, "sizes");
    requireNonNull(size, "size");
    requireNonNull(alt, "alt");
    requireNonNull(placeholder, "placeholder");
    if (!placeholder.matches("|data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+")) {
      throw new IllegalArgumentException(
          "a placeholder is a data address of a picture in base64, had "
              + placeholder.length()
              + " characters");
    }
  }

  /** Returns a picture without other sources and without placeholder. */
  public static Picture of(Srcset set, String sizes, PixelSize size, String alt) {
    return new Picture(List.of(), set, sizes, size, alt, "");
  }

  /** Returns the attributes of the element {@code img}, their values not escaped. */
  public Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("src", set.widest().address().toASCIIString());
    attributes.put("srcset", set.toString());
    put(attributes, "sizes", sizes);
    attributes.put("width", Integer.toString(size.width()));
    attributes.put("height", Integer.toString(size.height()));
    attributes.put("alt", alt);
    attributes.put("loading", "lazy");
    attributes.put("decoding", "async");
    if (!placeholder.isEmpty()) {
      attributes.put("style", "background:url(" + placeholder + ") center/cover no-repeat");
    }
    return attributes;
  }

  /** Returns the element, escaped. */
  public String html() {
    StringBuilder html = new StringBuilder();
    if (!sources.isEmpty()) {
      html.append("<picture>");
      sources.forEach(source -> element(html, "source", source.attributes()));
    }
    element(html, "img", attributes());
    return sources.isEmpty() ? html.toString() : html.append("</picture>").toString();
  }

  /**
   * Escapes a text for an attribute between double quotation marks, or for an element's content.
   */
  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        case '\0' -> escaped.append('\uFFFD');
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static void element(StringBuilder html, String name, Map<String, String> attributes) {
    html.append('<').append(name);
    attributes.forEach(
        (attribute, value) ->
            html.append(' ').append(attribute).append("=\"").append(escape(value)).append('"'));
    html.append('>');
  }

  private static void put(Map<String, String> attributes, String name, String value) {
    if (!value.isEmpty()) {
      attributes.put(name, value);
    }
  }
}
