package dev.rendition.dam;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.rendition.Renditions;
import dev.rendition.deliver.HttpAnswer;
import dev.rendition.deliver.HttpDelivery;
import dev.rendition.deliver.HttpQuestion;
import dev.rendition.recipe.FocalPoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Leads each request to what answers it. Safe for use by many threads. */
final class Router {
  private static final int MAX_FORM = 1_024;
  private static final Pattern FORM =
      Pattern.compile(
          "w=([1-9][0-9]{0,4})&h=([1-9][0-9]{0,4})&p\\.x=([0-9]{1,5})&p\\.y=([0-9]{1,5})");

  private final DamSettings settings;
  private final Renditions renditions;
  private final PrivateLinks links;
  private final Catalogue catalogue;
  private final Addresses addresses;
  private final Pages pages;
  private final HttpDelivery delivery;

  Router(DamSettings settings, Renditions renditions, PrivateLinks links) {
    this.settings = settings;
    this.renditions = renditions;
    this.links = links;
    this.catalogue = new Catalogue(renditions, settings.tenant());
    this.addresses = new Addresses(renditions, settings);
    this.pages = new Pages(settings, addresses);
    this.delivery = renditions.http();
  }

  void handle(HttpExchange exchange) throws IOException {
    try (exchange;
        HttpAnswer answer = answered(exchange)) {
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      boolean empty = answer.length() == 0 || exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(answer.status(), empty ? -1 : answer.length());
      if (!empty) {
        answer.writeTo(exchange.getResponseBody());
      }
    }
  }

  private HttpAnswer answered(HttpExchange exchange) {
    try {
      return answer(exchange);
    } catch (IOException | RuntimeException e) {
      return Answers.of(e);
    }
  }

  private HttpAnswer answer(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    URI target = exchange.getRequestURI();
    String raw = Optional.ofNullable(target.getRawPath()).orElse("/");
    String path = Optional.ofNullable(target.getPath()).orElse("/");
    if (raw.startsWith(settings.delivery())) {
      return addresses.isHidden(raw)
          ? Answers.text(404, "Only private links lead to this rendition.")
          : delivery.answer(HttpQuestion.of(method, raw, exchange.getRequestHeaders()));
    }
    if (method.equals("GET") || method.equals("HEAD")) {
      return shown(path, raw, target);
    }
    if (isForeign(exchange.getRequestHeaders())) {
      return Answers.text(403, "Another site's page may not change anything here.");
    }
    return changed(method, path, exchange);
  }

  private HttpAnswer shown(String path, String raw, URI target) throws IOException {
    if (path.equals("/")) {
      return pages.list(catalogue.newest(settings.shown()));
    }
    if (path.startsWith("/asset/")) {
      return catalogue
          .find(path.substring("/asset/".length()))
          .map(pages::one)
          .orElseGet(pages::absent);
    }
    if (path.startsWith(PrivateLinks.PATH)) {
      return links.answer(raw + "?" + target.getRawQuery(), renditions.renditionStore());
    }
    return switch (path) {
      case "/dam.css" -> resource("dam.css", "text/css; charset=utf-8");
      case "/dam.js" -> resource("dam.js", "text/javascript; charset=utf-8");
      default -> pages.absent();
    };
  }

  private HttpAnswer changed(String method, String path, HttpExchange exchange) throws IOException {
    if (path.startsWith("/originals/")) {
      String picture = path.substring("/originals/".length());
      return switch (method) {
        case "PUT" -> upload(picture, exchange);
        case "DELETE" ->
            catalogue.delete(picture) ? Answers.text(200, "It is gone.") : pages.absent();
        default -> notAllowed("PUT, DELETE");
      };
    }
    if (!method.equals("POST")) {
      return notAllowed("GET, HEAD");
    }
    if (path.startsWith("/delete/")) {
      return catalogue.delete(path.substring("/delete/".length()))
          ? Answers.seeOther("/")
          : pages.absent();
    }
    if (path.startsWith("/focus/")) {
      String picture = path.substring("/focus/".length());
      return catalogue
          .focus(picture, point(exchange.getRequestBody()))
          .map(shown -> Answers.seeOther(Addresses.path("/asset/", shown.path())))
          .orElseGet(pages::absent);
    }
    return notAllowed("GET, HEAD");
  }

  private HttpAnswer upload(String picture, HttpExchange exchange) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    String length = Optional.ofNullable(headers.getFirst("Content-Length")).orElse("-1");
    String type =
        Optional.ofNullable(headers.getFirst("Content-Type")).orElse("application/octet-stream");
    Shown shown = catalogue.add(picture, exchange.getRequestBody(), type, Long.parseLong(length));
    String lines =
        shown.made().values().stream()
                .map(made -> made.spec().name() + " " + made.size() + " " + made.bytes() + "\n")
                .collect(Collectors.joining())
            + String.join("\n", shown.problems());
    return Answers.of(
        201,
        "text/plain; charset=utf-8",
        lines,
        Map.of("Location", Addresses.path("/asset/", shown.path())));
  }

  /** Reads where on a picture somebody clicked, and how large it was there. */
  private static FocalPoint point(InputStream body) throws IOException {
    String form = new String(body.readNBytes(MAX_FORM), US_ASCII);
    Matcher click = FORM.matcher(form);
    if (!click.matches()) {
      throw new IllegalArgumentException("a focal point is sent as w, h, p.x and p.y, in pixels");
    }
    double x = Double.parseDouble(click.group(3)) / Double.parseDouble(click.group(1));
    double y = Double.parseDouble(click.group(4)) / Double.parseDouble(click.group(2));
    return new FocalPoint(Math.min(1, x), Math.min(1, y));
  }

  /** Browsers say which site's page sends a request; programs say nothing. */
  private static boolean isForeign(Headers headers) {
    String site = headers.getFirst("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      return true;
    }
    String origin = headers.getFirst("Origin");
    String host = headers.getFirst("Host");
    return origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host);
  }

  private static HttpAnswer notAllowed(String allowed) {
    return Answers.of(
        405, "text/plain; charset=utf-8", "This is not done here.\n", Map.of("Allow", allowed));
  }

  private static HttpAnswer resource(String name, String type) throws IOException {
    try (InputStream file = Router.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IOException(name + " is not in the jar");
      }
      return Answers.of(200, type, new String(file.readAllBytes(), UTF_8), Map.of());
    }
  }
}
