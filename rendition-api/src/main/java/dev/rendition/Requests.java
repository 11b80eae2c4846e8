package dev.rendition;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetNotFoundException;
import dev.rendition.asset.AssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionMetadata;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.generate.WriteMode;
import dev.rendition.layout.KeyLayout;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes requests of originals and recipes, and has the generator answer them. Safe for use by many
 * threads; closing it ends its look-ups, the store and the generator are another's.
 */
final class Requests implements AutoCloseable {
  /** How much longer than a request's own deadline a blocking caller waits for its answer. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final AssetStore originals;
  private final RenditionGenerator generator;
  private final KeyLayout layout;
  private final Clock clock;
  private final Duration timeout;
  private final String cacheControl;
  private final Lookups lookups = new Lookups();

  Requests(
      AssetStore originals,
      RenditionGenerator generator,
      KeyLayout layout,
      Clock clock,
      Duration timeout,
      String cacheControl) {
    this.originals = originals;
    this.generator = generator;
    this.layout = layout;
    this.clock = clock;
    this.timeout = timeout;
    this.cacheControl = cacheControl;
  }

  /** Returns the focal point an original was stored with, or the centre. */
  static FocalPoint focus(AssetInfo original) {
    return RenditionMetadata.focus(original).orElse(FocalPoint.CENTER);
  }

  /** Throws unless a key may be that of an original. */
  void requireOriginal(AssetKey key) {
    if (layout.isTarget(requireNonNull(key, "key"))) {
      throw new RenditionException(
          FailureReason.SOURCE_IS_RENDITION,
          key + " has the form of a rendition's key; renditions are made of originals only");
    }
  }

  /** Returns how renditions are written: keys that name content are never written over. */
  WriteMode mode() {
    return layout.namesContent() ? WriteMode.CREATE : WriteMode.REPLACE;
  }

  AssetKey target(AssetInfo original, NamedRecipe recipe, FocalPoint focus) {
    return valid(() -> layout.target(original, recipe, focus));
  }

  RenditionRequest of(
      AssetInfo original, List<NamedRecipe> wanted, FocalPoint focus, WriteMode mode) {
    requireOriginal(original.key());
    List<RenditionSpec> specs = new ArrayList<>();
    for (NamedRecipe recipe : wanted) {
      specs.add(RenditionSpec.of(recipe, target(original, recipe, focus)));
    }
    return valid(
        () ->
            new RenditionRequest(
                original.key(),
                original.version(),
                specs,
                focus,
                clock.instant().plus(timeout),
                mode,
                cacheControl));
  }

  /** Looks an original up, then has renditions of it made; no thread of the caller's waits. */
  CompletableFuture<RenditionReport> generate(
      AssetKey key, List<NamedRecipe> wanted, Function<AssetInfo, FocalPoint> focus) {
    List<NamedRecipe> recipes = List.copyOf(wanted);
    return asked(
        () -> {
          requireOriginal(key);
          return lookups.then(
              timeout,
              () -> find(key),
              found -> generate(found, recipes, focus.apply(found), mode()));
        });
  }

  CompletableFuture<RenditionReport> generate(
      AssetInfo original, List<NamedRecipe> wanted, FocalPoint focus, WriteMode mode) {
    return asked(() -> generator.generate(of(original, wanted, focus, mode)));
  }

  /** Has a request answered that was made a while ago: its time counts from now. Blocks. */
  RenditionReport await(RenditionRequest request) {
    RenditionRequest fresh = request.before(clock.instant().plus(timeout));
    return Lookups.join(generator.generate(fresh), timeout.plus(GRACE));
  }

  @Override
  public void close() {
    lookups.close();
  }

  /** Tells a refusal the one way callers look at: in the future. */
  private static CompletableFuture<RenditionReport> asked(
      Supplier<CompletableFuture<RenditionReport>> question) {
    try {
      return question.get();
    } catch (RenditionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static <T> T valid(Supplier<T> part) {
    try {
      return part.get();
    } catch (IllegalArgumentException e) {
      throw new RenditionException(
          FailureReason.REQUEST_INVALID, String.valueOf(e.getMessage()), e);
    }
  }

  private AssetInfo find(AssetKey key) {
    try {
      return originals.stat(key).orElseThrow(() -> new AssetNotFoundException(key));
    } catch (AssetNotFoundException e) {
      throw new RenditionException(
          FailureReason.SOURCE_NOT_FOUND, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new RenditionException(
          FailureReason.STORE_FAILED,
          "the original " + key + " cannot be looked up: " + e.getMessage(),
          e);
    }
  }
}
