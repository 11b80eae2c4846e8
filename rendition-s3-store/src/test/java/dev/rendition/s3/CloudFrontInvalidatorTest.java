package dev.rendition.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rendition.RenditionConfig;
import dev.rendition.Renditions;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Orders as the genuine client writes them, to a stub of the service. */
class CloudFrontInvalidatorTest {
  private static final Pattern PATH = Pattern.compile("<Path>([^<]*)</Path>");
  private static final Pattern REFERENCE =
      Pattern.compile("<CallerReference>([^<]*)</CallerReference>");

  private final List<String> orders = Collections.synchronizedList(new ArrayList<>());
  private final List<String> targets = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger failures = new AtomicInteger();
  private HttpServer service;
  private CloudFrontInvalidator invalidator;

  @BeforeEach
  void startService() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext("/", this::answer);
    service.start();
    invalidator =
        CloudFrontInvalidator.connect(
            URI.create("http://127.0.0.1:" + service.getAddress().getPort()),
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create("AKIDCDN", "cdn-secret-not-to-be-shown")),
            "EDFDVBD6EXAMPLE",
            "/img/",
            10);
  }

  @AfterEach
  void stopService() {
    invalidator.close();
    service.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    orders.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    targets.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    boolean fails = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    byte[] body =
        (fails
                ? "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>"
                : "<Invalidation><Id>I1</Id><Status>InProgress</Status></Invalidation>")
            .getBytes(UTF_8);
    exchange.sendResponseHeaders(fails ? failStatus : 201, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private volatile int failStatus = 503;

  @Test
  void everyKeyBecomesThePathOfItsPublicLink() throws Exception {
    invalidator.invalidate(
        List.of(AssetKey.of("acme", "a b/ü+.jpg"), AssetKey.of("acme", "x/y.jpg")));
    assertThat(targets)
        .containsExactly("POST /2020-05-31/distribution/EDFDVBD6EXAMPLE/invalidation");
    assertThat(paths(orders.get(0)))
        .containsExactlyInAnyOrder("/img/acme/a%20b/%C3%BC%2B.jpg", "/img/acme/x/y.jpg");
    assertThat(orders.get(0)).contains("<Quantity>2</Quantity>");
  }

  @Test
  void manyKeysOfOneFolderBecomeOneAsterisk() throws Exception {
    List<AssetKey> keys = new ArrayList<>(keys("acme", "beach.jpg/card-", 10));
    keys.addAll(keys("acme", "other.jpg/card-", 9));
    invalidator.invalidate(keys);
    assertThat(paths(orders.get(0))).hasSize(10).contains("/img/acme/beach.jpg/*");
    assertThat(paths(orders.get(0)))
        .filteredOn(path -> path.startsWith("/img/acme/other.jpg/"))
        .hasSize(9);
  }

  @Test
  void noMoreAsterisksAreWrittenThanCloudFrontTakes() {
    TreeSet<AssetKey> keys = new TreeSet<>();
    for (int folder = 0; folder < 20; folder++) {
      keys.addAll(keys("acme", "f" + folder + "/k", 10 + folder));
    }
    List<String> paths = InvalidationPaths.of(keys, "/", 10);
    assertThat(paths).filteredOn(path -> path.endsWith("*")).hasSize(15);
    assertThat(paths).contains("/acme/f19/*", "/acme/f5/*").doesNotContain("/acme/f4/*");
    assertThat(paths).hasSize(15 + 10 + 11 + 12 + 13 + 14);
  }

  @Test
  void moreKeysThanOneOrderTakesBecomeSeveralOrders() throws Exception {
    List<AssetKey> keys =
        IntStream.range(0, 7_000).mapToObj(i -> AssetKey.of("acme", "d" + i + "/a")).toList();
    invalidator.invalidate(keys);
    assertThat(orders).hasSize(3);
    assertThat(orders.stream().flatMap(order -> paths(order).stream()).distinct()).hasSize(7_000);
    assertThat(orders.stream().map(CloudFrontInvalidatorTest::reference).distinct()).hasSize(3);
  }

  @Test
  void attemptsOfOneOrderShareTheirReferenceAndTwoOrdersDoNot() throws Exception {
    failures.set(2);
    invalidator.invalidate(List.of(AssetKey.of("acme", "a.jpg")));
    assertThat(orders).hasSize(3);
    assertThat(orders.stream().map(CloudFrontInvalidatorTest::reference).distinct()).hasSize(1);
    invalidator.invalidate(List.of(AssetKey.of("acme", "a.jpg")));
    assertThat(reference(orders.get(3))).isNotEqualTo(reference(orders.get(0)));
  }

  @Test
  void aPurgeOfAConfiguredLibraryReachesTheService() throws Exception {
    Map<String, String> settings =
        Map.of(
            "rendition.originals", "memory:",
            "rendition.renditions", "memory:",
            "rendition.cdn", "cloudfront",
            "rendition.cloudfront.distribution", "EDFDVBD6EXAMPLE",
            "rendition.cloudfront.endpoint", "http://127.0.0.1:" + service.getAddress().getPort(),
            "rendition.s3.access-key", "AKIDCDN",
            "rendition.s3.secret-key", "cdn-secret-not-to-be-shown",
            "rendition.recipe.dot", "fit:1,png");
    try (Renditions renditions = Renditions.fromConfig(RenditionConfig.of(settings))) {
      byte[] picture =
          Base64.getDecoder()
              .decode(
                  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");
      AssetKey key = AssetKey.of("acme", "a.png");
      AssetInfo original = renditions.store(key, AssetSource.ofBytes(picture, "image/png"));
      AssetKey made =
          renditions
              .generate(original, renditions.recipes("dot"))
              .get(60, TimeUnit.SECONDS)
              .stored()
              .get(0)
              .spec()
              .target();
      renditions.purge(key);
      assertThat(paths(orders.get(0))).containsExactly("/" + made);
    }
  }

  @Test
  void nothingToForgetAsksNothing() throws Exception {
    invalidator.invalidate(List.of());
    assertThat(orders).isEmpty();
  }

  @Test
  void aRefusalNamesTheRightThatIsMissingAndNoSecret() {
    failures.set(9);
    failStatus = 403;
    assertThatIOException()
        .isThrownBy(() -> invalidator.invalidate(List.of(AssetKey.of("acme", "a.jpg"))))
        .withMessageContaining("cloudfront:CreateInvalidation")
        .withMessageContaining("EDFDVBD6EXAMPLE")
        .withMessageNotContaining("cdn-secret");
  }

  private static List<AssetKey> keys(String tenant, String beginning, int count) {
    return IntStream.range(0, count).mapToObj(i -> AssetKey.of(tenant, beginning + i)).toList();
  }

  private static List<String> paths(String order) {
    return PATH.matcher(order).results().map(found -> found.group(1)).toList();
  }

  private static String reference(String order) {
    Matcher found = REFERENCE.matcher(order);
    assertThat(found.find()).isTrue();
    return found.group(1);
  }
}
