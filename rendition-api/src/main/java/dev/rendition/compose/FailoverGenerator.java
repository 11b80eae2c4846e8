package dev.rendition.compose;

import static dev.rendition.compose.ObservedGenerator.asRefusal;

import dev.rendition.generate.FailureReason;
import dev.rendition.generate.Measure;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks generators in order until one answers. The next is asked only when one could not answer at
 * all for a reason of its own: it was busy or could not be reached. A report with failed outcomes
 * is an answer; so is a missing source or a passed deadline, which no other generator would change.
 * Safe for use by many threads; closing it closes them all.
 */
public final class FailoverGenerator implements RenditionGenerator {
  private static final Logger log = LoggerFactory.getLogger(FailoverGenerator.class);
  private static final Set<FailureReason> ITS_OWN =
      Set.of(FailureReason.BUSY, FailureReason.BACKEND_FAILED);

  private final List<RenditionGenerator> generators;
  private final AtomicLong failovers = new AtomicLong();

  /** Composes generators, the preferred one first, which it owns from now on. */
  public FailoverGenerator(List<RenditionGenerator> generators) {
    this.generators = List.copyOf(generators);
    if (generators.size() < 2) {
      throw new IllegalArgumentException(
          "failover needs two generators or more, had " + generators.size());
    }
  }

  @Override
  public CompletableFuture<RenditionReport> generate(RenditionRequest request) {
    CompletableFuture<RenditionReport> answer = new CompletableFuture<>();
    ask(0, request, answer);
    return answer;
  }

  /**
   * Probes every generator; one that cannot be used is told, also if the others could do its work.
   */
  @Override
  public CompletableFuture<String> probe() {
    List<CompletableFuture<String>> probes =
        generators.stream().map(RenditionGenerator::probe).toList();
    return CompletableFuture.allOf(probes.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            all ->
                probes.stream()
                    .map(CompletableFuture::join)
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining("; ")));
  }

  /** Returns how often a generator was passed over for the next, since this was made. */
  public long failovers() {
    return failovers.get();
  }

  /** Returns the numbers of every generator, and how often one was passed over. */
  @Override
  public List<Measure> measures() {
    List<Measure> measures = new ArrayList<>();
    generators.forEach(generator -> measures.addAll(generator.measures()));
    measures.add(
        Measure.counter(
            "rendition.failover.passed-over",
            (double) failovers.get(),
            "How often a generator could not answer and the next was asked."));
    return measures;
  }

  @Override
  public void close() {
    RuntimeException problem = null;
    for (RenditionGenerator generator : generators) {
      try {
        generator.close();
      } catch (RuntimeException e) {
        if (problem == null) {
          problem = e;
        } else {
          problem.addSuppressed(e);
        }
      }
    }
    if (problem != null) {
      throw problem;
    }
  }

  private void ask(int index, RenditionRequest request, CompletableFuture<RenditionReport> answer) {
    CompletableFuture<RenditionReport> asked =
        ObservedGenerator.ask(generators.get(index), request);
    // However the answer ended (cancelled, timed out), what was asked for it is no longer wanted.
    var unused = answer.whenComplete((report, problem) -> asked.cancel(false));
    var unusedToo =
        asked.whenComplete(
            (report, problem) -> {
              if (problem == null) {
                answer.complete(report);
                return;
              }
              RenditionException refusal = asRefusal(problem);
              if (index + 1 < generators.size()
                  && ITS_OWN.contains(refusal.reason())
                  && !answer.isDone()) {
                failovers.incrementAndGet();
                log.debug(
                    "generator {} could not answer for {}: {}",
                    index,
                    request.source(),
                    refusal.getMessage());
                ask(index + 1, request, answer);
              } else {
                answer.completeExceptionally(refusal);
              }
            });
  }
}
