package dev.rendition.s3;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 server on loopback that verifies signatures and forgets everything when it is closed. */
final class LocalS3 implements AutoCloseable {
  static final String ACCESS_KEY = "AKIDLOCALTEST";
  static final String SECRET_KEY = "local+secret/that=must-never-be-shown";

  private static final AtomicInteger BUCKETS = new AtomicInteger();

  private final BlobStore objects;
  private final S3Proxy server;

  LocalS3() throws Exception {
    this(new FlatNames(new TransientNio2BlobStore()));
  }

  /** Keeps objects in a folder, for more bytes than the heap holds. */
  static LocalS3 inFolder(Path folder) throws Exception {
    return new LocalS3(new FilesystemNio2BlobStore(folder.toString()));
  }

  private LocalS3(BlobStore objects) throws Exception {
    this.objects = objects;
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

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /** Makes a bucket nobody else uses. */
  String newBucket() {
    return newBucket("bucket-" + BUCKETS.incrementAndGet());
  }

  String newBucket(String name) {
    objects.createContainer(name);
    return name;
  }

  S3Connection connection() {
    return connection(endpoint());
  }

  static S3Connection connection(URI endpoint) {
    return S3Connection.DEFAULT
        .endpoint(endpoint)
        .pathStyle(true)
        .credentials(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)));
  }

  S3Client client() {
    return connection().client();
  }

  S3AssetStore newStore() {
    return S3AssetStore.builder(newBucket()).connection(connection()).build();
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
}
