package dev.rendition.lambda.function;

import dev.rendition.Renditions;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetNotFoundException;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.recipe.NamedRecipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the renditions of originals made that S3 tells of. An object is looked up when its event is
 * worked on, so it does not matter how often and in which order events arrive: what is made is made
 * of what is there. Safe for use by many threads.
 */
final class Arrivals {
  private static final Logger log = LoggerFactory.getLogger(Arrivals.class);
  private static final int ROUNDS = 3;

  private final Renditions renditions;
  private final Places places;
  private final List<NamedRecipe> recipes;

  /**
   * Takes what it works with.
   *
   * @param recipes what is made of each original
   */
  Arrivals(Renditions renditions, Places places, List<NamedRecipe> recipes) {
    this.renditions = renditions;
    this.places = places;
    this.recipes = List.copyOf(recipes);
  }

  /** Makes what is to be made of an object; never throws. */
  Arrival handle(ObjectName name, Deadline deadline) {
    return handle(name, deadline, recipes, UnaryOperator.identity());
  }

  /** As {@link #handle(ObjectName, Deadline)}, with other recipes and another kind of request. */
  Arrival handle(
      ObjectName name,
      Deadline deadline,
      List<NamedRecipe> wanted,
      UnaryOperator<RenditionRequest> kind) {
    Arrival arrival;
    try {
      deadline.requireTime();
      arrival = make(places.original(name), deadline, wanted, kind);
    } catch (EventRefusedException e) {
      arrival = refused(e);
    } catch (EventFailedException e) {
      arrival = failed(e.reason(), name, text(e));
    } catch (RenditionException e) {
      arrival = failed(e.reason(), name, text(e));
    } catch (IOException e) {
      arrival = failed(FailureReason.STORE_FAILED, name, text(e));
    } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
      // Nobody knows whether it would happen again, and the event must not be lost.
      arrival = new Arrival.Failed(true, FailureReason.INTERNAL, name + ": " + e);
    }
    tell(name, arrival);
    return arrival;
  }

  /** A rendition told of is what a notification for the whole bucket brings with every write. */
  private static Arrival refused(EventRefusedException problem) {
    return problem.reason() == FailureReason.SOURCE_IS_RENDITION
        ? new Arrival.Passed(text(problem))
        : new Arrival.Failed(false, problem.reason(), text(problem));
  }

  private static Arrival failed(FailureReason reason, ObjectName name, String detail) {
    return Arrival.Failed.of(reason, name + ": " + detail);
  }

  private Arrival make(
      AssetKey key,
      Deadline deadline,
      List<NamedRecipe> wanted,
      UnaryOperator<RenditionRequest> kind)
      throws IOException {
    if (wanted.isEmpty()) {
      throw new EventRefusedException(
          FailureReason.RECIPE_UNKNOWN,
          "there is no recipe to make of " + key + "; set RENDITION_RECIPE_… of the function");
    }
    for (int round = 0; round < ROUNDS; round++) {
      Optional<AssetInfo> found = find(key);
      if (found.isEmpty()) {
        return new Arrival.Passed(key + " is not there any more");
      }
      try {
        Arrival arrival = attempt(found.get(), deadline, wanted, kind);
        if (!isStale(arrival, found.get())) {
          return arrival;
        }
      } catch (RenditionException e) {
        if (e.reason() != FailureReason.SOURCE_CHANGED) {
          throw e;
        }
      }
    }
    return Arrival.Failed.of(
        FailureReason.SOURCE_CHANGED, key + " was replaced again and again meanwhile");
  }

  /**
   * Returns whether to look again: the original was replaced while it was read; or since, and the
   * keys do not tell versions apart, so that a slow writer may have put old bytes over new ones.
   */
  private boolean isStale(Arrival arrival, AssetInfo original) throws IOException {
    if (arrival instanceof Arrival.Failed failed) {
      return failed.reason() == FailureReason.SOURCE_CHANGED;
    }
    return !renditions.layout().namesContent()
        && !find(original.key()).map(AssetInfo::version).equals(Optional.of(original.version()));
  }

  private Optional<AssetInfo> find(AssetKey key) throws IOException {
    try {
      return renditions.originalStore().stat(key);
    } catch (AssetNotFoundException e) {
      return Optional.empty();
    }
  }

  /** A request has a most of recipes, a book may have more. */
  private Arrival attempt(
      AssetInfo original,
      Deadline deadline,
      List<NamedRecipe> wanted,
      UnaryOperator<RenditionRequest> kind) {
    int made = 0;
    List<RenditionOutcome.Failed> failed = new ArrayList<>();
    for (int from = 0; from < wanted.size(); from += RenditionRequest.MAX_SPECS) {
      List<NamedRecipe> some =
          wanted.subList(from, Math.min(wanted.size(), from + RenditionRequest.MAX_SPECS));
      RenditionRequest request = renditions.request(original, some);
      RenditionReport report = Asking.ask(renditions.generator(), kind.apply(request), deadline);
      made += report.stored().size();
      failed.addAll(report.failed());
    }
    return failed.isEmpty() ? new Arrival.Made(made) : failed(original.key(), failed);
  }

  /** One failure that may pass makes the whole worth another delivery. */
  private static Arrival failed(AssetKey key, List<RenditionOutcome.Failed> failed) {
    RenditionOutcome.Failed first =
        failed.stream()
            .filter(RenditionOutcome.Failed::retryable)
            .findFirst()
            .orElse(failed.get(0));
    String details =
        failed.stream()
            .limit(5)
            .map(each -> each.spec().name() + ": " + each.reason() + ": " + each.detail())
            .collect(Collectors.joining("; "));
    return Arrival.Failed.of(
        first.reason(), failed.size() + " renditions of " + key + " cannot be made: " + details);
  }

  /** Failures are told by whoever decides what becomes of them. */
  private static void tell(ObjectName name, Arrival arrival) {
    if (arrival instanceof Arrival.Made made) {
      log.atInfo()
          .addKeyValue("object", name)
          .addKeyValue("renditions", made.renditions())
          .log("made");
    } else if (arrival instanceof Arrival.Passed passed) {
      log.atInfo().addKeyValue("object", name).addKeyValue("why", passed.why()).log("passed over");
    }
  }

  private static String text(Exception problem) {
    return String.valueOf(problem.getMessage());
  }
}
