package dev.rendition.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What storing an asset costs beside {@code putObject} of the same bytes by the same client. Both
 * take turns in one process against one server; medians, because one of a hundred is ten times as
 * slow. The SHA-256 that becomes the version is also the one the request is signed with.
 */
@Tag("proof")
class S3OverheadIT {
  private static final int WARM_UP = 800;
  private static final int ROUNDS = 800;

  /** The two ways, and what they took each time, in nanoseconds. */
  private static final int PLAIN = 0;

  private static final int STORE = 1;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final long[][] wall = new long[2][ROUNDS];
  private final long[][] cpu = new long[2][ROUNDS];

  @Test
  void anAssetCostsHardlyMoreThanPutObject() throws Exception {
    try (LocalS3 server = new LocalS3();
        S3Client client = server.client()) {
      String bucket = server.newBucket();
      try (S3AssetStore store = S3AssetStore.builder(bucket).client(client).build()) {
        for (int size : new int[] {20_000, 200_000, 2_000_000}) {
          compare(client, store, bucket, size);
        }
      }
    }
  }

  private void compare(S3Client client, S3AssetStore store, String bucket, int size)
      throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      // Who begins alternates too.
      for (int turn = 0; turn < 2; turn++) {
        int way = (turn + round) & 1;
        int number = round & 63;
        long beginCpu = threads.getCurrentThreadCpuTime();
        long begin = System.nanoTime();
        if (way == PLAIN) {
          var unused =
              client.putObject(
                  put -> put.bucket(bucket).key("plain/" + number).contentType("image/jpeg"),
                  RequestBody.fromBytes(bytes));
        } else {
          store.put(
              AssetKey.of("acme", "store/" + number),
              AssetSource.ofBytes(bytes, "image/jpeg"),
              AssetAttributes.NONE);
        }
        if (round >= 0) {
          wall[way][round] = System.nanoTime() - begin;
          cpu[way][round] = threads.getCurrentThreadCpuTime() - beginCpu;
        }
      }
    }
    System.getLogger(S3OverheadIT.class.getName())
        .log(
            System.Logger.Level.INFO,
            "{0} bytes: wall {1} us plain, {2} us store, ratio {3}; thread {4} us, {5} us, ratio {6}",
            size,
            median(wall[PLAIN]) / 1_000,
            median(wall[STORE]) / 1_000,
            ratio(wall),
            median(cpu[PLAIN]) / 1_000,
            median(cpu[STORE]) / 1_000,
            ratio(cpu));
    // The aim is 1.05, for a machine that does nothing else; a busy one moves it both ways.
    assertThat(ratio(wall)).as("store beside putObject, %d bytes", size).isLessThan(1.25);
  }

  private static double ratio(long[][] nanos) {
    return (double) median(nanos[STORE]) / median(nanos[PLAIN]);
  }

  private static long median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
