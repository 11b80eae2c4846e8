package dev.rendition.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.MediaType;
import dev.rendition.s3.FaultProxy.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** What this store promises beyond the contract: how assets lie in S3, and next to what. */
class S3ObjectsTest {
  private static final AssetKey KEY = AssetKey.of("acme", "photos/a.jpg");

  private static LocalS3 server;
  private static S3Client client;

  private String bucket;
  private S3AssetStore store;

  @BeforeAll
  static void startServer() throws Exception {
    server = new LocalS3();
    client = server.client();
  }

  @AfterAll
  static void stopServer() throws Exception {
    client.close();
    server.close();
  }

  @BeforeEach
  void openStore() {
    bucket = server.newBucket();
    store = S3AssetStore.builder(bucket + "/in").connection(server.connection()).build();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void anAssetIsOneObjectWithItsHeaders() throws Exception {
    AssetInfo info =
        store.put(
            KEY,
            AssetSource.ofBytes("abc".getBytes(UTF_8), "image/jpeg"),
            AssetAttributes.cacheControl("max-age=60").with("source", "camera"));
    HeadObjectResponse object = head("in/acme/photos/a.jpg");
    assertThat(object.contentType()).isEqualTo("image/jpeg");
    assertThat(object.cacheControl()).isEqualTo("max-age=60");
    // SHA-256 of "abc" (FIPS 180-4), in base64url
    assertThat(object.metadata())
        .isEqualTo(Map.of("source", "camera", "rv", "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"));
    assertThat(objects()).containsExactly("in/acme/photos/a.jpg");
    assertThat(store.location(KEY))
        .contains(URI.create("s3://" + bucket + "/in/acme/photos/a.jpg"));
    assertThat(info.version()).startsWith("ba7816bf");
  }

  @Test
  void tenantsLieInBucketsOrFoldersOfTheirOwn() throws Exception {
    server.newBucket("dam-acme-x");
    server.newBucket("dam-bcme-x");
    try (S3AssetStore byBucket =
        S3AssetStore.builder("dam-{tenant}-x").connection(server.connection()).build()) {
      byBucket.put(KEY, source(1));
      byBucket.put(AssetKey.of("bcme", "b.jpg"), source(2));
      assertThat(client.headObject(o -> o.bucket("dam-acme-x").key("photos/a.jpg")).contentLength())
          .isEqualTo(100);
      assertThat(paths(byBucket, "bcme")).containsExactly("b.jpg");
      assertThatIOException()
          .isThrownBy(() -> byBucket.put(AssetKey.of("No_Bucket", "a"), source(1)))
          .withMessageContaining("No_Bucket");
      assertThatIOException()
          .isThrownBy(() -> byBucket.put(AssetKey.of("ccme", "a"), source(1)))
          .withMessageContaining("NoSuchBucket")
          .withMessageContaining("create it");
    }
    try (S3AssetStore byFolder =
        S3AssetStore.builder(bucket + "/t/{tenant}/r").connection(server.connection()).build()) {
      byFolder.put(KEY, source(1));
      byFolder.put(AssetKey.of("bcme", "b.jpg"), source(2));
      assertThat(objects()).containsExactlyInAnyOrder("t/acme/r/photos/a.jpg", "t/bcme/r/b.jpg");
      assertThat(paths(byFolder, "acme")).containsExactly("photos/a.jpg");
    }
  }

  @Test
  void placesThatAreNoneAreRefused() {
    for (String place :
        List.of(
            "", "a", "Bucket", "bu_cket", "bucket//x", "bucket/../x", "bucket/{user}", "b..c")) {
      assertThatIllegalArgumentException().as(place).isThrownBy(() -> S3AssetStore.builder(place));
    }
  }

  @Test
  void aKeyTooLongBelowThePrefixIsRefusedInWords() {
    AssetKey longest = AssetKey.of("t", ("x".repeat(255) + "/").repeat(3) + "x".repeat(254));
    assertThatIOException()
        .isThrownBy(() -> store.put(longest, source(1)))
        .withMessageContaining("1027")
        .withMessageContaining("shorter");
  }

  @Test
  void objectsOfOthersAreAssetsToo() throws Exception {
    foreign(
        "in/acme/theirs.png", "hello", "Image/PNG", Map.of("author", "X", "Odd_Name", "left out"));
    AssetKey key = AssetKey.of("acme", "theirs.png");
    AssetInfo info = store.stat(key).orElseThrow();
    assertThat(info.mediaType()).isEqualTo("image/png");
    assertThat(info.attributes().metadata()).isEqualTo(Map.of("author", "X"));
    assertThat(info.version()).matches("[0-9a-f]{64}");
    try (AssetContent content = store.open(key)) {
      assertThat(content.info()).isEqualTo(info);
      assertThat(content.stream().readAllBytes()).isEqualTo("hello".getBytes(UTF_8));
    }
    foreign("in/acme/theirs.png", "world", "image/png", Map.of());
    assertThat(store.stat(key).orElseThrow().version()).isNotEqualTo(info.version());
    foreign("in/acme/theirs.png", "hello", "image/png", Map.of());
    assertThat(store.stat(key).orElseThrow().version()).isEqualTo(info.version());
    foreign("in/acme/theirs.png", "hello", "nonsense", Map.of("rv", "forged"));
    assertThat(store.stat(key).orElseThrow().mediaType()).isEqualTo(MediaType.UNKNOWN);
    assertThat(store.stat(key).orElseThrow().version()).isEqualTo(info.version());
  }

  @Test
  void whatIsNoAssetIsPassedOver() throws Exception {
    store.put(KEY, source(1));
    for (String name :
        List.of(
            "in/acme/folder/",
            "in/acme/a//b",
            "in/acme/../up",
            "in/acme/./here",
            "in/acme/" + "n\u0303",
            "in/other",
            "out/acme/x",
            "in/acme",
            ".mpu-temp")) {
      foreign(name, "x", "text/plain", Map.of());
    }
    assertThat(paths(store, "acme")).containsExactly("photos/a.jpg");
  }

  @Test
  void attributesThatLookLikeOursComeBack() throws Exception {
    AssetAttributes attributes =
        AssetAttributes.NONE
            .with("rv", "mine")
            .with("rv-", "dash")
            .with("rv-rv", "more")
            .with("rvx", "\"")
            .with("quoted", "\"x\"")
            .with("spaces", "   ")
            .with("empty", "");
    store.put(KEY, source(1), attributes);
    assertThat(store.stat(KEY).orElseThrow().attributes()).isEqualTo(attributes);
    assertThat(store.stat(KEY).orElseThrow().version()).isEqualTo(Digests.hex(sha(bytes(1))));
  }

  @Test
  void theLargestAttributesFitIntoWhatS3Takes() {
    AssetAttributes attributes = AssetAttributes.NONE;
    for (int i = 0; i < AssetAttributes.MAX_ENTRIES; i++) {
      attributes = attributes.with("n" + (10 + i), "v".repeat(59));
    }
    attributes = attributes.with("n10", "v".repeat(59 + 2_000 - 32 * 62));
    int characters =
        UserMetadata.of("00".repeat(32), attributes).entrySet().stream()
            .mapToInt(entry -> entry.getKey().length() + entry.getValue().length())
            .sum();
    // S3 user guide, "User-defined object metadata": 2 KB for all names and values.
    assertThat(characters).isEqualTo(2_045).isLessThanOrEqualTo(2_048);
  }

  @Test
  void aRangeIsReadAlone() throws Exception {
    store.put(KEY, source(1));
    try (AssetContent content = store.open(KEY, 10, 5)) {
      assertThat(content.info().length()).isEqualTo(100);
      assertThat(content.stream().readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes(1), 10, 15));
    }
    try (AssetContent content = store.open(KEY, 95, 50)) {
      assertThat(content.stream().readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes(1), 95, 100));
    }
    assertThatIOException().isThrownBy(() -> store.open(KEY, 100, 1).close());
  }

  @Test
  void manyAreDeletedWithFewRequests() throws Exception {
    List<AssetKey> keys =
        IntStream.range(0, 1_100).mapToObj(i -> AssetKey.of("acme", "d/" + i)).toList();
    for (AssetKey key : keys.subList(0, 30)) {
      store.put(key, source(1));
    }
    store.put(KEY, source(1));
    try (FaultProxy proxy = new FaultProxy(server.endpoint(), line -> Fault.NONE);
        S3AssetStore counted = over(proxy)) {
      counted.deleteAll(keys);
      assertThat(proxy.requests()).hasSize(2);
    }
    assertThat(objects()).containsExactly("in/acme/photos/a.jpg");
  }

  @Test
  void listingsTurnThePage() throws Exception {
    for (int i = 0; i < 1_003; i++) {
      foreign("in/acme/p/" + i, "x", "text/plain", Map.of());
    }
    assertThat(paths(store, "acme")).hasSize(1_003).doesNotHaveDuplicates();
  }

  @Test
  void aListingAsksForNoMoreThanIsRead() throws Exception {
    for (int i = 0; i < 20; i++) {
      foreign("in/acme/p/" + i, "x", "text/plain", Map.of());
    }
    try (FaultProxy proxy = new FaultProxy(server.endpoint(), line -> Fault.NONE);
        S3AssetStore counted = over(proxy);
        Stream<AssetInfo> listed = counted.list("acme", "")) {
      assertThat(proxy.requests()).isEmpty();
      assertThat(listed.limit(2)).hasSize(2);
      assertThat(proxy.requests().stream().map(line -> line.substring(0, 4)))
          .containsExactly("GET ", "HEAD", "HEAD");
    }
  }

  @Test
  void aConflictOfTwoWritersIsRepeatedUntilOneHasWon() throws Exception {
    AtomicInteger puts = new AtomicInteger();
    try (FaultProxy proxy =
            new FaultProxy(
                server.endpoint(),
                line ->
                    line.startsWith("PUT ") && puts.getAndIncrement() < 2
                        ? Fault.SCRIPTED
                        : Fault.NONE);
        S3AssetStore contended = over(proxy)) {
      proxy.script(
          "HTTP/1.1 409 Conflict\nContent-Type: application/xml\nContent-Length: 84\n\n"
              + "<Error><Code>ConditionalRequestConflict</Code><Message>conflicting</Message></Error>");
      assertThat(contended.putIfAbsent(KEY, source(1), AssetAttributes.NONE)).isPresent();
      assertThat(puts.get()).isEqualTo(3);
      assertThat(contended.putIfAbsent(KEY, source(2), AssetAttributes.NONE)).isEmpty();
    }
    assertThat(store.stat(KEY).orElseThrow().version()).isEqualTo(Digests.hex(sha(bytes(1))));
  }

  @Test
  void aConflictThatNeverEndsIsToldAfterNineAttempts() throws Exception {
    try (FaultProxy proxy = new FaultProxy(server.endpoint(), line -> Fault.SCRIPTED);
        S3AssetStore contended = over(proxy)) {
      proxy.script("HTTP/1.1 409 Conflict\nContent-Length: 0\n\n");
      assertThatIOException()
          .isThrownBy(() -> contended.putIfAbsent(KEY, source(1), AssetAttributes.NONE))
          .withMessageContaining("status 409");
      assertThat(proxy.requests()).hasSize(9);
    }
  }

  @Test
  void aLargeSourceIsReadInPartsAndLeavesNoneBehind() throws Exception {
    byte[] large = new byte[(12 << 20) + 3];
    new Random(7).nextBytes(large);
    try (S3AssetStore parts = parts(server.endpoint())) {
      AssetInfo info =
          parts.put(
              KEY, AssetSource.ofBytes(large, "image/tiff"), AssetAttributes.NONE.with("a", "b"));
      assertThat(info.version()).isEqualTo(Digests.hex(sha(large)));
      assertThat(parts.stat(KEY).orElseThrow().attributes()).isEqualTo(info.attributes());
      try (AssetContent content = parts.open(KEY)) {
        assertThat(Arrays.equals(content.stream().readAllBytes(), large)).isTrue();
      }
      assertThat(
              parts.putIfAbsent(
                  KEY, AssetSource.ofBytes(large, "image/tiff"), AssetAttributes.NONE))
          .isEmpty();
      AssetKey other = KEY.withPath("other.tif");
      assertThat(
              parts.putIfAbsent(
                  other, AssetSource.ofBytes(large, "image/tiff"), AssetAttributes.NONE))
          .isPresent();
    }
    assertThat(uploads()).isEmpty();
  }

  @Test
  void anUploadThatFailsTakesItsPartsAway() throws Exception {
    byte[] large = new byte[22 << 20];
    AtomicInteger parts = new AtomicInteger();
    try (FaultProxy proxy =
            new FaultProxy(
                server.endpoint(),
                line ->
                    line.contains("partNumber=") && parts.incrementAndGet() > 2
                        ? Fault.SCRIPTED
                        : Fault.NONE);
        S3AssetStore failing = parts(proxy.endpoint())) {
      proxy.script(
          "HTTP/1.1 403 Forbidden\nContent-Type: application/xml\nContent-Length: 77\n\n"
              + "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>     ");
      assertThatIOException()
          .isThrownBy(() -> failing.put(KEY, AssetSource.ofBytes(large, "image/tiff")))
          .withMessageContaining("s3:PutObject");
      assertThat(proxy.requests()).anyMatch(line -> line.startsWith("DELETE "));
    }
    assertThat(parts.get()).isGreaterThan(2);
    assertThat(uploads()).isEmpty();
    assertThat(objects()).isEmpty();
  }

  @Test
  void aSourceThatChangesBetweenItsTwoReadingsIsRefusedAndLeavesNothing() throws Exception {
    AtomicInteger opened = new AtomicInteger();
    AssetSource changing =
        AssetSource.of(
            () -> {
              byte[] bytes = new byte[11 << 20];
              bytes[10 << 20] = (byte) opened.getAndIncrement();
              return new java.io.ByteArrayInputStream(bytes);
            },
            -1,
            "image/tiff");
    try (S3AssetStore parts = parts(server.endpoint())) {
      assertThatIOException()
          .isThrownBy(() -> parts.put(KEY, changing))
          .withMessageContaining("other bytes");
    }
    assertThat(opened.get()).isEqualTo(2);
    assertThat(uploads()).isEmpty();
    assertThat(objects()).isEmpty();
  }

  @Test
  void anEndThatWasReachedAndNotHeardOfCounts() throws Exception {
    byte[] large = new byte[11 << 20];
    AtomicInteger ends = new AtomicInteger();
    try (FaultProxy proxy =
            new FaultProxy(
                server.endpoint(),
                line ->
                    line.startsWith("POST")
                            && line.contains("uploadId=")
                            && ends.getAndIncrement() == 0
                        ? Fault.LOSE_ANSWER
                        : Fault.NONE);
        S3AssetStore parts = parts(proxy.endpoint())) {
      assertThat(parts.put(KEY, AssetSource.ofBytes(large, "image/tiff")).length())
          .isEqualTo(large.length);
    }
    assertThat(ends.get()).isGreaterThan(1);
    assertThat(head("in/acme/photos/a.jpg").contentLength()).isEqualTo(large.length);
    assertThat(uploads()).isEmpty();
  }

  @Test
  void aSmallAssetCostsOneRequestEach() throws Exception {
    try (FaultProxy proxy = new FaultProxy(server.endpoint(), line -> Fault.NONE);
        S3AssetStore counted = over(proxy)) {
      counted.put(KEY, source(1));
      var unused = counted.putIfAbsent(KEY.withPath("b"), source(1), AssetAttributes.NONE);
      counted.open(KEY).close();
      var unusedToo = counted.stat(KEY);
      assertThat(proxy.requests().stream().map(line -> line.substring(0, 4)))
          .containsExactly("PUT ", "PUT ", "GET ", "HEAD");
    }
  }

  @Test
  void listsAndEncryptionAreSentOnlyWhenConfigured() throws Exception {
    try (FaultProxy proxy = new FaultProxy(server.endpoint(), line -> Fault.NONE);
        S3AssetStore plain = over(proxy);
        S3AssetStore open =
            S3AssetStore.builder(bucket)
                .connection(LocalS3.connection(proxy.endpoint()))
                .acl("public-read")
                .encryption("AES256", "")
                .build()) {
      open.put(KEY, source(1));
      assertThat(proxy.lastHead())
          .contains("x-amz-acl: public-read\r\n")
          .contains("x-amz-server-side-encryption: AES256\r\n");
      plain.put(KEY, source(1));
      assertThat(proxy.lastHead())
          .startsWith("PUT ")
          .doesNotContain("x-amz-acl")
          .doesNotContain("x-amz-server-side-encryption");
    }
    assertThat(S3Writing.PLAIN.put("b", "o", "a/b", "00".repeat(32), AssetAttributes.NONE).build())
        .satisfies(
            request -> {
              assertThat(request.aclAsString()).isNull();
              assertThat(request.serverSideEncryptionAsString()).isNull();
              assertThat(request.ssekmsKeyId()).isNull();
            });
    S3Writing kms = new S3Writing("", "aws:kms", "alias/dam");
    assertThat(
            kms.put("b", "o", "a/b", "00".repeat(32), AssetAttributes.NONE).build().ssekmsKeyId())
        .isEqualTo("alias/dam");
    assertThat(kms.begin("b", "o", "a/b", "00".repeat(32), AssetAttributes.NONE).ssekmsKeyId())
        .isEqualTo("alias/dam");
  }

  @Test
  void aStreamClosedEarlyDoesNotReadTheRest() throws Exception {
    store.put(KEY, AssetSource.ofBytes(new byte[7 << 20], "image/jpeg"));
    try (FaultProxy proxy = new FaultProxy(server.endpoint(), line -> Fault.NONE);
        S3AssetStore counted = over(proxy)) {
      for (int i = 0; i < 20; i++) {
        try (AssetContent content = counted.open(KEY);
            InputStream in = content.stream()) {
          assertThat(in.readNBytes(10)).hasSize(10);
        }
      }
      org.awaitility.Awaitility.await()
          .untilAsserted(() -> assertThat(proxy.connections()).isLessThanOrEqualTo(5));
    }
  }

  private S3AssetStore over(FaultProxy proxy) {
    return S3AssetStore.builder(bucket + "/in")
        .connection(LocalS3.connection(proxy.endpoint()))
        .build();
  }

  private S3AssetStore parts(URI endpoint) {
    return S3AssetStore.builder(bucket + "/in")
        .connection(LocalS3.connection(endpoint))
        .partSize(5 << 20)
        .parallelParts(2)
        .build();
  }

  private void foreign(String name, String text, String type, Map<String, String> metadata) {
    var unused =
        client.putObject(
            put -> put.bucket(bucket).key(name).contentType(type).metadata(metadata),
            RequestBody.fromString(text));
  }

  private HeadObjectResponse head(String name) {
    return client.headObject(head -> head.bucket(bucket).key(name));
  }

  private List<String> objects() {
    return client.listObjectsV2(list -> list.bucket(bucket)).contents().stream()
        .map(object -> object.key())
        .toList();
  }

  private List<String> uploads() {
    return client.listMultipartUploads(list -> list.bucket(bucket)).uploads().stream()
        .map(upload -> upload.key())
        .toList();
  }

  private static List<String> paths(S3AssetStore store, String tenant) throws IOException {
    try (Stream<AssetInfo> listed = store.list(tenant, "")) {
      return new ArrayList<>(listed.map(info -> info.key().path()).toList());
    }
  }

  private static AssetSource source(int seed) {
    return AssetSource.ofBytes(bytes(seed), "image/jpeg");
  }

  private static byte[] bytes(int seed) {
    byte[] bytes = new byte[100];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] sha(byte[] bytes) {
    return Digests.sha256().digest(bytes);
  }
}
