package dev.rendition.dam;

import com.sun.net.httpserver.HttpServer;
import dev.rendition.RenditionConfig;
import dev.rendition.Renditions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The demo while it runs. Closing it ends its threads and closes its stores. */
final class Dam implements AutoCloseable {
  private static final int THREADS = 16;
  private static final int QUEUE = 256;

  private final HttpServer server;
  private final ExecutorService threads;
  private final Renditions renditions;

  private Dam(HttpServer server, ExecutorService threads, Renditions renditions) {
    this.server = server;
    this.threads = threads;
    this.renditions = renditions;
  }

  /**
   * Starts it.
   *
   * @param properties the library's keys, and the demo's own
   * @throws dev.rendition.config.ConfigException with every mistake in the library's keys
   * @throws IllegalArgumentException with the first mistake in the demo's own
   */
  static Dam start(Properties properties) throws IOException {
    DamSettings settings = DamSettings.of(properties);
    InetSocketAddress place =
        new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port());
    PrivateLinks links = new PrivateLinks();
    Renditions.Builder builder =
        Renditions.builderFrom(RenditionConfig.of(properties), Dam.class.getClassLoader());
    if (settings.signer().isEmpty()) {
      builder.signer(links.signer());
    }
    Renditions renditions = builder.build();
    try {
      renditions.recipes(settings.card());
      renditions.recipes(settings.page().toArray(String[]::new));
      renditions.recipes(settings.hidden().toArray(String[]::new));
      Router router = new Router(settings, renditions, links);
      HttpServer server = HttpServer.create(place, 0);
      ExecutorService threads =
          new ThreadPoolExecutor(
              THREADS, THREADS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(QUEUE));
      server.setExecutor(threads);
      server.createContext("/", router::handle);
      server.start();
      return new Dam(server, threads, renditions);
    } catch (IOException | RuntimeException e) {
      try {
        renditions.close();
      } catch (IOException another) {
        e.addSuppressed(another);
      }
      throw e;
    }
  }

  /** Returns the address of the first page. */
  URI address() {
    InetSocketAddress place = server.getAddress();
    String host = place.getAddress().getHostAddress();
    return URI.create(
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + place.getPort() + "/");
  }

  @Override
  public void close() throws IOException {
    server.stop(0);
    threads.shutdownNow();
    renditions.close();
  }
}
