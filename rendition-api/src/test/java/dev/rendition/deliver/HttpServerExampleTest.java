package dev.rendition.deliver;

import static dev.rendition.deliver.Setting.BEACH;
import static dev.rendition.deliver.Setting.BOOK;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The whole of what a program writes to serve renditions with the JDK's own server. */
class HttpServerExampleTest {
  // begin: handler
  static void handle(HttpDelivery delivery, HttpExchange exchange) throws IOException {
    HttpQuestion question =
        HttpQuestion.of(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            exchange.getRequestHeaders());
    try (exchange;
        HttpAnswer answer = delivery.answer(question)) {
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(answer.status(), answer.length() == 0 ? -1 : answer.length());
      answer.writeTo(exchange.getResponseBody());
    }
  }

  // end: handler

  @Test
  void aHandlerOfTenLinesServesRenditions() throws Exception {
    try (Setting setting = new Setting()) {
      setting.upload(BEACH, "beach");
      HttpDelivery delivery =
          HttpDelivery.builder(setting.readThrough, UrlScheme.presets(BOOK).build()).build();
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      ExecutorService threads = Executors.newFixedThreadPool(4);
      server.setExecutor(threads);
      server.createContext("/", exchange -> handle(delivery, exchange));
      server.start();
      try {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/card/acme/");
        HttpClient client = HttpClient.newHttpClient();
        var found = client.send(get(base.resolve("photos/beach.jpg")), BodyHandlers.ofString());
        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.body()).isEqualTo("fit:300,png");
        assertThat(found.headers().firstValue("content-type")).contains("image/png");
        String tag = found.headers().firstValue("etag").orElseThrow();
        HttpRequest again =
            HttpRequest.newBuilder(base.resolve("photos/beach.jpg"))
                .header("If-None-Match", tag)
                .build();
        assertThat(client.send(again, BodyHandlers.ofString()).statusCode()).isEqualTo(304);
        HttpRequest head =
            HttpRequest.newBuilder(base.resolve("photos/beach.jpg"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        var empty = client.send(head, BodyHandlers.ofString());
        assertThat(empty.headers().firstValue("content-length")).contains("11");
        assertThat(empty.body()).isEmpty();
        var absent = client.send(get(base.resolve("no.jpg")), BodyHandlers.ofString());
        assertThat(absent.statusCode()).isEqualTo(404);
        assertThat(absent.body()).isEqualTo("SOURCE_NOT_FOUND\n");
      } finally {
        server.stop(0);
        threads.shutdownNow();
      }
    }
  }

  private static HttpRequest get(URI address) {
    return HttpRequest.newBuilder(address).build();
  }
}
