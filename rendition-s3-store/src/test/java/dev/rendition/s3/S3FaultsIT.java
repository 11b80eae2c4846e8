package dev.rendition.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.s3.FaultProxy.Fault;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds while three of ten requests go wrong. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class S3FaultsIT {
  private static final int PUTS = 1_000;
  private static final int THREADS = 8;
  private static final List<Fault> SPOILT =
      List.of(
          Fault.RESET,
          Fault.CUT_REQUEST,
          Fault.LOSE_ANSWER,
          Fault.CUT_ANSWER,
          Fault.BUSY,
          Fault.LATE,
          Fault.STALL);

  private static LocalS3 server;

  @BeforeAll
  static void startServer() throws Exception {
    server = new LocalS3();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @Test
  void noAcknowledgedAssetIsLostOrTornAndNoConnectionLeaks() throws Exception {
    Random random = new Random(4);
    AtomicInteger spoilt = new AtomicInteger();
    String bucket = server.newBucket();
    try (FaultProxy proxy =
            new FaultProxy(
                server.endpoint(),
                line -> {
                  synchronized (random) {
                    if (random.nextInt(100) >= 30) {
                      return Fault.NONE;
                    }
                    spoilt.incrementAndGet();
                    return SPOILT.get(random.nextInt(SPOILT.size()));
                  }
                });
        AssetStore store =
            S3AssetStore.builder(bucket)
                .connection(
                    LocalS3.connection(proxy.endpoint())
                        .attempts(8)
                        .timeouts(Duration.ofSeconds(5), Duration.ofSeconds(1)))
                .build()) {
      ConcurrentHashMap<AssetKey, String> acknowledged = new ConcurrentHashMap<>();
      AtomicInteger refused = new AtomicInteger();
      AtomicInteger broken = new AtomicInteger();
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < PUTS; i++) {
        int number = i;
        AssetKey key = AssetKey.of("acme", "faults/" + number + ".jpg");
        tasks.add(() -> put(store, key, bytes(number), number % 2 == 0, acknowledged, refused));
      }
      runAll(tasks);
      List<Callable<Integer>> reads = new ArrayList<>();
      acknowledged.forEach((key, version) -> reads.add(() -> read(store, key, version, broken)));
      runAll(reads);
      System.Logger log = System.getLogger(S3FaultsIT.class.getName());
      log.log(
          System.Logger.Level.INFO,
          "{0} requests, {1} spoilt, {2} puts acknowledged, {3} refused, {4} reads begun again",
          proxy.requests().size(),
          spoilt.get(),
          acknowledged.size(),
          refused.get(),
          broken.get());
      assertThat(acknowledged.size() + refused.get()).isEqualTo(PUTS);
      assertThat(acknowledged.size()).isGreaterThan(PUTS * 9 / 10);
      assertThat(spoilt.get()).isGreaterThan(PUTS / 2);
      // What remains open is what the JDK keeps for reuse: five at most for one host.
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(proxy.connections()).isLessThanOrEqualTo(5));
      // Asked without faults, everything acknowledged is there and whole, and nothing is half
      // there.
      try (S3AssetStore direct =
          S3AssetStore.builder(bucket).connection(server.connection()).build()) {
        for (var each : acknowledged.entrySet()) {
          assertThat(wholeVersion(direct, each.getKey())).isEqualTo(each.getValue());
        }
        try (var listed = direct.list("acme", "")) {
          for (AssetInfo info : listed.toList()) {
            assertThat(wholeVersion(direct, info.key())).isEqualTo(info.version());
          }
        }
      }
    }
  }

  @Test
  void aWinnerWhoseAnswerWasLostFindsItsOwnBytes() throws Exception {
    AtomicInteger puts = new AtomicInteger();
    try (FaultProxy proxy =
            new FaultProxy(
                server.endpoint(),
                line ->
                    line.startsWith("PUT") && puts.getAndIncrement() == 0
                        ? Fault.LOSE_ANSWER
                        : Fault.NONE);
        AssetStore store =
            S3AssetStore.builder(server.newBucket())
                .connection(LocalS3.connection(proxy.endpoint()))
                .build()) {
      AssetKey key = AssetKey.of("acme", "won.jpg");
      Optional<AssetInfo> answer =
          store.putIfAbsent(key, AssetSource.ofBytes(bytes(1), "image/jpeg"), AssetAttributes.NONE);
      assertThat(answer).as("it is there: read it").isEmpty();
      assertThat(wholeVersion(store, key)).isEqualTo(sha256(bytes(1)));
      assertThat(puts.get()).isEqualTo(2);
    }
  }

  @Test
  void aReaderCutOffIsToldAndNotLeftWithAPart() throws Exception {
    try (FaultProxy proxy =
            new FaultProxy(
                server.endpoint(), line -> line.startsWith("GET") ? Fault.CUT_ANSWER : Fault.NONE);
        AssetStore store =
            S3AssetStore.builder(server.newBucket())
                .connection(LocalS3.connection(proxy.endpoint()))
                .build()) {
      AssetKey key = AssetKey.of("acme", "cut.jpg");
      store.put(key, AssetSource.ofBytes(new byte[300_000], "image/jpeg"));
      try (AssetContent content = store.open(key)) {
        org.assertj.core.api.Assertions.assertThatIOException()
            .isThrownBy(() -> content.stream().readAllBytes())
            .withMessageContaining("acme/cut.jpg")
            .withMessageContaining("of 300000");
      }
    }
  }

  private static int put(
      AssetStore store,
      AssetKey key,
      byte[] bytes,
      boolean createOnly,
      ConcurrentHashMap<AssetKey, String> acknowledged,
      AtomicInteger refused) {
    AssetSource source = AssetSource.ofBytes(bytes, "image/jpeg");
    try {
      if (createOnly) {
        var unused = store.putIfAbsent(key, source, AssetAttributes.NONE);
      } else {
        store.put(key, source);
      }
      acknowledged.put(key, sha256(bytes));
      return 1;
    } catch (IOException told) {
      refused.incrementAndGet();
      return 0;
    }
  }

  private static int read(AssetStore store, AssetKey key, String version, AtomicInteger broken) {
    for (int attempt = 0; attempt < 50; attempt++) {
      try {
        assertThat(wholeVersion(store, key)).isEqualTo(version);
        return 1;
      } catch (IOException told) {
        broken.incrementAndGet();
      }
    }
    throw new AssertionError(key + " could not be read in fifty attempts");
  }

  private static String wholeVersion(AssetStore store, AssetKey key) throws IOException {
    try (AssetContent content = store.open(key)) {
      return sha256(content.stream().readAllBytes());
    }
  }

  private static void runAll(List<Callable<Integer>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (Future<Integer> each : threads.invokeAll(tasks)) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static byte[] bytes(int number) {
    byte[] bytes = new byte[2_000 + 37 * (number % 200)];
    new Random(number).nextBytes(bytes);
    return bytes;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
