package dev.rendition.lambda.function;

import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A generator that stores nothing and answers as it is told; keeps what it was asked. */
final class ScriptedGenerator implements RenditionGenerator {
  final List<RenditionRequest> asked = new CopyOnWriteArrayList<>();
  private final Function<RenditionRequest, CompletableFuture<RenditionReport>> script;

  ScriptedGenerator(Function<RenditionRequest, CompletableFuture<RenditionReport>> script) {
    this.script = script;
  }

  /** Fails every rendition by itself. */
  static ScriptedGenerator failing(FailureReason reason) {
    return new ScriptedGenerator(
        request ->
            CompletableFuture.completedFuture(
                new RenditionReport(
                    request.source(),
                    request.sourceVersion(),
                    request.specs().stream()
                        .map(
                            spec ->
                                (RenditionOutcome)
                                    new RenditionOutcome.Failed(
                                        spec, reason, "in bucket secret-bucket"))
                        .toList())));
  }

  /** Fails every request as a whole. */
  static ScriptedGenerator refusing(FailureReason reason) {
    return new ScriptedGenerator(
        request ->
            CompletableFuture.failedFuture(
                new RenditionException(reason, "in bucket secret-bucket")));
  }

  @Override
  public CompletableFuture<RenditionReport> generate(RenditionRequest request) {
    asked.add(request);
    return script.apply(request);
  }

  @Override
  public void close() {}
}
