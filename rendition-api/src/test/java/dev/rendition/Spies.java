package dev.rendition;

import dev.rendition.asset.AssetStore;
import dev.rendition.asset.SignedUrl;
import dev.rendition.asset.UrlSigner;
import dev.rendition.config.ConfigException;
import dev.rendition.config.ConfigKey;
import dev.rendition.config.Settings;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.spi.AssetStoreProvider;
import dev.rendition.spi.GeneratorContext;
import dev.rendition.spi.RenditionGeneratorProvider;
import dev.rendition.spi.UrlSignerProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Providers that tell what is opened and closed, and fail when told to. */
public final class Spies {
  /** What was opened and closed, in order; {@code ServiceLoader} leaves no other way to tell. */
  static final List<String> EVENTS = new CopyOnWriteArrayList<>();

  private Spies() {}

  /** Opens {@code spy:…}. */
  public static final class Store implements AssetStoreProvider {
    @Override
    public String scheme() {
      return "spy";
    }

    @Override
    public List<ConfigKey<?>> keys() {
      return List.of();
    }

    @Override
    public AssetStore create(String place, Settings settings) throws IOException {
      switch (place) {
        case "spy:broken" -> throw new IOException("the disk is gone");
        case "spy:file" -> throw new FileSystemException("/var/dam");
        case "spy:defect" -> throw new IllegalStateException("a defect");
        case "spy:linkage" -> throw new NoClassDefFoundError("com/vendor/Sdk");
        default -> EVENTS.add("open " + place);
      }
      return new ForwardingStore() {
        @Override
        public void close() throws IOException {
          EVENTS.add("close " + place);
          if (place.equals("spy:sticky")) {
            throw new IOException("does not close");
          }
        }
      };
    }
  }

  /** Makes {@code spy}. */
  public static class Generator implements RenditionGeneratorProvider {
    static final ConfigKey<String> MODE =
        ConfigKey.word(
            "rendition.spy.mode", "ok", List.of("ok", "broken", "defect", "two"), "How.");
    static final ConfigKey<String> SECRET = ConfigKey.text("rendition.spy.secret", "", "A secret.");

    @Override
    public String name() {
      return "spy";
    }

    @Override
    public List<ConfigKey<?>> keys() {
      return List.of(MODE, SECRET);
    }

    @Override
    public RenditionGenerator create(GeneratorContext context) throws IOException {
      switch (context.settings().get(MODE)) {
        case "broken" -> throw new IOException("no worker");
        case "defect" -> throw new NullPointerException();
        case "two" -> throw new ConfigException(List.of("one thing", "another thing"));
        default -> EVENTS.add("open " + name());
      }
      ScriptedGenerator scripted = new ScriptedGenerator(context.renditions());
      return new RenditionGenerator() {
        @Override
        public CompletableFuture<RenditionReport> generate(RenditionRequest request) {
          return scripted.generate(request);
        }

        @Override
        public void close() {
          EVENTS.add("close " + name());
        }
      };
    }
  }

  /** Claims a name that is taken. */
  public static final class Ambiguous extends Generator {}

  /** Makes another one. */
  public static final class Second extends Generator {
    @Override
    public String name() {
      return "second";
    }
  }

  /** Fails as soon as anybody asks. */
  public static final class Defective extends Generator {
    @Override
    public String name() {
      return "defective";
    }

    @Override
    public List<ConfigKey<?>> keys() {
      throw new NoClassDefFoundError("com/vendor/Keys");
    }
  }

  /** Makes {@code spy} links. */
  public static final class Signer implements UrlSignerProvider {
    @Override
    public String name() {
      return "spy";
    }

    @Override
    public List<ConfigKey<?>> keys() {
      return List.of();
    }

    @Override
    public UrlSigner create(Settings settings) {
      return (key, validity) ->
          new SignedUrl(URI.create("https://signed/" + key + "?" + validity), Instant.MAX);
    }
  }
}
