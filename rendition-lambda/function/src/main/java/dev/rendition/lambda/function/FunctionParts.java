package dev.rendition.lambda.function;

import dev.rendition.Renditions;
import dev.rendition.config.ConfigException;
import dev.rendition.config.Settings;
import dev.rendition.generate.RenditionException;
import dev.rendition.recipe.NamedRecipe;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Everything the function works with, put together once. Safe for use by many threads; owns the
 * library's facade and closes it.
 */
final class FunctionParts implements AutoCloseable {
  /** The most bytes of a body the plain HTTP worker answers with. */
  private static final long WORKER_LIMIT = 64L << 20;

  private final Renditions renditions;
  private final Direct direct;
  private final OnDemand workerOnDemand;
  private final EventRouter router;
  private final Duration margin;
  private final Clock clock;

  /**
   * Puts parts together.
   *
   * @param renditions owned from now on
   * @param places which objects of S3 are originals
   * @param settings read with {@link FunctionKeys#ALL}
   * @param rewrite what originals' and renditions' paths begin with where the layout rewrites
   * @throws ConfigException if they do not fit
   */
  FunctionParts(
      Renditions renditions, Places places, Settings settings, List<String> rewrite, Clock clock) {
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
    Replies replies =
        new Replies(
            new ErrorPictures(
                renditions.originalStore(),
                settings.get(FunctionKeys.NOT_FOUND_PICTURE),
                settings.get(FunctionKeys.ERROR_PICTURE)));
    Origins origins =
        new Origins(renditions.layout(), renditions.recipes(), rewrite.get(0), rewrite.get(1));
    String prefix = settings.get(FunctionKeys.PATH_PREFIX);
    direct = new Direct(renditions.generator(), places, name());
    workerOnDemand = new OnDemand(renditions, places, origins, replies, prefix, WORKER_LIMIT);
    router =
        new EventRouter(
            direct,
            new OnDemand(
                renditions,
                places,
                origins,
                replies,
                prefix,
                settings.get(FunctionKeys.INLINE_LIMIT)),
            replies,
            news,
            new Queue(news),
            new BatchJob(renditions, arrivals, recipes));
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
  OnDemand onDemand() {
    return workerOnDemand;
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
