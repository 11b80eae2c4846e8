package dev.rendition.lambda.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A function behind its URL, as browsers and distributions meet it. */
class FunctionUrlIT {
  @RegisterExtension static final LambdaEmulatorExtension LAMBDA = new LambdaEmulatorExtension();

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static EmulatedFunction function;

  @BeforeAll
  static void deploy(@TempDir Path folder) throws IOException {
    function =
        LAMBDA
            .emulator()
            .deploy(
                FunctionDefinition.of("url", TestCode.zip(folder), TestCode.PACKAGE + "UrlHandler")
                    .timeout(Duration.ofSeconds(20))
                    .build());
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(function.url().resolve(path));
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).build());
  }

  private static Map<String, Object> event(HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response = CLIENT.send(request, BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    return Read.object(response.body());
  }

  @Test
  void aRequestBecomesAnEventOfVersionTwo() throws Exception {
    Map<String, Object> event =
        event(
            request("a%20b/c?x=1&x=2&y=%C3%A4+b&z")
                .header("X-Own", "first")
                .header("X-Own", "second")
                .header("Cookie", "a=1; b=2")
                .header("User-Agent", "test")
                .build());
    assertThat(event.get("version")).isEqualTo("2.0");
    assertThat(event.get("routeKey")).isEqualTo("$default");
    assertThat(event.get("rawPath")).isEqualTo("/a%20b/c");
    assertThat(event.get("rawQueryString")).isEqualTo("x=1&x=2&y=%C3%A4+b&z");
    assertThat(event.get("queryStringParameters"))
        .isEqualTo(Map.of("x", "1,2", "y", "ä b", "z", ""));
    assertThat(event.get("cookies")).isEqualTo(List.of("a=1", "b=2"));
    assertThat(Read.field(event, "headers"))
        .containsEntry("x-own", "first,second")
        .containsEntry("x-forwarded-proto", "https")
        .containsEntry("host", function.url().getAuthority())
        .doesNotContainKey("cookie");
    assertThat(event.get("isBase64Encoded")).isEqualTo(false);
    assertThat(event.containsKey("body")).isFalse();
    Map<String, Object> http = Read.field(Read.field(event, "requestContext"), "http");
    assertThat(http)
        .isEqualTo(
            Map.of(
                "method", "GET",
                "path", "/a%20b/c",
                "protocol", "HTTP/1.1",
                "sourceIp", "127.0.0.1",
                "userAgent", "test"));
    assertThat(Read.field(event, "requestContext"))
        .containsEntry("stage", "$default")
        .containsEntry("accountId", "anonymous")
        .containsKeys("requestId", "time", "timeEpoch", "domainName");
  }

  @Test
  void textIsPassedAsItIsAndBytesInBase64() throws Exception {
    Map<String, Object> text =
        event(
            request("x")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("ä"))
                .build());
    assertThat(text.get("body")).isEqualTo("ä");
    assertThat(text.get("isBase64Encoded")).isEqualTo(false);
    Map<String, Object> bytes =
        event(
            request("x")
                .header("Content-Type", "image/jpeg")
                .POST(BodyPublishers.ofByteArray(new byte[] {0, 1, (byte) 255}))
                .build());
    assertThat(bytes.get("body")).isEqualTo("AAH/");
    assertThat(bytes.get("isBase64Encoded")).isEqualTo(true);
  }

  @Test
  void statusHeadersCookiesAndBytesReachTheCaller() throws Exception {
    HttpResponse<byte[]> response =
        CLIENT.send(request("picture").build(), BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).isEqualTo(new byte[] {0, 1, (byte) 255, (byte) 128});
    assertThat(response.headers().firstValue("content-type")).contains("image/jpeg");
    assertThat(response.headers().firstValue("cache-control")).contains("max-age=5, public");
    assertThat(response.headers().firstValue("x-number")).contains("7");
    assertThat(response.headers().allValues("set-cookie")).containsExactly("a=1; Secure", "b=2");
    assertThat(response.headers().firstValue("x-amzn-requestid")).isPresent();
  }

  @Test
  void anAnswerWithoutBodyHasNone() throws Exception {
    assertThat(get("status").statusCode()).isEqualTo(304);
    assertThat(get("status").body()).isEmpty();
    HttpResponse<String> head =
        send(request("picture").method("HEAD", BodyPublishers.noBody()).build());
    assertThat(head.statusCode()).isEqualTo(201);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void whatIsNoAnswerIsABadGateway() throws Exception {
    for (String path : new String[] {"throw", "hostile", "base64", "number", "none"}) {
      HttpResponse<String> response = get(path);
      assertThat(response.statusCode()).as(path).isEqualTo(502);
      assertThat(response.body()).as(path).isEqualTo("Internal Server Error");
      assertThat(response.headers().firstValue("set-cookie")).as(path).isEmpty();
    }
  }

  @Test
  void refusalsOfTheServiceAreHttpStatuses() throws Exception {
    function.faults().throttleNext(1);
    assertThat(get("x").statusCode()).isEqualTo(429);
    function.faults().errorNext(1);
    assertThat(get("x").statusCode()).isEqualTo(500);
    function.faults().dropNext(1);
    // A GET is repeated by this client, a POST is not.
    assertThatThrownBy(() -> send(request("x").POST(BodyPublishers.ofString("a")).build()))
        .isInstanceOf(IOException.class);
    byte[] large = new byte[6 * 1_024 * 1_024 + 1];
    Arrays.fill(large, (byte) 'x');
    HttpRequest tooLarge =
        request("x")
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofByteArray(large))
            .build();
    assertThat(send(tooLarge).statusCode()).isEqualTo(413);
  }

  @Test
  void eachFunctionHasAnAddressOfItsOwn() throws IOException {
    assertThat(function.url()).isEqualTo(function.url()).isNotEqualTo(LAMBDA.emulator().endpoint());
    assertThat(function.url().getPath()).isEqualTo("/");
    assertThat(URI.create(function.url() + "x").getPath()).isEqualTo("/x");
  }
}
