package dev.rendition.s3;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Sends one large asset in parts. The source is read on the calling thread into a fixed set of
 * buffers, which other threads send; nothing is visible before the last step, and whatever fails
 * before it takes the parts away again. Used once.
 */
final class PartedUpload {
  /** The most parts of one upload, a limit of S3. */
  static final int MAX_PARTS = 10_000;

  private static final long PATIENCE_SECONDS = 300;

  private final S3Client client;
  private final CreateMultipartUploadRequest request;
  private final AssetKey key;
  private final String place;
  private final Measured expected;
  private final int partSize;
  private final int parallelism;
  private final BlockingQueue<byte[]> buffers;

  /**
   * Prepares an upload.
   *
   * @param expected what reading the source once has shown
   * @param partSize bytes, 5 MiB or more for S3 itself
   * @param parallelism how many parts are sent at a time; one more is held in memory
   */
  PartedUpload(
      S3Client client,
      CreateMultipartUploadRequest request,
      AssetKey key,
      String place,
      Measured expected,
      int partSize,
      int parallelism) {
    this.client = client;
    this.request = request;
    this.key = key;
    this.place = place;
    this.expected = expected;
    this.partSize = partSize;
    this.parallelism = parallelism;
    this.buffers = new ArrayBlockingQueue<>(parallelism + 1);
  }

  /**
   * Sends everything and makes it visible.
   *
   * @param createOnly whether the last step is refused where an object is
   * @throws SdkException as the last step is answered
   */
  CompleteMultipartUploadResponse run(AssetSource source, boolean createOnly) throws IOException {
    String id;
    try {
      id = client.createMultipartUpload(request).uploadId();
    } catch (SdkException e) {
      throw S3Fault.explain("storing " + key, place, "s3:PutObject", e);
    }
    try {
      List<CompletedPart> parts = send(source, id);
      CompleteMultipartUploadRequest.Builder last =
          CompleteMultipartUploadRequest.builder()
              .bucket(request.bucket())
              .key(request.key())
              .uploadId(id)
              .multipartUpload(all -> all.parts(parts));
      if (createOnly) {
        last.ifNoneMatch("*");
      }
      return client.completeMultipartUpload(last.build());
    } catch (IOException | RuntimeException e) {
      abort(id, e);
      throw e;
    }
  }

  private List<CompletedPart> send(AssetSource source, String id) throws IOException {
    ExecutorService senders =
        Executors.newFixedThreadPool(parallelism, task -> new Thread(task, "rendition-s3-part"));
    try (InputStream in = source.open()) {
      List<CompletedPart> parts = readAndSend(in, id, senders);
      senders.shutdown();
      return parts;
    } catch (IOException | RuntimeException e) {
      senders.shutdownNow();
      throw e;
    } finally {
      // An upload is taken away only when no part of it is under way any more.
      await(senders);
    }
  }

  private List<CompletedPart> readAndSend(InputStream in, String id, ExecutorService senders)
      throws IOException {
    MessageDigest digest = Digests.sha256();
    List<Future<CompletedPart>> sent = new ArrayList<>();
    long left = expected.length();
    for (int number = 1; left > 0; number++) {
      byte[] buffer = buffer(sent);
      int count = in.readNBytes(buffer, 0, (int) Math.min(partSize, left));
      if (count < Math.min(partSize, left)) {
        throw changed();
      }
      digest.update(buffer, 0, count);
      int part = number;
      sent.add(senders.submit(() -> sendPart(id, part, buffer, count)));
      left -= count;
    }
    if (in.read() >= 0 || !Digests.hex(digest.digest()).equals(expected.version())) {
      throw changed();
    }
    List<CompletedPart> parts = new ArrayList<>();
    for (Future<CompletedPart> each : sent) {
      parts.add(result(each));
    }
    parts.sort(Comparator.comparing(CompletedPart::partNumber));
    return parts;
  }

  /** Returns a buffer nobody uses; waits for one to be sent where all are in use. */
  private byte[] buffer(List<Future<CompletedPart>> sent) throws IOException {
    if (sent.size() <= parallelism) {
      return new byte[(int) Math.min(partSize, expected.length())];
    }
    try {
      while (true) {
        byte[] free = buffers.poll(1, TimeUnit.SECONDS);
        for (Future<CompletedPart> each : sent) {
          if (each.isDone()) {
            var unused = result(each);
          }
        }
        if (free != null) {
          return free;
        }
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private CompletedPart sendPart(String id, int number, byte[] buffer, int count) {
    try {
      UploadPartResponse answer =
          client.uploadPart(
              part ->
                  part.bucket(request.bucket()).key(request.key()).uploadId(id).partNumber(number),
              Bodies.of(buffer, count));
      return CompletedPart.builder()
          .partNumber(number)
          .eTag(answer.eTag())
          .checksumCRC32(answer.checksumCRC32())
          .build();
    } finally {
      buffers.add(buffer);
    }
  }

  private CompletedPart result(Future<CompletedPart> part) throws IOException {
    try {
      return part.get();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SdkException problem) {
        throw S3Fault.explain("storing a part of " + key, place, "s3:PutObject", problem);
      }
      throw new IOException(
          "storing a part of " + key + " in " + place + " failed: " + e.getCause(), e);
    }
  }

  private void abort(String id, Exception problem) {
    boolean interrupted = Thread.interrupted();
    try {
      var unused =
          client.abortMultipartUpload(
              upload -> upload.bucket(request.bucket()).key(request.key()).uploadId(id));
    } catch (SdkException e) {
      if (!S3Fault.isMissing(e)) {
        problem.addSuppressed(
            S3Fault.explain(
                "taking the parts of upload " + id + " of " + key + " away",
                place,
                "s3:AbortMultipartUpload",
                e));
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void await(ExecutorService senders) {
    boolean interrupted = false;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!senders.isTerminated() && System.nanoTime() < end) {
      try {
        if (senders.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
        senders.shutdownNow();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private InterruptedIOException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException stopped =
        new InterruptedIOException("storing " + key + " in " + place + " was interrupted");
    stopped.initCause(cause);
    return stopped;
  }

  private IOException changed() {
    return new IOException(
        "the source of "
            + key
            + " gave other bytes when it was read again, after "
            + expected.length()
            + " bytes; store it again when nobody writes to it");
  }
}
