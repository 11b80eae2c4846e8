package dev.rendition.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** What holds between processes, and when one of them is killed. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class S3ProcessesIT {
  private static final int KEYS = 200;
  private static final int SOME_KEYS = 60;
  private static final int WRITERS = 4;

  @TempDir private Path folder;
  private LocalS3 server;
  private S3Client client;
  private String bucket;
  private final List<Process> children = new ArrayList<>();

  @BeforeEach
  void startServer() throws Exception {
    server = new LocalS3();
    client = server.client();
    bucket = server.newBucket();
  }

  @AfterEach
  void stopServer() throws Exception {
    for (Process child : children) {
      child.destroyForcibly().waitFor();
    }
    client.close();
    server.close();
  }

  @Test
  void ofEightWritersInTwoProcessesExactlyOneWinsEachKeyAndAllSeeItsBytes() throws Exception {
    Map<Integer, Integer> winners = race(server.endpoint().toString(), KEYS);
    assertThat(winners).hasSize(KEYS);
    assertThat(winners.values()).containsOnly(1);
  }

  /** A writer whose answer was lost asks again, and is told that the key is taken: by itself. */
  @Test
  void aWinnerWhoseAnswerWasLostReadsItsOwnBytesAsAllOthersDo() throws Exception {
    AtomicInteger lost = new AtomicInteger();
    AtomicInteger puts = new AtomicInteger();
    try (FaultProxy proxy =
        new FaultProxy(
            server.endpoint(),
            line -> {
              if (line.startsWith("PUT ") && puts.incrementAndGet() % 5 == 0) {
                lost.incrementAndGet();
                return FaultProxy.Fault.LOSE_ANSWER;
              }
              return FaultProxy.Fault.NONE;
            })) {
      Map<Integer, Integer> winners = race(proxy.endpoint().toString(), SOME_KEYS);
      assertThat(lost.get()).isGreaterThan(SOME_KEYS);
      assertThat(winners).as("keys whose winner was told").hasSizeLessThan(SOME_KEYS);
      assertThat(winners.values()).containsOnly(1);
    }
  }

  /**
   * Has two processes write every key at once; all bytes seen of a key are the same.
   *
   * @return how many writers of each key were told that they won
   */
  private Map<Integer, Integer> race(String endpoint, int keys) throws Exception {
    List<Process> racers =
        List.of(
            child(endpoint, "-Xmx128m", "race", "left", "" + WRITERS, "" + keys),
            child(endpoint, "-Xmx128m", "race", "right", "" + WRITERS, "" + keys));
    List<BufferedReader> told = new ArrayList<>();
    for (Process racer : racers) {
      BufferedReader lines = racer.inputReader(UTF_8);
      while (!"ready".equals(lines.readLine())) {
        assertThat(racer.isAlive()).isTrue();
      }
      told.add(lines);
    }
    for (Process racer : racers) {
      racer.getOutputStream().write('\n');
      racer.getOutputStream().flush();
    }
    Map<Integer, List<String>> seen = new TreeMap<>();
    Map<Integer, Integer> winners = new TreeMap<>();
    for (BufferedReader lines : told) {
      for (String line = lines.readLine(); !"done".equals(line); line = lines.readLine()) {
        assertThat(line).isNotNull();
        int number = Integer.parseInt(line.substring(4, line.indexOf(' ', 4)));
        seen.computeIfAbsent(number, any -> new ArrayList<>())
            .add(line.substring(line.indexOf('=') + 2));
        if (line.startsWith("won ")) {
          winners.merge(number, 1, Integer::sum);
        }
      }
    }
    assertThat(seen).hasSize(keys);
    assertThat(seen.values())
        .allSatisfy(
            bytes -> {
              assertThat(bytes).hasSize(2 * WRITERS);
              assertThat(bytes.stream().distinct()).hasSize(1);
            });
    return winners;
  }

  /** Everything the AWS SDK and the JDK have to say is logged, but for what is signed. */
  @Test
  void noSecretIsToldOrLogged() throws Exception {
    requireHidden("info", S3Child.SECRETS);
  }

  /** A session's token is a header, and the AWS SDK logs headers when told to: docs/aws.md. */
  @Test
  void noSecretKeyIsLoggedHoweverMuchIsLogged() throws Exception {
    requireHidden("trace", S3Child.SECRETS.subList(0, 2));
  }

  private void requireHidden(String signerLevel, List<String> secrets) throws Exception {
    Process child = child("-Xmx128m", "fail", signerLevel);
    String told = new String(child.getInputStream().readAllBytes(), UTF_8);
    assertThat(child.waitFor()).isZero();
    String log = Files.readString(log(child));
    assertThat(told).contains("InvalidAccessKeyId", "SignatureDoesNotMatch", "cannot be reached");
    assertThat(log).contains("DEBUG software.amazon.awssdk.request", "TRACE");
    for (String secret : secrets) {
      assertThat(told.contains(secret)).as("%s in what is told", secret).isFalse();
      assertThat(log.contains(secret)).as("%s in the log", secret).isFalse();
    }
  }

  @Test
  void aProcessKilledInTheMiddleOfAnUploadLeavesNothingVisibleAndItsPartsCanBeTakenAway()
      throws Exception {
    AtomicInteger parts = new AtomicInteger();
    try (FaultProxy proxy =
        new FaultProxy(
            server.endpoint(),
            line -> {
              if (line.contains("partNumber=")) {
                parts.incrementAndGet();
              }
              return FaultProxy.Fault.NONE;
            })) {
      Process uploader =
          child(proxy.endpoint().toString(), "-Xmx128m", "stream", "" + (400L << 20), "known");
      await().atMost(Duration.ofMinutes(2)).until(() -> parts.get() >= 6);
      uploader.destroyForcibly().waitFor();
    }
    assertThat(client.listObjectsV2(list -> list.bucket(bucket)).contents()).isEmpty();
    var uploads = client.listMultipartUploads(list -> list.bucket(bucket)).uploads();
    assertThat(uploads).hasSize(1);
    var upload = uploads.get(0);
    assertThat(upload.key()).isEqualTo("acme/large.tif");
    var left =
        client.listParts(list -> list.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
    assertThat(left.parts()).isNotEmpty();
    var unused =
        client.abortMultipartUpload(
            abort -> abort.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
    assertThat(client.listMultipartUploads(list -> list.bucket(bucket)).uploads()).isEmpty();
  }

  /** The median of five processes, each the first to load the AWS SDK. */
  @Test
  @Tag("proof")
  void aStoreStartsWithinFourTenthsOfASecond() throws Exception {
    List<Long> millis = new ArrayList<>();
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      Process child = child("-Xmx128m", "start");
      String told = new String(child.getInputStream().readAllBytes(), UTF_8);
      assertThat(child.waitFor()).isZero();
      all.append(told.replace('\n', ';')).append(' ');
      millis.add(Long.parseLong(told.replaceFirst("(?s)started in ms: ([0-9]+).*", "$1")));
    }
    System.getLogger(S3ProcessesIT.class.getName()).log(System.Logger.Level.INFO, all.toString());
    assertThat(millis.stream().sorted().toList().get(2)).isLessThan(400);
  }

  @Test
  @Tag("proof")
  void aGibibyteOfKnownLengthStreamsThroughAHeapOf64MiB() throws Exception {
    requireStreamed(1L << 30, "known");
  }

  @Test
  @Tag("proof")
  void aGibibyteOfUnknownLengthStreamsThroughAHeapOf64MiB() throws Exception {
    requireStreamed(1L << 30, "unknown");
  }

  @Test
  void aLargeAssetStreamsThroughASmallHeap() throws Exception {
    requireStreamed(150L << 20, "unknown");
  }

  private void requireStreamed(long length, String known) throws Exception {
    server.close();
    server = LocalS3.inFolder(folder);
    bucket = server.newBucket();
    Process child = child("-Xmx64m", "stream", "" + length, known);
    String told;
    try (BufferedReader lines = child.inputReader(UTF_8)) {
      told = lines.lines().reduce("", (all, line) -> all + line + "\n");
    }
    System.getLogger(S3ProcessesIT.class.getName()).log(System.Logger.Level.INFO, told);
    assertThat(child.waitFor()).isZero();
    String digest;
    try (InputStream source = new S3Child.Noise(length)) {
      digest = S3Child.Noise.sha256(source);
    }
    assertThat(told).contains("stored " + digest, "read " + digest, "heap of 64 MiB");
  }

  private Process child(String... arguments) throws IOException {
    return arguments[0].startsWith("-")
        ? start(server.endpoint().toString(), arguments, 0)
        : start(arguments[0], arguments, 1);
  }

  /** The first argument left is one of the JVM, the second the task. */
  private Process start(String endpoint, String[] arguments, int from) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                arguments[from],
                "-cp",
                System.getProperty("java.class.path"),
                S3Child.class.getName(),
                arguments[from + 1],
                endpoint,
                bucket));
    command.addAll(List.of(arguments).subList(from + 2, arguments.length));
    Path log = folder.resolve("child-" + children.size() + ".log");
    Process child = new ProcessBuilder(command).redirectError(log.toFile()).start();
    children.add(child);
    return child;
  }

  private Path log(Process child) {
    return folder.resolve("child-" + children.indexOf(child) + ".log");
  }
}
