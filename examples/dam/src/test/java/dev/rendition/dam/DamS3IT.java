package dev.rendition.dam;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.Test;

/** The same demo over S3: nothing but settings differs. */
class DamS3IT {
  private static final String SECRET = "dam-secret-not-to-be-shown";

  @Test
  void settingsAloneMoveTheDemoToS3() throws Exception {
    BlobStore objects = new TransientNio2BlobStore();
    S3Proxy server =
        S3Proxy.builder()
            .awsAuthentication(AuthenticationType.AWS_V4, "AKIDDAM", SECRET)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .ignoreUnknownHeaders(true)
            .blobStore(objects)
            .build();
    server.setBlobStoreLocator((identity, bucket, name) -> new AccessGrant(SECRET, objects));
    server.start();
    try {
      objects.createContainer("originals");
      objects.createContainer("processed");
      try (Site site =
          new Site(
              "rendition.originals", "s3://originals/{tenant}",
              "rendition.renditions", "s3://processed/renditions",
              "rendition.s3.endpoint", "http://127.0.0.1:" + server.getPort(),
              "rendition.s3.path-style", "true",
              "rendition.s3.access-key", "AKIDDAM",
              "rendition.s3.secret-key", SECRET,
              "rendition.urls.signer", "s3")) {
        String page = site.page(site.upload("beach.jpg", Site.redAndBlue(2_000, 1_000)));
        assertThat(page).doesNotContain(SECRET);
        assertThat(Site.picture(site.get(Site.link(page, "medium"))).getWidth()).isEqualTo(960);

        URI link = URI.create(Site.link(page, "print"));
        assertThat(link.getPort()).as("the link leads to S3 itself").isEqualTo(server.getPort());
        HttpResponse<byte[]> answer = site.send(HttpRequest.newBuilder(link).build());
        assertThat(Site.picture(answer).getWidth()).isEqualTo(1_500);
        URI unsigned = URI.create(link.toString().replaceFirst("\\?.*", ""));
        assertThat(site.send(HttpRequest.newBuilder(unsigned).build()).statusCode()).isEqualTo(403);

        assertThat(site.send("POST", "/delete/beach.jpg", new byte[0]).statusCode()).isEqualTo(303);
        assertThat(site.send(HttpRequest.newBuilder(link).build()).statusCode()).isEqualTo(404);
      }
    } finally {
      server.stop();
      objects.close();
    }
  }
}
