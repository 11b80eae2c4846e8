package dev.rendition.s3;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A process of its own that races, streams or is killed; what it prints is read by its parent. */
final class S3Child {
  /** What no log and no message may show: secret keys, and the token of a session. */
  static final List<String> SECRETS =
      List.of(LocalS3.SECRET_KEY, "canary/secret+key", "canary/session+token");

  /** Where the AWS SDK logs what it signs: at {@code debug} with a session's token, a header. */
  static final String SIGNER_LOG = "software.amazon.awssdk.http.auth.aws.internal.signer";

  private S3Child() {}

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (args[0].equals("fail")) {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "trace");
      System.setProperty("org.slf4j.simpleLogger.log." + SIGNER_LOG, args[3]);
    }
    long begin = System.nanoTime();
    try (S3AssetStore store =
        S3AssetStore.builder(args[2]).connection(LocalS3.connection(URI.create(args[1]))).build()) {
      out.println("started in ms: " + (System.nanoTime() - begin) / 1_000_000);
      switch (args[0]) {
        case "start" -> {
          boolean there = store.stat(AssetKey.of("acme", "a.jpg")).isPresent();
          out.println(
              "first answer in ms: " + (System.nanoTime() - begin) / 1_000_000 + ", " + there);
        }
        case "race" ->
            race(store, args[3], Integer.parseInt(args[4]), Integer.parseInt(args[5]), out);
        case "fail" -> fail(URI.create(args[1]), args[2], out);
        case "stream" -> stream(store, Long.parseLong(args[3]), args[4].equals("known"), out);
        default -> throw new IllegalArgumentException(args[0]);
      }
    }
  }

  /** Writes every key from several threads at once, and prints who stored which. */
  private static void race(S3AssetStore store, String name, int writers, int keys, PrintStream out)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    CyclicBarrier together = new CyclicBarrier(writers);
    out.println("ready");
    if (System.in.read() < 0) {
      return;
    }
    List<Future<?>> all = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      String who = name + "-" + writer;
      all.add(
          threads.submit(
              () -> {
                for (int i = 0; i < keys; i++) {
                  together.await();
                  AssetKey key = AssetKey.of("acme", "race/" + i);
                  byte[] mine = (who + " at " + i).getBytes(StandardCharsets.UTF_8);
                  Optional<AssetInfo> stored =
                      store.putIfAbsent(
                          key,
                          AssetSource.ofBytes(mine, "text/plain"),
                          AssetAttributes.NONE.with("who", who));
                  String seen;
                  try (var content = store.open(key)) {
                    seen = new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
                  }
                  out.println((stored.isPresent() ? "won " : "saw ") + i + " = " + seen);
                }
                return null;
              }));
    }
    for (Future<?> each : all) {
      each.get();
    }
    threads.shutdown();
    out.println("done");
  }

  /** Makes calls that fail for several reasons, and one that does not; prints what is told. */
  private static void fail(URI endpoint, String bucket, PrintStream out) throws IOException {
    AssetKey key = AssetKey.of("acme", "fail.jpg");
    AwsCredentials session =
        AwsSessionCredentials.create("AKIDNOBODY", SECRETS.get(1), SECRETS.get(2));
    AwsCredentials wrong = AwsBasicCredentials.create(LocalS3.ACCESS_KEY, SECRETS.get(1));
    AwsCredentials right = AwsBasicCredentials.create(LocalS3.ACCESS_KEY, SECRETS.get(0));
    for (AwsCredentials credentials : List.of(session, wrong, right)) {
      for (URI server : List.of(endpoint, URI.create("http://127.0.0.1:1"))) {
        S3Connection connection =
            LocalS3.connection(server)
                .attempts(2)
                .credentials(StaticCredentialsProvider.create(credentials));
        try (S3AssetStore store = S3AssetStore.builder(bucket).connection(connection).build();
            S3UrlSigner signer = S3UrlSigner.of(bucket, connection)) {
          out.println(store + " " + signer + " " + connection);
          out.println(signer.sign(key, Duration.ofMinutes(1)));
          out.println(store.put(key, AssetSource.ofBytes(new byte[9], "image/jpeg")));
          store.open(key).close();
          out.println(store.delete(key));
        } catch (IOException | RuntimeException told) {
          told.printStackTrace(out);
        }
      }
    }
  }

  /** Stores and reads back so many bytes without ever holding them. */
  private static void stream(S3AssetStore store, long length, boolean known, PrintStream out)
      throws IOException {
    AssetKey key = AssetKey.of("acme", "large.tif");
    long begin = System.nanoTime();
    AssetInfo info =
        store.put(key, AssetSource.of(() -> new Noise(length), known ? length : -1, "image/tiff"));
    out.println("stored " + info.length() + " " + info.version());
    long middle = System.nanoTime();
    try (var content = store.open(key);
        InputStream in = content.stream()) {
      out.println("read " + Noise.sha256(in));
    }
    out.printf(
        Locale.ROOT,
        "heap of %d MiB, put %d ms, get %d ms%n",
        Runtime.getRuntime().maxMemory() >> 20,
        (middle - begin) / 1_000_000,
        (System.nanoTime() - middle) / 1_000_000);
  }

  /** Bytes that follow from their position, and do not repeat. */
  static final class Noise extends InputStream {
    private final long length;
    private long position;

    Noise(long length) {
      this.length = length;
    }

    /** Returns length and digest of all bytes of a stream. */
    static String sha256(InputStream in) throws IOException {
      MessageDigest digest = Digests.sha256();
      long length = 0;
      byte[] buffer = new byte[1 << 16];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
        length += count;
      }
      return length + " " + HexFormat.of().formatHex(digest.digest());
    }

    /** Mixes the number of the eight bytes a position is among (SplitMix64). */
    private static byte at(long position) {
      long z = ((position >>> 3) + 1) * 0x9E3779B97F4A7C15L;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      return (byte) ((z ^ (z >>> 31)) >>> (8 * (position & 7)));
    }

    @Override
    public int read() {
      return position < length ? at(position++) & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int count) {
      if (position >= length) {
        return -1;
      }
      int given = (int) Math.min(count, length - position);
      for (int i = 0; i < given; i++) {
        into[offset + i] = at(position + i);
      }
      position += given;
      return given;
    }
  }
}
