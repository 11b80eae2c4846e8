package dev.rendition.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a key and its attributes are made of comes back from a real server. */
class S3NamesTest {
  private static LocalS3 server;
  private static S3AssetStore store;
  private static S3UrlSigner signer;
  private static HttpClient http;

  @BeforeContainer
  static void startServer() throws Exception {
    server = new LocalS3();
    String bucket = server.newBucket();
    store = S3AssetStore.builder(bucket).connection(server.connection()).build();
    signer = S3UrlSigner.of(bucket, server.connection());
    http = HttpClient.newHttpClient();
  }

  @AfterContainer
  static void stopServer() throws Exception {
    signer.close();
    store.close();
    server.close();
  }

  @Property(tries = 200)
  void everyKeyIsStoredFoundListedLinkedAndDeleted(@ForAll("keys") AssetKey key) throws Exception {
    byte[] bytes = key.toString().getBytes(UTF_8);
    store.put(key, AssetSource.ofBytes(bytes, "text/plain"));
    try (AssetContent content = store.open(key)) {
      assertThat(content.info().key()).isEqualTo(key);
      assertThat(content.stream().readAllBytes()).isEqualTo(bytes);
    }
    try (Stream<AssetInfo> listed = store.list(key.tenant(), key.path())) {
      assertThat(listed.map(AssetInfo::key)).containsExactly(key);
    }
    URI link = signer.sign(key, Duration.ofMinutes(1)).uri();
    assertThat(http.send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofByteArray()).body())
        .isEqualTo(bytes);
    assertThat(store.delete(key)).isTrue();
    assertThat(store.stat(key)).isEmpty();
  }

  /** S3 user guide, "Naming Amazon S3 objects": 1,024 bytes of UTF-8. */
  @Example
  void theLongestNamesComeBack() throws Exception {
    for (String part : List.of("x", "ü", "日", "📷", "%")) {
      int bytes = part.getBytes(UTF_8).length;
      String segment = part.repeat(200 / bytes) + "/";
      String path = segment.repeat(AssetKey.MAX_BYTES / segment.getBytes(UTF_8).length);
      int left = AssetKey.MAX_BYTES - ("acme/" + path).getBytes(UTF_8).length;
      while (left < 1) {
        path = path.substring(segment.length());
        left = AssetKey.MAX_BYTES - ("acme/" + path).getBytes(UTF_8).length;
      }
      AssetKey longest = AssetKey.of("acme", path + "y".repeat(left));
      assertThat(longest.toString().getBytes(UTF_8)).hasSize(1_024);
      everyKeyIsStoredFoundListedLinkedAndDeleted(longest);
    }
  }

  @Property(tries = 150)
  void everyAttributeComesBack(@ForAll("attributes") AssetAttributes attributes) throws Exception {
    AssetKey key = AssetKey.of("other", "attributes");
    store.put(key, AssetSource.ofBytes(new byte[0], "text/plain"), attributes);
    assertThat(store.stat(key).orElseThrow().attributes().metadata())
        .isEqualTo(attributes.metadata());
  }

  @Provide
  Arbitrary<AssetKey> keys() {
    Arbitrary<String> odd =
        Arbitraries.of(
            " ", "+", "%", "%20", "%2F", "#", "?", "&", "=", ";", ":", "*", "'", "\"", "<", ">",
            "~", "ü", "é", "ß", "日本", "📷", "\u200b", "\u00a0", ".", "..a", "@", "$", ",", "|", "^",
            "{", "}", "[", "]", "`", "!", "(", ")");
    Arbitrary<String> plain = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(6);
    Arbitrary<String> any = Arbitraries.strings().ofMinLength(1).ofMaxLength(3);
    Arbitrary<String> long255 = Arbitraries.integers().between(200, 255).map("x"::repeat);
    Arbitrary<String> segment =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(
                6,
                Arbitraries.oneOf(odd, plain, any)
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(6)
                    .map(all -> String.join("", all))),
            net.jqwik.api.Tuple.of(1, long255));
    return segment
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(all -> String.join("/", all))
        .filter(S3NamesTest::isPath)
        .map(path -> AssetKey.of("acme", path));
  }

  private static boolean isPath(String path) {
    try {
      return !AssetKey.of("acme", path).path().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Provide
  Arbitrary<AssetAttributes> attributes() {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of("rv", "rv-", "rv-rv", "rvrv", "a"),
            Arbitraries.strings()
                .withChars("abcr v-0".replace(" ", ""))
                .ofMinLength(1)
                .ofMaxLength(8)
                .filter(name -> !name.startsWith("-")));
    Arbitrary<String> values = Arbitraries.strings().withChars(" \"\\_=?ab,;:").ofMaxLength(20);
    return Arbitraries.maps(names, values)
        .ofMaxSize(6)
        .map(entries -> new AssetAttributes("", new HashMap<>(Map.copyOf(entries))));
  }
}
