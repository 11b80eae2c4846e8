package dev.rendition.lambdalocal;

import dev.rendition.lambda.emulator.EmulatedFunction;
import dev.rendition.lambda.emulator.FunctionDefinition;
import dev.rendition.lambda.emulator.LambdaEmulator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/**
 * An S3 server with two buckets in memory, Lambda, and the function deployed to it: all on
 * 127.0.0.1, all forgotten when it is closed. Safe for use by many threads.
 */
final class LocalCloud implements AutoCloseable {
  private static final String ACCESS_KEY = "AKIDONTHISMACHINE";
  private static final String HANDLER = "dev.rendition.lambda.function.RenditionFunction";
  private static final String FUNCTION = "renditions";
  private static final String ORIGINALS = "originals";
  private static final String RENDITIONS = "renditions";
  private static final int MEMORY = 1_024;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final String secret = newSecret();
  private final BlobStore objects = new TransientNio2BlobStore();
  private final S3Proxy s3;
  private final LambdaEmulator lambda;
  private final EmulatedFunction function;

  private LocalCloud(Path zip) throws Exception {
    s3 = startS3();
    boolean complete = false;
    LambdaEmulator started = null;
    try {
      started = LambdaEmulator.builder().credentials(ACCESS_KEY, secret).start();
      lambda = started;
      function =
          lambda.deploy(
              FunctionDefinition.of(FUNCTION, zip, HANDLER)
                  .memory(MEMORY)
                  .timeout(TIMEOUT)
                  .environment("RENDITION_ORIGINALS", "s3://" + ORIGINALS)
                  .environment("RENDITION_RENDITIONS", "s3://" + RENDITIONS)
                  .environment("RENDITION_S3_ENDPOINT", s3Address())
                  .environment("RENDITION_S3_PATH_STYLE", "true")
                  .build());
      complete = true;
    } finally {
      if (!complete) {
        if (started != null) {
          started.close();
        }
        s3.stop();
        objects.close();
      }
    }
  }

  /**
   * Starts everything.
   *
   * @param zip the function as it is deployed
   * @throws IOException if a part does not start
   */
  static LocalCloud start(Path zip) throws IOException {
    try {
      return new LocalCloud(zip);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the S3 server does not start", e);
    }
  }

  private S3Proxy startS3() throws Exception {
    S3Proxy server =
        S3Proxy.builder()
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, secret)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .ignoreUnknownHeaders(true)
            .blobStore(objects)
            .v4MaxNonChunkedRequestSize(256 << 20)
            .build();
    server.setBlobStoreLocator((identity, bucket, name) -> new AccessGrant(secret, objects));
    server.start();
    objects.createContainer(ORIGINALS);
    objects.createContainer(RENDITIONS);
    return server;
  }

  private static String newSecret() {
    byte[] random = new byte[20];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private String s3Address() {
    return "http://127.0.0.1:" + s3.getPort();
  }

  /** Writes the settings of a caller, who has the same rights as the function. */
  void writeSettings(Path file) throws IOException {
    Files.writeString(
        file,
        """
        rendition.generator=lambda
        rendition.lambda.function=%s
        rendition.lambda.endpoint=%s
        rendition.lambda.access-key=%s
        rendition.lambda.secret-key=%s
        rendition.originals=s3://%s
        rendition.renditions=s3://%s
        rendition.s3.endpoint=%s
        rendition.s3.path-style=true
        rendition.s3.access-key=%s
        rendition.s3.secret-key=%s
        rendition.urls.signer=s3
        rendition.recipe.w1600=fit:1600,jpeg:80
        rendition.recipe.w1200=fit:1200,jpeg:80
        rendition.recipe.w800=fit:800,jpeg:80
        rendition.recipe.w400=fit:400,jpeg:80
        rendition.recipe.w200=fit:200,jpeg:80
        """
            .formatted(
                FUNCTION,
                lambda.endpoint(),
                ACCESS_KEY,
                secret,
                ORIGINALS,
                RENDITIONS,
                s3Address(),
                ACCESS_KEY,
                secret));
  }

  /** Returns one sentence on what the function did so far. */
  String summary() {
    var figures = function.statistics();
    return String.format(
        Locale.ROOT,
        "the function: %d invocations, %d cold starts, %.2f GB-seconds, %d MB at most",
        figures.invocations(),
        figures.coldStarts(),
        figures.gigabyteSeconds(),
        figures.maxMemoryMegabytes());
  }

  @Override
  public void close() throws IOException {
    try {
      lambda.close();
    } finally {
      try {
        s3.stop();
      } catch (Exception e) {
        throw new IOException("the S3 server does not stop", e);
      } finally {
        objects.close();
      }
    }
  }
}
