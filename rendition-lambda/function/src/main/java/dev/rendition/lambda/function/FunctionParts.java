package dev.rendition.lambda.function;

import dev.rendition.Renditions;
import dev.rendition.UrlPolicy;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetStore;
import dev.rendition.config.ConfigException;
import dev.rendition.config.Settings;
import dev.rendition.deliver.HttpDelivery;
import dev.rendition.generate.RenditionException;
import dev.rendition.recipe.NamedRecipe;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything the function works with, put together once. Safe for use by many threads; owns the
 * library's facade and closes it.
 */
final class FunctionParts implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FunctionParts.class);

  /** How long a network may remember that there is nothing, or nothing to be made. */
  private static final Duration BRIEFLY = Duration.ofMinutes(1);

  private static final UrlPolicy LINK = UrlPolicy.signed(Duration.ofMinutes(5));

  private final Renditions renditions;
  private final Direct direct;
  private final HttpDelivery delivery;
  private final EventRouter router;
  private final Duration margin;
  private final Clock clock;

  /**
   * Puts parts together.
   *
   * @param renditions owned from now on
   * @param places which objects of S3 are originals
   * @param settings read with {@link FunctionKeys#ALL}
   * @throws ConfigException if they do not fit
   */
  FunctionParts(Renditions renditions, Places places, Settings settings, Clock clock) {
    this.renditions = renditions;
    this.clock = clock;
    margin = settings.get(FunctionKeys.MARGIN);
    List<NamedRecipe> recipes = recipes(renditions, settings);
    Arrivals arrivals = new Arrivals(renditions, places, recipes);
    News news =
        new News(
            arrivals,
            settings.get(FunctionKeys.PARALLEL),
            settings.get(FunctionKeys.PERMANENT_FAILURES).equals("fail"));
    direct = new Direct(renditions.generator(), places, name());
    delivery = delivery(renditions, places, settings, with -> with);
    long limit = settings.get(FunctionKeys.INLINE_LIMIT);
    HttpDelivery inline =
        delivery(renditions, places, settings, with -> with.largest(limit, this::link));
    router =
        new EventRouter(
            direct,
            new HttpEvents(inline),
            news,
            new Queue(news),
            new BatchJob(renditions, arrivals, recipes));
  }

  private static HttpDelivery delivery(
      Renditions renditions,
      Places places,
      Settings settings,
      UnaryOperator<HttpDelivery.Builder> more) {
    AssetStore originals = renditions.originalStore();
    try {
      return renditions.http(
          with -> {
            with.visible(places::serves).redirectFormer(true).refusalMaxAge(BRIEFLY);
            settings
                .get(FunctionKeys.NOT_FOUND_PICTURE)
                .ifPresent(key -> with.fallback(shown -> shown.notFound(originals, key)));
            settings
                .get(FunctionKeys.ERROR_PICTURE)
                .ifPresent(key -> with.fallback(shown -> shown.failed(originals, key)));
            return more.apply(with);
          });
    } catch (IllegalArgumentException e) {
      throw new ConfigException(List.of("rendition.delivery: " + e.getMessage()));
    }
  }

  /** Lambda answers with 6 MB at most: who asks for more is sent to the store itself. */
  private Optional<URI> link(AssetKey rendition) {
    try {
      return Optional.of(renditions.url(rendition, LINK));
    } catch (IllegalStateException | IllegalArgumentException e) {
      log.warn("no link can be made: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static List<NamedRecipe> recipes(Renditions renditions, Settings settings) {
    List<String> names = settings.get(FunctionKeys.RECIPES);
    try {
      return names.isEmpty()
          ? renditions.recipes().all()
          : renditions.recipes(names.toArray(String[]::new));
    } catch (RenditionException e) {
      throw new ConfigException(List.of(FunctionKeys.RECIPES + ": " + e.getMessage()));
    }
  }

  private static String name() {
    String release = FunctionParts.class.getPackage().getImplementationVersion();
    return "rendition-lambda-function " + (release == null ? "unreleased" : release);
  }

  Renditions renditions() {
    return renditions;
  }

  Direct direct() {
    return direct;
  }

  /** Returns what the plain HTTP worker answers GET with. */
  HttpDelivery delivery() {
    return delivery;
  }

  EventRouter router() {
    return router;
  }

  /** Returns until when an invocation works that is ended after some time. */
  Deadline deadline(Duration remaining) {
    return Deadline.after(remaining, margin, clock);
  }

  @Override
  public void close() throws IOException {
    renditions.close();
  }
}
