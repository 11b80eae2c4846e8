package dev.rendition.lambda.function;

import dev.rendition.s3.S3AssetStore;
import dev.rendition.s3.S3Connection;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** An S3 server on loopback with pairs of buckets; forgets everything when it is closed. */
final class S3Server implements AutoCloseable {
  static final String ACCESS_KEY = "AKIDLOCALTEST";
  static final String SECRET_KEY = "local+secret/that=must-never-be-shown";

  private static final AtomicInteger PAIRS = new AtomicInteger();

  private final WatchedObjects objects = new WatchedObjects(new TransientNio2BlobStore());
  private final S3Proxy server;

  S3Server() throws Exception {
    server =
        S3Proxy.builder()
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .ignoreUnknownHeaders(true)
            .blobStore(objects)
            .v4MaxNonChunkedRequestSize(256 << 20)
            .build();
    server.setBlobStoreLocator(
        (identity, container, blob) ->
            ACCESS_KEY.equals(identity) ? new AccessGrant(SECRET_KEY, objects) : null);
    server.start();
  }

  /** Makes two buckets nobody else uses. */
  Buckets newBuckets() {
    int number = PAIRS.incrementAndGet();
    Buckets buckets = new Buckets(this, "originals-" + number, "renditions-" + number);
    objects.createContainer(buckets.originals());
    objects.createContainer(buckets.renditions());
    return buckets;
  }

  /** Returns what lies here, to be counted and to fail on command. */
  WatchedObjects objects() {
    return objects;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException("the test server does not stop", e);
    } finally {
      objects.close();
    }
  }

  /** Where originals and renditions of one test lie. */
  record Buckets(S3Server server, String originals, String renditions) {
    S3AssetStore originalStore() {
      return store(originals);
    }

    S3AssetStore renditionStore() {
      return store(renditions);
    }

    private S3AssetStore store(String bucket) {
      return S3AssetStore.builder(bucket)
          .connection(
              S3Connection.DEFAULT
                  .endpoint(server.endpoint())
                  .pathStyle(true)
                  .credentials(
                      StaticCredentialsProvider.create(
                          AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY))))
          .build();
    }

    /** Returns the variables of a function over these buckets; its role has the credentials. */
    Map<String, String> variables() {
      return new TreeMap<>(
          Map.of(
              "RENDITION_ORIGINALS",
              "s3://" + originals,
              "RENDITION_RENDITIONS",
              "s3://" + renditions,
              "RENDITION_S3_ENDPOINT",
              server.endpoint().toString(),
              "RENDITION_S3_PATH_STYLE",
              "true"));
    }
  }
}
