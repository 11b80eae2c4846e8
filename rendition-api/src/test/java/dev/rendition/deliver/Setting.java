package dev.rendition.deliver;

import dev.rendition.ScriptedGenerator;
import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.layout.AdHocLayout;
import dev.rendition.layout.FingerprintLayout;
import dev.rendition.layout.KeyLayout;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.RecipeBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** Two memory stores, a scripted generator and a ReadThrough between them. */
final class Setting implements AutoCloseable {
  static final NamedRecipe CARD = NamedRecipe.of("card", "fit:300,png");
  static final NamedRecipe HERO = NamedRecipe.of("hero", "cover:800x600:focus,jpeg");
  static final NamedRecipe LIKE = NamedRecipe.of("like", "fit:300,same");
  static final RecipeBook BOOK = RecipeBook.of(List.of(CARD, HERO, LIKE));
  static final AssetKey BEACH = AssetKey.of("acme", "photos/beach.jpg");
  static final Duration SOON = Duration.ofSeconds(20);

  final CountingStore originals = new CountingStore();
  final CountingStore stored = new CountingStore();
  final DeliveryStore renditions = new DeliveryStore(stored);
  final ScriptedGenerator generator = new ScriptedGenerator(renditions);
  final KeyLayout layout;
  final ReadThrough readThrough;

  Setting() {
    this(new FingerprintLayout(BOOK.names()), builder -> builder);
  }

  Setting(KeyLayout book, UnaryOperator<ReadThrough.Builder> more) {
    layout = new AdHocLayout(book);
    generator.script(request -> CompletableFuture.completedFuture(obey(request)));
    readThrough = more.apply(ReadThrough.builder(originals, renditions, generator, layout)).build();
  }

  AssetInfo upload(AssetKey key, String bytes) throws IOException {
    return originals.store.put(
        key,
        AssetSource.ofBytes(bytes.getBytes(StandardCharsets.UTF_8), "image/jpeg"),
        AssetAttributes.NONE);
  }

  /** Makes a rendition as a generator does: a store that fails is a failed outcome. */
  RenditionReport obey(RenditionRequest request) {
    try {
      return generator.obey(request);
    } catch (UncheckedIOException e) {
      return ScriptedGenerator.fail(request, FailureReason.STORE_FAILED);
    }
  }

  static String text(Delivered found) throws IOException {
    try (found) {
      return new String(found.stream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() throws IOException {
    readThrough.close();
    generator.close();
    renditions.close();
    originals.close();
  }
}
