package dev.rendition.micrometer;

import static java.util.Objects.requireNonNull;

import dev.rendition.Renditions;
import dev.rendition.generate.Measure;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionListener;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.generate.RenditionStage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts and times what happens to renditions. Hand it to the builder as a listener, then bind what
 * was built:
 *
 * <pre>{@code
 * RenditionMetrics metrics = new RenditionMetrics(registry);
 * Renditions renditions = Renditions.builderFrom(config, loader).listener(metrics).build();
 * metrics.bind(renditions);
 * }</pre>
 *
 * <p>Tags are recipe names (at most 1,000, then "other"), reasons and stages only, so that no
 * request makes time series without end. docs/observability.md lists the meters. Safe for use by
 * many threads.
 */
public final class RenditionMetrics implements RenditionListener {
  private static final int MOST_RECIPES = 1_000;

  private final MeterRegistry registry;
  private final Set<String> recipes = ConcurrentHashMap.newKeySet();

  /** Makes a listener that writes to a registry, which stays the caller's. */
  public RenditionMetrics(MeterRegistry registry) {
    this.registry = requireNonNull(registry, "registry");
  }

  /** Registers the numbers of {@link Renditions#measures()}: each is read when it is asked for. */
  public void bind(Renditions renditions) {
    for (Measure measure : renditions.measures()) {
      String name = measure.name();
      if (measure.counts()) {
        FunctionCounter.builder(name, renditions, from -> now(from, name))
            .description(measure.description())
            .register(registry);
      } else {
        Gauge.builder(name, renditions, from -> now(from, name))
            .description(measure.description())
            .register(registry);
      }
    }
  }

  @Override
  public void stage(RenditionRequest request, RenditionStage stage, Duration elapsed) {
    Timer.builder("rendition.stage")
        .description("The parts of the work on requests.")
        .tag("stage", stage.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .record(elapsed);
  }

  @Override
  public void answered(RenditionRequest request, RenditionReport report, Duration elapsed) {
    request("answered", elapsed);
    for (RenditionOutcome outcome : report.outcomes()) {
      if (outcome instanceof RenditionOutcome.Stored stored) {
        counter(outcome.spec(), stored.created() ? "created" : "there").increment();
        DistributionSummary.builder("rendition.bytes")
            .description("How large renditions are.")
            .baseUnit("bytes")
            .tag("recipe", name(outcome.spec()))
            .register(registry)
            .record((double) stored.bytes());
      } else if (outcome instanceof RenditionOutcome.Failed failed) {
        counter(outcome.spec(), word(failed.reason())).increment();
      }
    }
  }

  @Override
  public void refused(RenditionRequest request, RenditionException problem, Duration elapsed) {
    request(word(problem.reason()), elapsed);
    request.specs().forEach(spec -> counter(spec, word(problem.reason())).increment());
  }

  private void request(String outcome, Duration elapsed) {
    Timer.builder("rendition.requests")
        .description("Requests, from being asked to being answered.")
        .tag("outcome", outcome)
        .register(registry)
        .record(elapsed);
  }

  private Counter counter(RenditionSpec recipe, String outcome) {
    return Counter.builder("rendition.renditions")
        .description("Renditions by recipe and what became of them.")
        .tag("recipe", name(recipe))
        .tag("outcome", outcome)
        .register(registry);
  }

  /** A spec may be named anything: what is no recipe's name, or one too many, is "other". */
  private String name(RenditionSpec spec) {
    String name = spec.name();
    boolean known =
        recipes.contains(name)
            || (recipes.size() < MOST_RECIPES
                && name.matches("[a-z0-9][a-z0-9_-]{0,63}")
                && recipes.add(name));
    return known ? name : "other";
  }

  private static String word(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static double now(Renditions renditions, String name) {
    return renditions.measures().stream()
        .filter(measure -> measure.name().equals(name))
        .mapToDouble(Measure::value)
        .sum();
  }
}
