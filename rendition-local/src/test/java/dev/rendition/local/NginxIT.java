package dev.rendition.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rendition.Renditions;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.deliver.DeliveryStore;
import dev.rendition.deliver.HttpAnswer;
import dev.rendition.deliver.HttpDelivery;
import dev.rendition.deliver.HttpQuestion;
import dev.rendition.generate.RenditionListener;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.layout.RewriteLayout;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.RecipeBook;
import dev.rendition.testkit.Charts;
import dev.rendition.testkit.Encoded;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** nginx before the folder, with the configuration of docs/delivery.md, and our handler behind. */
class NginxIT {
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/sbin/nginx"), Path.of("/usr/local/sbin/nginx"), Path.of("/usr/bin/nginx"));
  private static final RecipeBook BOOK =
      RecipeBook.of(List.of(NamedRecipe.of("card", "cover:40x30,jpeg")));
  private static final AssetKey BEACH = AssetKey.of("acme", "photo/beach.jpg");
  private static final int CROWD = 1_000;

  @TempDir private Path folder;

  private final AtomicInteger handled = new AtomicInteger();
  private final AtomicInteger generations = new AtomicInteger();
  private final CountDownLatch go = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private Optional<Process> nginx = Optional.empty();
  private Optional<HttpServer> server = Optional.empty();
  private Optional<Renditions> facade = Optional.empty();
  private URI base = URI.create("http://127.0.0.1/");

  @BeforeEach
  void start() throws IOException {
    Optional<Path> program = PLACES.stream().filter(Files::isExecutable).findFirst();
    assumeTrue(program.isPresent(), "skipped: there is no nginx here; install nginx-light");
    Path assets = Files.createDirectory(folder.resolve("assets"));
    FileAssetStore store = FileAssetStore.open(assets);
    DeliveryStore renditions = new DeliveryStore(store);
    Renditions built =
        Renditions.builder()
            .originals(store)
            .renditions(renditions)
            .generator(LocalRenditionGenerator.builder(store, renditions).build())
            .layout(new RewriteLayout(BOOK.names(), "photo", "prew"))
            .recipes(BOOK)
            .addressesByKey(true)
            .listener(new Counter())
            .build();
    facade = Optional.of(built);
    HttpDelivery delivery = built.http();
    HttpServer handler =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4_096);
    handler.setExecutor(threads);
    handler.createContext("/", exchange -> handle(delivery, exchange));
    handler.start();
    server = Optional.of(handler);
    startNginx(program.get(), assets, handler.getAddress().getPort());
  }

  @AfterEach
  void stop() throws Exception {
    go.countDown();
    if (nginx.isPresent()) {
      // Its children first: the master would start others.
      nginx.get().destroy();
      assertThat(nginx.get().waitFor(20, TimeUnit.SECONDS)).as("nginx ended").isTrue();
    }
    server.ifPresent(handler -> handler.stop(0));
    threads.shutdownNow();
    if (facade.isPresent()) {
      facade.get().close();
    }
  }

  @Test
  void aThousandWhoAskForOneColdPresetHaveItMadeOnce() throws Exception {
    upload(Charts.photo(1_600, 1_200, 7));
    List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      answers.add(client.sendAsync(get("acme/prew/card/beach.jpg"), BodyHandlers.ofByteArray()));
    }
    // Nothing is made before all of them wait.
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> handled.get() == CROWD);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> facade.orElseThrow().readThrough().stats().joined() == CROWD - 1);
    go.countDown();
    byte[] first = answers.get(0).get(60, TimeUnit.SECONDS).body();
    BufferedImage picture = Encoded.decode(first);
    assertThat(picture.getWidth()).isEqualTo(40);
    assertThat(picture.getHeight()).isEqualTo(30);
    for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
      assertThat(answer.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(answer.get().body()).isEqualTo(first);
    }
    assertThat(generations).hasValue(1);
    assertThat(facade.orElseThrow().readThrough().stats().generated()).isEqualTo(1);

    HttpResponse<byte[]> hit =
        client.send(get("acme/prew/card/beach.jpg"), BodyHandlers.ofByteArray());
    assertThat(hit.body()).isEqualTo(first);
    assertThat(hit.headers().firstValue("content-type")).contains("image/jpeg");
    assertThat(hit.headers().firstValue("x-content-type-options")).contains("nosniff");
    assertThat(handled).as("a hit is nginx's alone").hasValue(CROWD);
  }

  @Test
  void whatIsNotThereKeepsItsStatusAndTheHandlerSeesOnlyPreviews() throws Exception {
    go.countDown();
    upload(Charts.gradient(64, 64));
    assertThat(status("acme/photo/beach.jpg")).as("an original").isEqualTo(200);
    assertThat(status("acme/photo/none.jpg")).isEqualTo(404);
    assertThat(status(".rendition/format")).isEqualTo(404);
    assertThat(status("acme/rendition-claims/00")).isEqualTo(404);
    assertThat(handled).hasValue(0);

    assertThat(status("acme/prew/card/none.jpg")).isEqualTo(404);
    assertThat(status("acme/prew/813/beach.jpg")).isEqualTo(404);
    assertThat(status("acme/prew/card/%2e%2e/x.jpg")).isEqualTo(400);
    assertThat(handled).hasValueGreaterThan(1);
    assertThat(generations).hasValue(0);
    assertThat(status("acme/prew/card/beach.jpg")).isEqualTo(200);
    // A folder is 403 for nginx: it falls through all the same, to a typed refusal.
    int before = handled.get();
    assertThat(status("acme/prew/card/")).isEqualTo(400);
    assertThat(handled).hasValue(before + 1);
    HttpRequest post =
        HttpRequest.newBuilder(base.resolve("acme/prew/card/beach.jpg"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(client.send(post, BodyHandlers.discarding()).statusCode()).isIn(403, 405);
  }

  @Test
  void anUnusualNameIsServedByTheHandler() throws Exception {
    go.countDown();
    AssetKey odd = AssetKey.of("acme", "photo/ünter *wegs?.jpg");
    facade
        .orElseThrow()
        .store(odd, AssetSource.ofBytes(Encoded.jpeg(Charts.gradient(64, 64), 0.9), "image/jpeg"));
    String path =
        facade.orElseThrow().addresses().format(odd, BOOK.all().get(0)).getRawPath().substring(1);
    assertThat(status(path)).isEqualTo(200);
    assertThat(status(path)).isEqualTo(200);
    assertThat(generations).hasValue(1);
  }

  private void upload(BufferedImage picture) throws IOException {
    facade
        .orElseThrow()
        .store(BEACH, AssetSource.ofBytes(Encoded.jpeg(picture, 0.9), "image/jpeg"));
  }

  private int status(String path) throws Exception {
    return client.send(get(path), BodyHandlers.discarding()).statusCode();
  }

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60)).build();
  }

  private void handle(HttpDelivery delivery, HttpExchange exchange) throws IOException {
    handled.incrementAndGet();
    HttpQuestion question =
        HttpQuestion.of(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            exchange.getRequestHeaders());
    try (exchange;
        HttpAnswer answer = delivery.answer(question)) {
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(answer.status(), answer.length() == 0 ? -1 : answer.length());
      answer.writeTo(exchange.getResponseBody());
    }
  }

  private void startNginx(Path program, Path assets, int handler) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String documented = Files.readString(Path.of("../docs/delivery.md"), UTF_8);
    Matcher block = Pattern.compile("```nginx\n(.*?)```", Pattern.DOTALL).matcher(documented);
    assertThat(block.find()).as("docs/delivery.md has the configuration").isTrue();
    String server =
        block
            .group(1)
            .replace("127.0.0.1:8080", "127.0.0.1:" + port)
            .replace("127.0.0.1:8081", "127.0.0.1:" + handler)
            .replace("/var/dam/assets", assets.toString());
    boolean root = "root".equals(System.getProperty("user.name"));
    List<String> conf = new ArrayList<>();
    // Root's folders are root's: a worker of another user could not read them.
    conf.add(root ? "user root;" : "");
    conf.add("daemon off; worker_processes 2; pid nginx.pid; error_log error.log;");
    conf.add("events { worker_connections 4096; }");
    conf.add("http {");
    conf.add("access_log off; types { image/jpeg jpg; image/png png; }");
    for (String kind : Arrays.asList("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
      conf.add(kind + "_temp_path " + folder.resolve("temp-" + kind) + ";");
    }
    conf.add(server);
    conf.add("}");
    Files.write(folder.resolve("nginx.conf"), conf, UTF_8);
    Process process =
        new ProcessBuilder(
                program.toString(), "-p", folder + "/", "-c", "nginx.conf", "-e", "error.log")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.log").toFile())
            .start();
    nginx = Optional.of(process);
    base = URI.create("http://127.0.0.1:" + port + "/");
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> answers(port) || !process.isAlive());
    assertThat(process.isAlive())
        .as(() -> "nginx runs; it said " + read(folder.resolve("output.log")))
        .isTrue();
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      return "nothing: " + e;
    }
  }

  /** Counts requests to the generator; it runs on delivery's threads, and holds the first up. */
  private final class Counter implements RenditionListener {
    @Override
    public void requested(RenditionRequest request) {
      generations.incrementAndGet();
      try {
        assertThat(go.await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void answered(RenditionRequest request, RenditionReport report, Duration elapsed) {
      assertThat(report.failed()).isEmpty();
    }
  }
}
