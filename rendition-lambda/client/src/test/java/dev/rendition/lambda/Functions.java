package dev.rendition.lambda;

import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.lambda.wire.WireAnswer;
import dev.rendition.lambda.wire.WireCodec;
import dev.rendition.lambda.wire.WireRequest;
import dev.rendition.layout.Fingerprint;
import dev.rendition.recipe.PixelSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** What stands in for the code of a function. */
final class Functions {
  private static final WireCodec CODEC = new WireCodec();

  private Functions() {}

  /** A function that hands each request to a generator of this process. */
  static Function<Call, CompletableFuture<Reply>> of(RenditionGenerator generator) {
    return call -> {
      if (call.message() instanceof WireRequest.Ping) {
        return pong(Fingerprint.OUTPUT_VERSION).now();
      }
      CompletableFuture<RenditionReport> work = generator.generate(call.request());
      var unused = call.gone().thenRun(() -> work.cancel(true));
      return work.handle((report, problem) -> Reply.ok(CODEC.write(answer(report, problem))));
    };
  }

  private static WireAnswer answer(RenditionReport report, Throwable problem) {
    if (problem == null) {
      return new WireAnswer.Report(report, Duration.ZERO);
    }
    Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
    return WireAnswer.Refused.of((RenditionException) cause);
  }

  static Reply pong(int outputVersion) {
    return Reply.ok(
        CODEC.write(new WireAnswer.Pong(List.of(WireCodec.VERSION), outputVersion, "a stub 1.0")));
  }

  static Reply refused(WireAnswer refusal) {
    return Reply.ok(CODEC.write(refusal));
  }

  /** Answers that everything asked for is stored. */
  static Reply stored(Call call) {
    return stored(call.request(), "");
  }

  static Reply stored(RenditionRequest request, String sourceVersion) {
    List<RenditionOutcome> outcomes = new ArrayList<>();
    request
        .specs()
        .forEach(
            spec ->
                outcomes.add(
                    new RenditionOutcome.Stored(
                        spec,
                        PixelSize.of(1, 1),
                        "image/png",
                        1,
                        "v",
                        true,
                        Duration.ZERO,
                        List.of())));
    return Reply.ok(
        CODEC.write(
            new WireAnswer.Report(
                new RenditionReport(request.source(), sourceVersion, outcomes), Duration.ZERO)));
  }
}
