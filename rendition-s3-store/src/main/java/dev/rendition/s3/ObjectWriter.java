package dev.rendition.s3;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Writes assets: with one request up to the size of a part, in parts above. Safe for use by many
 * threads.
 */
final class ObjectWriter {
  private static final int MAX_CONFLICTS = 8;

  private final StartingClient client;
  private final S3Writing writing;
  private final int partSize;
  private final int parallelParts;
  private final Clock clock;
  private final Lookup lookup;

  /**
   * Collects what writing needs.
   *
   * @param clock tells when an asset was stored where S3 does not
   * @param lookup looks at what a key holds
   */
  ObjectWriter(
      StartingClient client,
      S3Writing writing,
      int partSize,
      int parallelParts,
      Clock clock,
      Lookup lookup) {
    this.client = client;
    this.writing = writing;
    this.partSize = partSize;
    this.parallelParts = parallelParts;
    this.clock = clock;
    this.lookup = lookup;
  }

  /**
   * Writes an asset.
   *
   * @param createOnly whether an object that is there is kept
   * @return what was stored, or empty if something was there
   */
  Optional<AssetInfo> write(
      ObjectAddress target, AssetSource source, AssetAttributes attributes, boolean createOnly)
      throws IOException {
    requireNonNull(attributes, "attributes");
    AssetKey key = target.key();
    Measured measured =
        Measured.read(key, source, partSize, (long) partSize * PartedUpload.MAX_PARTS);
    if (createOnly && !measured.isWhole() && lookup.stat(key).isPresent()) {
      return Optional.empty();
    }
    for (int conflicts = 0; ; conflicts++) {
      try {
        Instant modified =
            measured.isWhole()
                ? writeWhole(target, source, attributes, measured, createOnly)
                : writeParts(target, source, attributes, measured, createOnly);
        return Optional.of(
            new AssetInfo(
                key,
                measured.length(),
                source.mediaType(),
                measured.version(),
                modified,
                attributes));
      } catch (SdkException e) {
        // An upload that S3 does not know any more was completed, and its answer was lost.
        if (createOnly
            && (S3Fault.isTaken(e) || (S3Fault.isMissing(e) && lookup.stat(key).isPresent()))) {
          return Optional.empty();
        }
        if (!createOnly || !S3Fault.isConflict(e) || conflicts >= MAX_CONFLICTS) {
          throw S3Fault.explain("storing " + key, target.shown(), "s3:PutObject", e);
        }
        pause(conflicts);
      }
    }
  }

  private Instant writeWhole(
      ObjectAddress target,
      AssetSource source,
      AssetAttributes attributes,
      Measured measured,
      boolean createOnly)
      throws IOException {
    PutObjectRequest.Builder request =
        writing.put(
            target.bucket(), target.object(), source.mediaType(), measured.version(), attributes);
    if (client.signsBytes()) {
      request.overrideConfiguration(
          each -> each.putHeader(DigestSigner.DIGEST, measured.version()));
    } else {
      // S3 checks what arrives against the very digest that becomes the version.
      request.checksumSHA256(
          Base64.getEncoder().encodeToString(HexFormat.of().parseHex(measured.version())));
    }
    if (createOnly) {
      request.ifNoneMatch("*");
    }
    PutObjectResponse answer =
        client
            .get()
            .putObject(request.build(), Bodies.of(measured.bytes(), (int) measured.length()));
    return dateOf(answer);
  }

  private Instant writeParts(
      ObjectAddress target,
      AssetSource source,
      AssetAttributes attributes,
      Measured measured,
      boolean createOnly)
      throws IOException {
    PartedUpload upload =
        new PartedUpload(
            client.get(),
            writing.begin(
                target.bucket(),
                target.object(),
                source.mediaType(),
                measured.version(),
                attributes),
            target.key(),
            target.shown(),
            measured,
            partSize,
            parallelParts);
    try {
      return dateOf(upload.run(source, createOnly));
    } catch (SdkException e) {
      // The answer to the last step may have been lost, and S3 knows no upload that is complete.
      Optional<AssetInfo> there =
          S3Fault.isTaken(e) || createOnly ? Optional.empty() : lookup.stat(target.key());
      if (there.isPresent()
          && there.get().version().equals(measured.version())
          && there.get().attributes().equals(attributes)) {
        return there.get().modified();
      }
      throw e;
    }
  }

  /** Waits 25 to 50 ms, then twice as long each time. */
  private static void pause(int conflicts) throws InterruptedIOException {
    long millis = 50L << Math.min(conflicts, 5);
    try {
      TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException stopped =
          new InterruptedIOException("interrupted between two attempts to store an asset");
      stopped.initCause(e);
      throw stopped;
    }
  }

  private Instant dateOf(SdkResponse answer) {
    String date = answer.sdkHttpResponse().firstMatchingHeader("Date").orElse("");
    try {
      return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
    } catch (DateTimeException e) {
      return clock.instant();
    }
  }
}
