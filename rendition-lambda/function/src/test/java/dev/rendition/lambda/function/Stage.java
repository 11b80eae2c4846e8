package dev.rendition.lambda.function;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rendition.Renditions;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.asset.UrlSigner;
import dev.rendition.deliver.HttpQuestion;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.layout.KeyLayout;
import dev.rendition.local.LocalRenditionGenerator;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.RecipeBook;
import dev.rendition.s3.S3AssetStore;
import dev.rendition.s3.S3Connection;
import dev.rendition.testkit.Charts;
import dev.rendition.testkit.Encoded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The whole function but S3 and Lambda: real engine, real router, assets in memory. Objects are
 * called as in s3://dam-originals and s3://dam-renditions.
 */
final class Stage implements AutoCloseable {
  static final Duration REMAINING = Duration.ofSeconds(60);
  static final RecipeBook BOOK =
      RecipeBook.of(
          List.of(
              NamedRecipe.of("thumb", "fit:16,png"),
              NamedRecipe.of("card", "cover:24x18,jpeg:80")));

  final MemoryAssetStore originals = new MemoryAssetStore();
  final MemoryAssetStore renditions = new MemoryAssetStore();
  final Renditions library;
  final FunctionParts parts;

  private Stage(Setup setup) {
    AssetStore in = setup.around.apply(originals);
    AssetStore out = setup.aroundRenditions.apply(renditions);
    Renditions.Builder builder =
        Renditions.builder()
            .originals(in)
            .renditions(out)
            .recipes(setup.book)
            .generator(setup.generator.apply(in, out))
            .addressesByKey(true)
            .addresses(with -> with.base(setup.base))
            .readThrough(
                with -> with.rememberFailures(Duration.ZERO).rememberVersions(Duration.ZERO));
    setup.signer.ifPresent(builder::signer);
    if (setup.layout != null) {
      builder.layout(setup.layout.apply(setup.book));
    }
    library = builder.build();
    var settings = FunctionSetup.settings(setup.variables);
    Places places =
        new Places(
            named(setup.originalsPlace),
            named(setup.renditionsPlace),
            library.layout(),
            settings.get(FunctionKeys.TENANTS));
    parts = new FunctionParts(library, places, settings, Clock.systemUTC());
  }

  static Stage open() {
    return new Setup().open();
  }

  static Setup with() {
    return new Setup();
  }

  /** Names objects as S3 does, and is never asked for one. */
  static S3AssetStore named(String place) {
    return S3AssetStore.builder(place)
        .connection(S3Connection.DEFAULT.endpoint(URI.create("http://127.0.0.1:9")))
        .build();
  }

  static String event(String name) {
    try (InputStream in = Stage.class.getResourceAsStream("/events/" + name + ".json")) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns an event of S3 for some keys, encoded as they stand. */
  static String s3Event(String... encodedKeys) {
    StringBuilder records = new StringBuilder();
    for (String key : encodedKeys) {
      records
          .append(records.length() == 0 ? "" : ",")
          .append(
              "{\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":")
          .append("{\"name\":\"dam-originals\"},\"object\":{\"key\":\"")
          .append(key)
          .append("\"}}}");
    }
    return "{\"Records\":[" + records + "]}";
  }

  /** Stores a picture, whose bytes depend on the number. */
  AssetInfo original(String key, int number) throws IOException {
    return originals.put(AssetKey.parse(key), AssetSource.ofBytes(picture(number), "image/jpeg"));
  }

  static byte[] picture(int number) {
    return Encoded.jpeg(Charts.orientation(48 + number, 36), 0.9);
  }

  String route(String event) throws IOException {
    return route(event, REMAINING);
  }

  String route(String event, Duration remaining) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    parts.router().route(event.getBytes(UTF_8), parts.deadline(remaining), out);
    return out.toString(UTF_8);
  }

  Shot get(String path) {
    return call("GET", path, "");
  }

  /** Asks for a path, which is written as it reads. */
  Shot call(String method, String path, String tags) {
    return ask(method, path, tags, REMAINING);
  }

  Shot ask(String method, String path, String tags, Duration remaining) {
    Map<String, String> headers = tags.isEmpty() ? Map.of() : Map.of("If-None-Match", tags);
    HttpQuestion question = HttpQuestion.ofDecoded(method, path, headers);
    return Shot.of(parts.delivery().answer(question, parts.deadline(remaining).left()));
  }

  /** Returns every stored rendition: its key and its bytes as text. */
  Map<String, String> made() throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (String tenant : List.of("acme", "globex", "dam-renditions", "renditions")) {
      try (Stream<AssetInfo> listed = renditions.list(tenant, "")) {
        for (AssetInfo info : listed.toList()) {
          try (AssetContent content = renditions.open(info.key())) {
            all.put(info.key().toString(), new String(content.stream().readAllBytes(), ISO_8859_1));
          }
        }
      }
    }
    return all;
  }

  /** Returns the recipes of what was made, one word for each rendition of a key. */
  List<String> madeOf(String key) throws IOException {
    return made().keySet().stream()
        .filter(made -> made.startsWith(key + "/"))
        .map(made -> made.substring(key.length() + 1).replaceAll("-[0-9a-f]{16}\\..*", ""))
        .sorted()
        .toList();
  }

  @Override
  public void close() throws IOException {
    parts.close();
  }

  /** What differs from the usual. */
  static final class Setup {
    private RecipeBook book = BOOK;
    private Function<RecipeBook, KeyLayout> layout;
    private String originalsPlace = "dam-originals";
    private String renditionsPlace = "dam-renditions";
    private UnaryOperator<AssetStore> around = store -> store;
    private UnaryOperator<AssetStore> aroundRenditions = store -> store;
    private BiFunction<AssetStore, AssetStore, RenditionGenerator> generator =
        (in, out) -> LocalRenditionGenerator.builder(in, out).threads(2).build();
    private final Map<String, String> variables = new TreeMap<>();
    private URI base = URI.create("/");
    private Optional<UrlSigner> signer = Optional.empty();

    Setup recipes(NamedRecipe... recipes) {
      book = RecipeBook.of(List.of(recipes));
      return this;
    }

    Setup layout(Function<RecipeBook, KeyLayout> keys) {
      layout = keys;
      return this;
    }

    Setup places(String originals, String renditions) {
      originalsPlace = originals;
      renditionsPlace = renditions;
      return this;
    }

    Setup around(UnaryOperator<AssetStore> originals) {
      around = originals;
      return this;
    }

    Setup aroundRenditions(UnaryOperator<AssetStore> renditions) {
      aroundRenditions = renditions;
      return this;
    }

    Setup generator(BiFunction<AssetStore, AssetStore, RenditionGenerator> maker) {
      generator = maker;
      return this;
    }

    Setup variable(String name, String text) {
      variables.put(name, text);
      return this;
    }

    Setup base(String path) {
      base = URI.create(path);
      return this;
    }

    Setup signer(UrlSigner links) {
      signer = Optional.of(links);
      return this;
    }

    Stage open() {
      return new Stage(this);
    }
  }
}
