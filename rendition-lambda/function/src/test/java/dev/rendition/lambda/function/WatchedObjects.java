package dev.rendition.lambda.function;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The objects behind the test server: counts how often each is read, and refuses or holds up what
 * is asked of it on command. Whoever asks sees the answers of S3. Safe for use by many threads.
 */
final class WatchedObjects extends ForwardingBlobStore {
  private final Map<String, AtomicInteger> reads = new ConcurrentHashMap<>();
  private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
  private final Set<String> unwritable = ConcurrentHashMap.newKeySet();
  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
  private final Map<String, Integer> cut = new ConcurrentHashMap<>();

  WatchedObjects(BlobStore objects) {
    super(objects);
  }

  /** Returns how many requests there were to read an object, given as bucket/key. */
  int reads(String object) {
    return count(object).get();
  }

  /** Answers 403 to who reads an object. */
  void refuseReading(String object) {
    unreadable.add(object);
  }

  /** Answers 403 to who writes an object. */
  void refuseWriting(String object) {
    unwritable.add(object);
  }

  /** Breaks the connection off after some bytes of an object, whoever reads it. */
  void cut(String object, int bytes) {
    cut.put(object, bytes);
  }

  /** Lets who reads an object wait, until {@link #behave}. */
  void hold(String object) {
    held.put(object, new CountDownLatch(1));
  }

  /** Forgets every fault, and every count. */
  void behave() {
    unreadable.clear();
    unwritable.clear();
    cut.clear();
    reads.clear();
    held.values().forEach(CountDownLatch::countDown);
    held.clear();
  }

  private AtomicInteger count(String object) {
    return reads.computeIfAbsent(object, unused -> new AtomicInteger());
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
    String object = request.bucket() + "/" + request.key();
    int number = count(object).incrementAndGet();
    CountDownLatch gate = held.get(object);
    if (gate != null) {
      await(gate);
    }
    if (unreadable.contains(object)) {
      throw forbidden("read " + number + " of " + object);
    }
    ResponseInputStream<GetObjectResponse> answer = super.getBlob(request);
    Integer most = cut.get(object);
    return most == null ? answer : new ResponseInputStream<>(answer.response(), cut(answer, most));
  }

  private static InputStream cut(InputStream whole, int most) {
    try (whole) {
      byte[] begin = whole.readNBytes(most);
      return new SequenceInputStream(new ByteArrayInputStream(begin), new Broken());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
    String object = request.bucket() + "/" + request.key();
    if (unwritable.contains(object)) {
      throw forbidden("writing " + object);
    }
    return super.putBlob(request, content);
  }

  private static S3Exception forbidden(String what) {
    return (S3Exception)
        S3Exception.builder()
            .statusCode(403)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("AccessDenied")
                    .errorMessage("refused on command: " + what)
                    .build())
            .build();
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Where the connection is broken off. */
  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("cut off on command");
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      throw new IOException("cut off on command");
    }
  }
}
