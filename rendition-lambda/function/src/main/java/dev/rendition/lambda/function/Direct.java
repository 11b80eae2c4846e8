package dev.rendition.lambda.function;

import dev.rendition.asset.AssetKey;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.lambda.wire.WireAnswer;
import dev.rendition.lambda.wire.WireCodec;
import dev.rendition.lambda.wire.WireException;
import dev.rendition.lambda.wire.WireRequest;
import dev.rendition.lambda.wire.WireVersionException;
import dev.rendition.layout.Fingerprint;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests of the wire: who asks brings the recipes along and says under which keys the
 * renditions go. Safe for use by many threads.
 */
final class Direct {
  private static final Logger log = LoggerFactory.getLogger(Direct.class);

  private final WireCodec codec = new WireCodec();
  private final RenditionGenerator generator;
  private final Places places;
  private final String name;

  /**
   * Takes what it works with.
   *
   * @param name of this worker, for people
   */
  Direct(RenditionGenerator generator, Places places, String name) {
    this.generator = generator;
    this.places = places;
    this.name = name;
  }

  /** Answers a message with a message; never throws. */
  byte[] answer(byte[] message, Deadline deadline) {
    try {
      return codec.write(reply(codec.readRequest(message), deadline));
    } catch (WireVersionException e) {
      return codec.write(new WireAnswer.VersionRefused(WireCodec.VERSIONS));
    } catch (WireException e) {
      return codec.write(refused("", FailureReason.REQUEST_INVALID, e));
    }
  }

  /**
   * As {@link #answer}, but where nobody reads the answer, because the message lay in Lambda's
   * queue, a failure is thrown, so that Lambda repeats the message or sets it aside.
   *
   * @throws EventFailedException if another try may help
   * @throws EventRefusedException if none will
   */
  byte[] answerOrFail(byte[] message, Deadline deadline) {
    WireRequest request;
    try {
      request = codec.readRequest(message);
    } catch (WireException e) {
      return answer(message, deadline);
    }
    WireAnswer answer = reply(request, deadline);
    if (request instanceof WireRequest.Generate generate && generate.event()) {
      requireDone(answer);
    }
    return codec.write(answer);
  }

  private static void requireDone(WireAnswer answer) {
    if (answer instanceof WireAnswer.Refused refused) {
      requireDone(List.of(Arrival.Failed.of(refused.reason(), refused.message())));
    } else if (answer instanceof WireAnswer.Report report) {
      requireDone(
          report.report().failed().stream()
              .map(
                  each ->
                      (Arrival)
                          Arrival.Failed.of(
                              each.reason(), each.spec().target() + ": " + each.detail()))
              .toList());
    }
  }

  private static void requireDone(List<Arrival> failures) {
    Digest digest = Digest.of(failures);
    if (digest.isWorthAnotherDelivery()) {
      throw new EventFailedException(digest.reason(), digest.problem());
    } else if (!failures.isEmpty()) {
      throw new EventRefusedException(digest.reason(), digest.problem());
    }
  }

  /** Answers a message that was not worked on, because too many are. */
  byte[] refuse(FailureReason reason, String why) {
    return codec.write(new WireAnswer.Refused(reason, why));
  }

  private WireAnswer reply(WireRequest request, Deadline deadline) {
    return request instanceof WireRequest.Generate generate
        ? generate(generate, deadline)
        : new WireAnswer.Pong(WireCodec.VERSIONS, Fingerprint.OUTPUT_VERSION, name);
  }

  private WireAnswer generate(WireRequest.Generate message, Deadline deadline) {
    try {
      long begin = System.nanoTime();
      RenditionRequest request = requireAllowed(message.request());
      RenditionReport report = Asking.ask(generator, request, deadline);
      Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
      log.atInfo()
          .addKeyValue("trace", message.trace())
          .addKeyValue("source", request.source())
          .addKeyValue("stored", report.stored().size())
          .addKeyValue("failed", report.failed().size())
          .addKeyValue("millis", elapsed.toMillis())
          .log("answered");
      return new WireAnswer.Report(report, elapsed);
    } catch (EventRefusedException e) {
      return refused(message.trace(), e.reason(), e);
    } catch (RenditionException e) {
      return refused(message.trace(), e.reason(), e);
    } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
      log.atError().addKeyValue("trace", message.trace()).setCause(e).log("a defect");
      return new WireAnswer.Refused(FailureReason.INTERNAL, "the worker failed: " + e);
    }
  }

  private static WireAnswer refused(String trace, FailureReason reason, Exception problem) {
    String why = String.valueOf(problem.getMessage());
    log.atInfo()
        .addKeyValue("trace", trace)
        .addKeyValue("reason", reason)
        .addKeyValue("detail", Shown.line(why))
        .log("refused");
    return new WireAnswer.Refused(reason, why);
  }

  private RenditionRequest requireAllowed(RenditionRequest request) {
    AssetKey source = places.requireServed(request.source());
    if (places.layout().isTarget(source)) {
      throw new EventRefusedException(
          FailureReason.SOURCE_IS_RENDITION,
          source + " has the form of a rendition's key; renditions are made of originals only");
    }
    for (RenditionSpec spec : request.specs()) {
      if (!spec.target().tenant().equals(source.tenant())) {
        throw new EventRefusedException(
            FailureReason.REQUEST_INVALID,
            "a rendition of " + source + " would go to another tenant, as " + spec.target());
      }
    }
    return request;
  }
}
