package dev.rendition.dam;

import static dev.rendition.deliver.Picture.escape;

import dev.rendition.deliver.HttpAnswer;
import dev.rendition.deliver.Picture;
import dev.rendition.deliver.Srcset;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.recipe.PixelSize;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the pages. Every text goes through {@link Picture#escape}. */
final class Pages {
  /** Nothing runs and nothing is loaded but what the demo brings along, wherever pictures lie. */
  private static final String POLICY =
      "default-src 'none'; img-src 'self' data: http: https:; style-src 'self' 'unsafe-inline';"
          + " script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private final DamSettings settings;
  private final Addresses addresses;

  Pages(DamSettings settings, Addresses addresses) {
    this.settings = settings;
    this.addresses = addresses;
  }

  /** Returns the list of pictures. */
  HttpAnswer list(List<Shown> pictures) {
    StringBuilder html = new StringBuilder();
    html.append("<h1>Pictures</h1><form id=\"upload\"><label>Upload pictures ")
        .append("<input id=\"files\" type=\"file\" multiple required></label>")
        .append("<button>Upload</button><output id=\"said\"></output></form><ul class=\"list\">");
    for (Shown shown : pictures) {
      html.append("<li><a href=\"")
          .append(escape(Addresses.path("/asset/", shown.path())))
          .append("\">");
      RenditionOutcome.Stored card = shown.made().get(settings.card());
      if (card != null) {
        Srcset.Candidate file = candidate(shown, card);
        html.append(
            new Picture(
                    List.of(),
                    Srcset.of(file),
                    "240px",
                    card.size(),
                    shown.path(),
                    shown.placeholder())
                .html());
      }
      html.append("<span>").append(escape(shown.path())).append("</span></a></li>");
    }
    html.append("</ul>");
    if (pictures.isEmpty()) {
      html.append("<p>There are none yet.</p>");
    }
    return page(200, "Pictures", html);
  }

  /** Returns the page of one picture. */
  HttpAnswer one(Shown shown) {
    StringBuilder html = new StringBuilder();
    html.append("<p><a href=\"/\">All pictures</a></p><h1>")
        .append(escape(shown.path()))
        .append("</h1>");
    large(html, shown);
    for (String problem : shown.problems()) {
      html.append("<p class=\"problem\">").append(escape(problem)).append("</p>");
    }
    links(html, shown);
    focus(html, shown);
    html.append("<form method=\"post\" action=\"")
        .append(escape(Addresses.path("/delete/", shown.path())))
        .append("\"><button id=\"delete\">Delete</button></form>");
    return page(200, shown.path(), html);
  }

  HttpAnswer absent() {
    return page(
        404,
        "Not found",
        new StringBuilder("<h1>There is no such picture</h1><p><a href=\"/\">All pictures</a>"));
  }

  /** Narrow screens get the card, cut around the focal point; others what fits of the ladder. */
  private void large(StringBuilder html, Shown shown) {
    List<Srcset.Candidate> files = new ArrayList<>();
    PixelSize size = PixelSize.of(1, 1);
    for (String name : settings.page()) {
      RenditionOutcome.Stored made = shown.made().get(name);
      if (made != null) {
        files.add(candidate(shown, made));
        size = made.size();
      }
    }
    if (files.isEmpty()) {
      return;
    }
    List<Picture.Source> sources = new ArrayList<>();
    RenditionOutcome.Stored card = shown.made().get(settings.card());
    if (card != null) {
      sources.add(
          new Picture.Source(Srcset.of(candidate(shown, card)), "", "(max-width: 500px)", "100vw"));
    }
    html.append(
        new Picture(sources, new Srcset(files), "90vw", size, shown.path(), shown.placeholder())
            .html());
  }

  private void links(StringBuilder html, Shown shown) {
    html.append("<h2>Renditions</h2><ul>");
    for (Map.Entry<String, RenditionOutcome.Stored> entry : shown.made().entrySet()) {
      RenditionOutcome.Stored made = entry.getValue();
      boolean hidden = settings.hidden().contains(entry.getKey());
      URI link = hidden ? addresses.privately(made) : addresses.publicly(shown, made);
      html.append("<li><a class=\"")
          .append(hidden ? "private" : "public")
          .append("\" href=\"")
          .append(escape(link.toASCIIString()))
          .append("\">")
          .append(escape(entry.getKey()))
          .append("</a> ")
          .append(made.size())
          .append(", ")
          .append(escape(made.mediaType()))
          .append(", ")
          .append(made.bytes())
          .append(" bytes");
      if (hidden) {
        html.append(" (private: the link holds for ")
            .append(settings.linkValidity().toMinutes())
            .append(" minutes)");
      }
      html.append("</li>");
    }
    html.append("</ul>");
  }

  /** A click on a picture that is a button tells where; no script is needed. */
  private void focus(StringBuilder html, Shown shown) {
    RenditionOutcome.Stored small = shown.made().get(settings.page().get(0));
    if (small == null) {
      return;
    }
    html.append(
            "<h2>What matters</h2><p>Click on it: it stays in sight where pictures are cut.</p>")
        .append("<form method=\"post\" action=\"")
        .append(escape(Addresses.path("/focus/", shown.path())))
        .append("\"><input type=\"hidden\" name=\"w\" value=\"")
        .append(small.size().width())
        .append("\"><input type=\"hidden\" name=\"h\" value=\"")
        .append(small.size().height())
        .append("\"><input id=\"focus\" type=\"image\" name=\"p\" alt=\"what matters\" width=\"")
        .append(small.size().width())
        .append("\" height=\"")
        .append(small.size().height())
        .append("\" src=\"")
        .append(escape(addresses.publicly(shown, small).toASCIIString()))
        .append("\"></form>");
  }

  private Srcset.Candidate candidate(Shown shown, RenditionOutcome.Stored made) {
    return new Srcset.Candidate(addresses.publicly(shown, made), made.size().width());
  }

  private static HttpAnswer page(int status, String title, StringBuilder body) {
    return Answers.of(
        status,
        "text/html; charset=utf-8",
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>"
            + escape(title)
            + "</title><meta name=\"viewport\" content=\"width=device-width\"><link rel=\"icon\" href=\"data:,\">"
            + "<link rel=\"stylesheet\" href=\"/dam.css\"><script src=\"/dam.js\" defer></script>"
            + "</head><body>"
            + body
            + "</body></html>",
        Map.of("Content-Security-Policy", POLICY));
  }
}
