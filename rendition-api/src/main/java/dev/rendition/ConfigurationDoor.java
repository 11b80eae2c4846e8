package dev.rendition;

import dev.rendition.asset.AssetStore;
import dev.rendition.asset.CdnInvalidator;
import dev.rendition.asset.UrlSigner;
import dev.rendition.config.ConfigException;
import dev.rendition.config.ConfigKey;
import dev.rendition.config.Settings;
import dev.rendition.deliver.DeliveryStore;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.layout.FingerprintLayout;
import dev.rendition.layout.KeyLayout;
import dev.rendition.layout.RewriteLayout;
import dev.rendition.layout.SuffixLayout;
import dev.rendition.layout.VariantFolderLayout;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.RecipeBook;
import dev.rendition.spi.AssetStoreProvider;
import dev.rendition.spi.CdnInvalidatorProvider;
import dev.rendition.spi.RenditionGeneratorProvider;
import dev.rendition.spi.UrlSignerProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns settings into parts, and every mistake in them into one sentence. Used once. */
final class ConfigurationDoor {
  private final ClassLoader loader;
  private final Map<String, RenditionGeneratorProvider> generators;
  private final Map<String, AssetStoreProvider> stores;
  private final Map<String, UrlSignerProvider> signers;
  private final Map<String, CdnInvalidatorProvider> invalidators;
  private final List<String> problems = new ArrayList<>();
  private final List<Throwable> causes = new ArrayList<>();
  private final Settings settings;
  private final List<AutoCloseable> opened = new ArrayList<>();

  ConfigurationDoor(RenditionConfig config, ClassLoader loader) {
    this.loader = loader;
    generators =
        Providers.find(
            RenditionGeneratorProvider.class, RenditionGeneratorProvider::name, loader, problems);
    stores = Providers.find(AssetStoreProvider.class, AssetStoreProvider::scheme, loader, problems);
    signers = Providers.find(UrlSignerProvider.class, UrlSignerProvider::name, loader, problems);
    invalidators =
        Providers.find(
            CdnInvalidatorProvider.class, CdnInvalidatorProvider::name, loader, problems);
    Set<ConfigKey<?>> keys = new LinkedHashSet<>(ConfigKeys.ALL);
    List<Supplier<List<ConfigKey<?>>>> declared = new ArrayList<>();
    generators.values().forEach(provider -> declared.add(provider::keys));
    stores.values().forEach(provider -> declared.add(provider::keys));
    signers.values().forEach(provider -> declared.add(provider::keys));
    invalidators.values().forEach(provider -> declared.add(provider::keys));
    for (Supplier<List<ConfigKey<?>>> some : declared) {
      attempt("a backend's keys", () -> keys.addAll(some.get()));
    }
    Map<String, String> texts = config.texts(keys, ConfigKeys.FAMILIES);
    settings =
        Settings.read(Artifacts.known(texts, keys, problems), keys, ConfigKeys.FAMILIES, problems);
  }

  /** Opens everything, or throws every mistake at once and leaves nothing open. */
  Renditions.Builder open() {
    boolean complete = false;
    try {
      Renditions.Builder builder = openAll();
      complete = problems.isEmpty();
      if (complete) {
        return builder;
      }
    } finally {
      if (!complete) {
        closeAll();
      }
    }
    ConfigException everything = new ConfigException(problems);
    causes.forEach(everything::addSuppressed);
    throw everything;
  }

  private Renditions.Builder openAll() {
    Renditions.Builder builder = Renditions.builder();
    RecipeBook book = book();
    builder.recipes(book);
    attempt(ConfigKeys.LAYOUT, () -> builder.layout(layout(book)));
    AssetStore originals = attempt(ConfigKeys.ORIGINALS, () -> store(ConfigKeys.ORIGINALS));
    AssetStore renditions = attempt(ConfigKeys.RENDITIONS, () -> renditions(originals));
    attempt(ConfigKeys.PUBLIC_BASE, () -> base(ConfigKeys.PUBLIC_BASE, builder::publicBase));
    attempt(
        ConfigKeys.ORIGINALS_BASE,
        () -> base(ConfigKeys.ORIGINALS_BASE, builder::originalsPublicBase));
    attempt(ConfigKeys.SIGNER, () -> signer(builder));
    attempt(ConfigKeys.ORIGINALS_SIGNER, () -> originalsSigner(builder));
    attempt(ConfigKeys.CDN, () -> invalidator(builder));
    attempt(ConfigKeys.CACHE_CONTROL, () -> cacheControl(builder));
    attempt("rendition.ingest", () -> builder.ingest(IngestKeys.rules(settings)));
    attempt("rendition.delivery", () -> delivery(builder));
    builder.timeout(settings.get(ConfigKeys.TIMEOUT));
    builder.verifyTenant(settings.get(ConfigKeys.VERIFY_TENANT));
    if (originals != null && renditions != null) {
      // The generator writes through what delivery waits at; everybody else sees the store itself.
      DeliveryStore delivered = DeliveryKeys.store(renditions, settings);
      builder.originals(originals).renditions(renditions).delivered(delivered);
      var context =
          new DoorContext(
              settings, originals, delivered, loader, builder.stages(), this::generator);
      RenditionGenerator generator =
          attempt(
              ConfigKeys.GENERATOR, () -> context.generator(settings.get(ConfigKeys.GENERATOR)));
      if (generator != null) {
        opened.add(generator);
        builder.generator(generator);
      }
    } else {
      attempt(
          ConfigKeys.GENERATOR,
          () -> provider(generators, settings.get(ConfigKeys.GENERATOR), ConfigKeys.GENERATOR));
    }
    return builder;
  }

  private RecipeBook book() {
    List<NamedRecipe> recipes = new ArrayList<>();
    settings
        .family(ConfigKeys.RECIPES)
        .forEach(
            (name, text) -> {
              try {
                recipes.add(NamedRecipe.of(name, text.strip()));
              } catch (IllegalArgumentException e) {
                problems.add(ConfigKeys.RECIPES + name + ": " + e.getMessage());
              }
            });
    if (recipes.size() > RecipeBook.MAX_RECIPES) {
      problems.add(
          ConfigKeys.RECIPES
              + "…: at most "
              + RecipeBook.MAX_RECIPES
              + " recipes, had "
              + recipes.size());
      recipes.clear();
    }
    return RecipeBook.of(recipes);
  }

  private KeyLayout layout(RecipeBook book) {
    return switch (settings.get(ConfigKeys.LAYOUT)) {
      case "variant-folder" -> new VariantFolderLayout(book.names());
      case "suffix" -> new SuffixLayout(book.names());
      case "rewrite" ->
          new RewriteLayout(
              book.names(),
              settings.get(ConfigKeys.REWRITE_FROM),
              settings.get(ConfigKeys.REWRITE_TO));
      default -> new FingerprintLayout(book.names());
    };
  }

  /** Opens the renditions' store; it is the originals' own where both keys name one place. */
  private @Nullable AssetStore renditions(@Nullable AssetStore originals) throws IOException {
    String place = settings.get(ConfigKeys.RENDITIONS);
    boolean same = place.equals(settings.get(ConfigKeys.ORIGINALS));
    if (same
        && place.startsWith("file:")
        && settings.get(ConfigKeys.LAYOUT).equals("fingerprint")) {
      throw new ConfigException(
          List.of(
              ConfigKeys.RENDITIONS
                  + ": the fingerprint layout makes a folder of each original's name, so originals and renditions need"
                  + " two folders, was "
                  + place
                  + " for both"));
    }
    return same && originals != null ? originals : store(ConfigKeys.RENDITIONS);
  }

  private AssetStore store(ConfigKey<String> key) throws IOException {
    String place = settings.get(key);
    int colon = place.indexOf(':');
    if (place.isEmpty() || colon < 1) {
      throw new ConfigException(
          List.of(
              key.name()
                  + (place.isEmpty() ? " is not set" : ": \"" + place + "\" names no kind of store")
                  + "; write for example file:/var/dam/originals or memory:"));
    }
    AssetStore store = provider(stores, place.substring(0, colon), key).create(place, settings);
    opened.add(store);
    return store;
  }

  /** Hands a base over if it is set; returns whether it is. */
  private boolean base(ConfigKey<String> key, Consumer<URI> taker) {
    String base = settings.get(key);
    if (base.isEmpty()) {
      return false;
    }
    taker.accept(URI.create(base));
    return true;
  }

  private Renditions.Builder cacheControl(Renditions.Builder builder) {
    String value = settings.get(ConfigKeys.CACHE_CONTROL);
    return value.isEmpty() ? builder : builder.cacheControl(value);
  }

  private Renditions.Builder delivery(Renditions.Builder builder) {
    try {
      DeliveryKeys.read(settings, builder);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(List.of(String.valueOf(e.getMessage())));
    }
    return builder;
  }

  private Renditions.Builder signer(Renditions.Builder builder) {
    String name = settings.get(ConfigKeys.SIGNER);
    if (name.isEmpty()) {
      return builder;
    }
    UrlSigner signer = provider(signers, name, ConfigKeys.SIGNER).create(settings);
    own(builder, signer);
    return builder.signer(signer);
  }

  private Renditions.Builder originalsSigner(Renditions.Builder builder) {
    String name = settings.get(ConfigKeys.ORIGINALS_SIGNER);
    if (name.isEmpty()) {
      return builder;
    }
    UrlSigner signer =
        provider(signers, name, ConfigKeys.ORIGINALS_SIGNER).createForOriginals(settings);
    own(builder, signer);
    return builder.originalsSigner(signer);
  }

  private Renditions.Builder invalidator(Renditions.Builder builder) {
    String name = settings.get(ConfigKeys.CDN);
    if (name.isEmpty()) {
      return builder;
    }
    CdnInvalidator invalidator = provider(invalidators, name, ConfigKeys.CDN).create(settings);
    own(builder, invalidator);
    return builder.invalidator(invalidator);
  }

  /** What is made here is closed with the facade, or here if there will be none. */
  private void own(Renditions.Builder builder, Object part) {
    if (part instanceof AutoCloseable closeable) {
      opened.add(closeable);
      builder.closing(closeable);
    }
  }

  private RenditionGenerator generator(String name, DoorContext context) throws IOException {
    return provider(generators, name, ConfigKeys.GENERATOR).create(context);
  }

  private static <P> P provider(Map<String, P> providers, String name, ConfigKey<?> key) {
    P provider = providers.get(name);
    if (provider == null) {
      throw new ConfigException(
          List.of(
              key
                  + ": there is no \""
                  + name
                  + "\" on the class path; "
                  + Artifacts.remedy(name, providers.keySet())));
    }
    return provider;
  }

  /** A backend's own mistakes count as problems of the key that chose it, unless they name one. */
  private <T> @Nullable T attempt(Object key, Part<T> part) {
    try {
      return part.make();
    } catch (ConfigException e) {
      for (String problem : e.problems()) {
        problems.add(problem.startsWith("rendition.") ? problem : key + ": " + problem);
      }
    } catch (IOException | RuntimeException | LinkageError e) {
      boolean plain =
          (e instanceof IOException || e instanceof IllegalArgumentException)
              && e.getMessage() != null
              && !(e instanceof FileSystemException file && file.getReason() == null);
      problems.add(key + ": " + (plain ? e.getMessage() : e.toString()));
      causes.add(e);
    }
    return null;
  }

  /** The generator first: it works on the stores. */
  private void closeAll() {
    Collections.reverse(opened);
    for (AutoCloseable part : opened) {
      try {
        part.close();
      } catch (Exception | LinkageError e) {
        problems.add("closing what was opened failed: " + e);
      }
    }
  }

  /** Makes one part. */
  @FunctionalInterface
  private interface Part<T> {
    @Nullable T make() throws IOException;
  }
}
