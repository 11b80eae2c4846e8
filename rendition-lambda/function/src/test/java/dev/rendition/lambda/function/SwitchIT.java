package dev.rendition.lambda.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rendition.RenditionConfig;
import dev.rendition.Renditions;
import dev.rendition.UrlPolicy;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.lambda.emulator.EmulatedFunction;
import dev.rendition.lifecycle.Rate;
import dev.rendition.local.FileAssetStore;
import dev.rendition.local.HmacUrlSigner;
import dev.rendition.testkit.Charts;
import dev.rendition.testkit.Encoded;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One module of a content management system, and two files of settings. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SwitchIT {
  private static final byte[] LINK_SECRET =
      "only for the links of this test".getBytes(StandardCharsets.UTF_8);

  @Test
  void theSameModuleRunsHereAndOnLambdaWithNothingButAnotherFile(@TempDir Path folder)
      throws Exception {
    try (Web web = Web.open(folder);
        Cloud cloud = Cloud.start()) {
      EmulatedFunction function = cloud.deploy("renditions");
      Map<String, byte[]> here = new DamModule(local(folder, web)).run();
      assertThat(function.statistics().invocations()).isZero();
      Map<String, byte[]> there = new DamModule(lambda(folder, cloud)).run();
      assertThat(function.statistics().invocations()).isPositive();
      assertThat(here).hasSize(6);
      Engine.assertSame(there, here);
    }
  }

  private static Path local(Path folder, Web web) throws IOException {
    return Files.writeString(
        folder.resolve("local.properties"),
        """
        rendition.generator=local
        rendition.originals=file:%s/originals
        rendition.renditions=file:%s/renditions
        rendition.urls.signer=hmac
        rendition.urls.hmac.base=%s
        rendition.urls.hmac.keys=k1:%s
        rendition.recipe.card=cover:80x60:focus,jpeg:80:progressive
        rendition.recipe.hero=fit:160,jpeg
        """
            .formatted(
                folder,
                folder,
                web.base(),
                Base64.getUrlEncoder().withoutPadding().encodeToString(LINK_SECRET)));
  }

  private static Path lambda(Path folder, Cloud cloud) throws IOException {
    return Files.writeString(
        folder.resolve("lambda.properties"),
        """
        rendition.generator=lambda
        rendition.lambda.function=renditions
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
        rendition.recipe.card=cover:80x60:focus,jpeg:80:progressive
        rendition.recipe.hero=fit:160,jpeg
        """
            .formatted(
                cloud.lambda().endpoint(),
                S3Server.ACCESS_KEY,
                S3Server.SECRET_KEY,
                cloud.buckets().originals(),
                cloud.buckets().renditions(),
                cloud.s3().endpoint(),
                S3Server.ACCESS_KEY,
                S3Server.SECRET_KEY));
  }

  /** What is written once, for every backend. */
  private static final class DamModule {
    private final Path properties;
    private final HttpClient browser = HttpClient.newHttpClient();

    DamModule(Path properties) {
      this.properties = properties;
    }

    /** Returns the keys of what it made, with the bytes their links lead to. */
    Map<String, byte[]> run() throws Exception {
      Map<String, byte[]> made = new TreeMap<>();
      try (Renditions renditions = Renditions.fromConfig(RenditionConfig.ofFile(properties))) {
        renditions.verify().throwIfBroken();
        List<AssetKey> originals = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          AssetKey key = AssetKey.of("acme", "photos/b\u00e4r " + i + ".jpg");
          byte[] picture = Encoded.jpeg(Charts.photo(300 + i, 200, i), 0.9);
          AssetInfo original = renditions.store(key, AssetSource.ofBytes(picture, "image/jpeg"));
          originals.add(key);
          RenditionReport report =
              renditions.generate(original, renditions.recipes("card", "hero")).join();
          assertThat(report.failed()).isEmpty();
          for (RenditionOutcome.Stored each : report.stored()) {
            AssetKey target = each.spec().target();
            made.put(
                target.toString(),
                open(renditions.url(target, UrlPolicy.signed(Duration.ofMinutes(10)))));
          }
        }
        assertThat(renditions.plan(originals).missingRenditions()).isZero();
        renditions.purge(originals.get(2));
        renditions.store(originals.get(0), AssetSource.ofBytes(Stage.picture(9), "image/jpeg"));
        assertThat(renditions.plan(originals.subList(0, 1)).execute(Rate.perSecond(20)))
            .as("what was replaced is made again")
            .hasSize(2)
            .allMatch(RenditionOutcome.Stored.class::isInstance);
        assertThat(renditions.renditionStore().list("acme", "")).hasSize(4);
      }
      return made;
    }

    private byte[] open(URI link) throws Exception {
      HttpResponse<byte[]> answer =
          browser.send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("content-type")).contains("image/jpeg");
      HttpResponse<Void> unsigned =
          browser.send(
              HttpRequest.newBuilder(URI.create(link.toString().replaceFirst("\\?.*", ""))).build(),
              BodyHandlers.discarding());
      assertThat(unsigned.statusCode()).as("without its signature").isEqualTo(403);
      return answer.body();
    }
  }

  /** What stands before a folder: looks at the signature and shows the file. */
  private record Web(HttpServer server, FileAssetStore store) implements AutoCloseable {
    static Web open(Path folder) throws IOException {
      Files.createDirectories(folder.resolve("originals"));
      FileAssetStore store =
          FileAssetStore.open(Files.createDirectories(folder.resolve("renditions")));
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      Web web = new Web(server, store);
      HmacUrlSigner signer =
          HmacUrlSigner.builder(URI.create(web.base())).key("k1", LINK_SECRET).build();
      server.createContext("/", exchange -> web.show(signer, exchange));
      server.start();
      return web;
    }

    String base() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private void show(HmacUrlSigner signer, HttpExchange exchange) throws IOException {
      try (exchange) {
        Optional<AssetKey> key = signer.verify(exchange.getRequestURI().toString()).key();
        if (key.isEmpty()) {
          exchange.sendResponseHeaders(403, -1);
          return;
        }
        try (AssetContent content = store.open(key.get())) {
          exchange.getResponseHeaders().set("Content-Type", content.info().mediaType());
          exchange.sendResponseHeaders(200, content.info().length());
          content.stream().transferTo(exchange.getResponseBody());
        }
      }
    }

    @Override
    public void close() throws IOException {
      server.stop(0);
      store.close();
    }
  }
}
