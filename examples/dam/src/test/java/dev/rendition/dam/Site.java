package dev.rendition.dam;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** The demo on a free port of loopback, and somebody who uses it. */
final class Site implements AutoCloseable {
  private static final Pattern LINK =
      Pattern.compile("<a class=\"(public|private)\" href=\"([^\"]+)\">([^<]+)</a>");

  final Dam dam;
  private final HttpClient client = HttpClient.newHttpClient();

  /** Starts one in memory, its settings changed by pairs of key and value. */
  Site(String... changes) throws IOException {
    Properties settings = Main.defaults();
    settings.setProperty("dam.port", "0");
    settings.setProperty("rendition.originals", "memory:");
    settings.setProperty("rendition.renditions", "memory:");
    settings.setProperty("rendition.recipe.print", "fit:1500,jpeg:92");
    for (int i = 0; i < changes.length; i += 2) {
      settings.setProperty(changes[i], changes[i + 1]);
    }
    dam = Dam.start(settings);
  }

  URI at(String path) {
    return dam.address().resolve(path);
  }

  HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at(path)).method(method, BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofByteArray());
  }

  /** Uploads a picture and returns the path of its page. */
  String upload(String name, byte[] picture) throws Exception {
    HttpResponse<byte[]> answer = send("PUT", "/originals/" + name, picture);
    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(201);
    return answer.headers().firstValue("location").orElseThrow();
  }

  /** Returns a page that is there, as text. */
  String page(String path) throws Exception {
    HttpResponse<byte[]> answer = get(path);
    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-security-policy").orElse(""))
        .contains("default-src 'none'");
    return text(answer);
  }

  /** Returns the link to a rendition on a picture's page. */
  static String link(String page, String recipe) {
    return LINK.matcher(page)
        .results()
        .filter(found -> found.group(3).equals(recipe))
        .map(found -> plain(found.group(2)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no link to " + recipe + " in " + page));
  }

  static List<String> recipes(String page) {
    return LINK.matcher(page).results().map(found -> found.group(3)).toList();
  }

  /** Undoes the escaping of an attribute. */
  static String plain(String escaped) {
    return escaped
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  static BufferedImage picture(HttpResponse<byte[]> answer) throws IOException {
    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    return ImageIO.read(new ByteArrayInputStream(answer.body()));
  }

  /** Draws a picture whose left half is red and whose right half is blue. */
  static byte[] redAndBlue(int width, int height) throws IOException {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    pen.setColor(Color.RED);
    pen.fillRect(0, 0, width / 2, height);
    pen.setColor(Color.BLUE);
    pen.fillRect(width / 2, 0, width - width / 2, height);
    pen.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(picture, "jpeg", out)).isTrue();
    return out.toByteArray();
  }

  @Override
  public void close() throws IOException {
    dam.close();
  }
}
