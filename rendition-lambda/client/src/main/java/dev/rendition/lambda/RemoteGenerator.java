package dev.rendition.lambda;

import static java.util.Objects.requireNonNull;

import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.generate.WriteMode;
import dev.rendition.lambda.TransportException.Kind;
import dev.rendition.lambda.wire.WireAnswer;
import dev.rendition.lambda.wire.WireCodec;
import dev.rendition.lambda.wire.WireException;
import dev.rendition.lambda.wire.WireRequest;
import dev.rendition.layout.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a worker over the wire: splits, joins, translates. What both public generators have in
 * common. Safe for use by many threads.
 */
final class RemoteGenerator implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RemoteGenerator.class);
  private static final Duration LONGEST = Duration.ofDays(1);

  /** With less than this left, nothing is begun anew because a worker was too slow. */
  private static final Duration LEAST_TO_SPLIT = Duration.ofMillis(200);

  private final WireCodec codec = new WireCodec();
  private final Line line;

  RemoteGenerator(Transport transport, RemoteSettings settings) {
    line = new Line(transport, settings);
  }

  CompletableFuture<RenditionReport> generate(RenditionRequest request) {
    Whole<RenditionReport> whole = new Whole<>();
    if (refusedAtOnce(request, whole)) {
      return whole.answer;
    }
    String trace = WireRequest.newTrace();
    List<CompletableFuture<RenditionReport>> parts = new ArrayList<>();
    for (RenditionRequest part : split(request)) {
      parts.add(ask(part, trace, whole, false));
    }
    CompletableFuture<?> unused =
        joined(parts)
            .whenComplete(
                (reports, problem) -> {
                  if (problem != null) {
                    whole.fail(refusal(problem));
                  } else {
                    whole.finish(() -> join(request, reports));
                  }
                });
    return whole.answer;
  }

  /** Leaves a request with the backend's queue; complete once all of it is there. */
  CompletableFuture<Void> submit(RenditionRequest request) {
    Whole<Void> whole = new Whole<>();
    if (refusedAtOnce(request, whole)) {
      return whole.answer;
    }
    String trace = WireRequest.newTrace();
    List<CompletableFuture<Boolean>> parts = new ArrayList<>();
    for (RenditionRequest part : split(request)) {
      for (byte[] message : events(part, trace)) {
        Task<Boolean> task =
            task(part, message, true, shorter(left(part), patience()), bytes -> true);
        parts.add(whole.enter(task, false));
      }
    }
    CompletableFuture<?> unused =
        joined(parts)
            .whenComplete(
                (accepted, problem) -> {
                  if (problem != null) {
                    whole.fail(refusal(problem));
                  } else {
                    whole.answer.complete(null);
                  }
                });
    return whole.answer;
  }

  /** Asks the worker who it is, and tells whether it fits. */
  CompletableFuture<String> probe() {
    byte[] ping = codec.write(new WireRequest.Ping(WireRequest.newTrace()));
    Whole<String> whole = new Whole<>();
    Task<String> task =
        new Task<>(
            line,
            new Task.Message(ping, false, true, "its name"),
            patience().toNanos(),
            bytes -> fit(read(() -> codec.readPong(bytes))));
    CompletableFuture<?> unused =
        whole
            .enter(task, false)
            .whenComplete(
                (text, problem) -> {
                  if (problem != null) {
                    whole.fail(refusal(problem));
                  } else {
                    whole.answer.complete(text);
                  }
                });
    return whole.answer;
  }

  Line line() {
    return line;
  }

  @Override
  public void close() {
    line.close();
  }

  private boolean refusedAtOnce(RenditionRequest request, Whole<?> whole) {
    requireNonNull(request, "request");
    if (line.isClosed()) {
      whole.fail(Line.closing());
    } else if (left(request).isZero()) {
      whole.fail(
          new RenditionException(
              FailureReason.DEADLINE_EXCEEDED,
              "the deadline "
                  + request.deadline()
                  + " of "
                  + request.source()
                  + " has passed before it was asked for"));
    }
    return whole.answer.isDone();
  }

  /**
   * Asks for one part. Where the worker had too little time for all of it, it is asked for each
   * half: so one invocation stays within its time, however slow the pictures.
   */
  private CompletableFuture<RenditionReport> ask(
      RenditionRequest part, String trace, Whole<?> whole, boolean again) {
    log.debug(
        "asking {} for {} renditions of {}, trace {}",
        worker(),
        part.specs().size(),
        part.source(),
        trace);
    byte[] message = codec.write(new WireRequest.Generate(trace, part));
    Task<RenditionReport> task =
        task(part, message, false, left(part), bytes -> report(bytes, part));
    return whole
        .enter(task, again)
        .exceptionallyCompose(
            problem -> {
              if (cause(problem) instanceof TransportException known
                  && known.kind() == Kind.TIMED_OUT
                  && part.specs().size() > 1
                  && repeatable(part)
                  && left(part).compareTo(LEAST_TO_SPLIT) > 0
                  && !whole.answer.isDone()) {
                int middle = part.specs().size() / 2;
                RenditionRequest first = with(part, part.specs().subList(0, middle));
                RenditionRequest second =
                    with(part, part.specs().subList(middle, part.specs().size()));
                return joined(
                        List.of(ask(first, trace, whole, true), ask(second, trace, whole, true)))
                    .thenApply(reports -> join(part, reports));
              }
              return CompletableFuture.failedFuture(problem);
            });
  }

  private <T> Task<T> task(
      RenditionRequest part,
      byte[] message,
      boolean event,
      Duration left,
      Function<byte[], T> reader) {
    return new Task<>(
        line,
        new Task.Message(message, event, repeatable(part), part.source().toString()),
        left.toNanos(),
        reader);
  }

  /**
   * Returns whether working twice leaves what working once leaves, also if the first time is still
   * running or ends late: either what is there is kept, or only one version of the source is taken.
   */
  static boolean repeatable(RenditionRequest request) {
    return request.mode() != WriteMode.REPLACE || !request.sourceVersion().isEmpty();
  }

  private RenditionReport report(byte[] bytes, RenditionRequest part) {
    WireAnswer answer = read(() -> codec.readAnswer(bytes, part));
    if (answer instanceof WireAnswer.Report report) {
      return report.report();
    }
    WireAnswer.Refused refused = refused(answer);
    if (refused.reason() == FailureReason.BUSY) {
      throw new TransportException(Kind.THROTTLED, refused.message(), null);
    }
    if (refused.reason() == FailureReason.DEADLINE_EXCEEDED
        && left(part).compareTo(LEAST_TO_SPLIT) > 0) {
      throw new TransportException(
          Kind.TIMED_OUT, worker() + " ran out of its time: " + refused.message(), null);
    }
    throw refused.toException();
  }

  private String fit(WireAnswer answer) {
    if (!(answer instanceof WireAnswer.Pong pong)) {
      throw refused(answer).toException();
    }
    if (!pong.versions().contains(WireCodec.VERSION)) {
      throw wrongVersion(pong.versions());
    }
    if (pong.outputVersion() != Fingerprint.OUTPUT_VERSION) {
      throw new RenditionException(
          FailureReason.BACKEND_FAILED,
          worker()
              + " makes renditions of output version "
              + pong.outputVersion()
              + ", and keys made here stand for version "
              + Fingerprint.OUTPUT_VERSION
              + "; deploy both of one release");
    }
    return worker() + " is " + pong.worker() + " and speaks wire versions " + pong.versions();
  }

  private WireAnswer.Refused refused(WireAnswer answer) {
    if (answer instanceof WireAnswer.VersionRefused other) {
      throw wrongVersion(other.versions());
    }
    return (WireAnswer.Refused) answer;
  }

  private RenditionException wrongVersion(List<Integer> spoken) {
    return new RenditionException(
        FailureReason.BACKEND_FAILED,
        worker()
            + " speaks wire versions "
            + spoken
            + ", and this side writes "
            + WireCodec.VERSION
            + "; deploy both of one release");
  }

  private <T> T read(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (WireException e) {
      throw new RenditionException(
          FailureReason.BACKEND_FAILED,
          worker() + " gave an answer that cannot be read: " + e.getMessage(),
          e);
    }
  }

  /** Parts of about equal size. */
  private List<RenditionRequest> split(RenditionRequest request) {
    List<RenditionSpec> specs = request.specs();
    int most = line.settings().perMessage();
    int count = (specs.size() + most - 1) / most;
    List<RenditionRequest> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(
          count == 1
              ? request
              : with(
                  request,
                  specs.subList(specs.size() * i / count, specs.size() * (i + 1) / count)));
    }
    return parts;
  }

  /** The messages of a part, each small enough for a queue. */
  private List<byte[]> events(RenditionRequest part, String trace) {
    byte[] message = codec.write(new WireRequest.Generate(trace, part, true));
    int size = part.specs().size();
    if (message.length <= RemoteSettings.MAX_EVENT_BYTES || size == 1) {
      return List.of(message);
    }
    List<byte[]> both =
        new ArrayList<>(events(with(part, part.specs().subList(0, size / 2)), trace));
    both.addAll(events(with(part, part.specs().subList(size / 2, size)), trace));
    return both;
  }

  private static RenditionReport join(RenditionRequest request, List<RenditionReport> reports) {
    String version = "";
    List<RenditionOutcome> outcomes = new ArrayList<>();
    for (RenditionReport report : reports) {
      if (!report.sourceVersion().isEmpty()) {
        if (!version.isEmpty() && !version.equals(report.sourceVersion())) {
          throw new RenditionException(
              FailureReason.SOURCE_CHANGED,
              request.source() + " was replaced while its renditions were made; ask again");
        }
        version = report.sourceVersion();
      }
      outcomes.addAll(report.outcomes());
    }
    return new RenditionReport(request.source(), version, outcomes);
  }

  /** Completes when all have, or as soon as one has failed. */
  private static <T> CompletableFuture<List<T>> joined(List<CompletableFuture<T>> parts) {
    CompletableFuture<List<T>> all = new CompletableFuture<>();
    for (CompletableFuture<T> part : parts) {
      CompletableFuture<?> unused =
          part.whenComplete(
              (value, problem) -> {
                if (problem != null) {
                  all.completeExceptionally(problem);
                }
              });
    }
    CompletableFuture<?> unused =
        CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new))
            .thenRun(() -> all.complete(parts.stream().map(CompletableFuture::join).toList()));
    return all;
  }

  private String worker() {
    return line.transport().worker();
  }

  private Duration patience() {
    return line.settings().workerTimeout().plus(RemoteSettings.MARGIN);
  }

  /** Returns how long is left until the deadline: zero if it passed, a day at most. */
  private static Duration left(RenditionRequest request) {
    Instant now = Instant.now();
    return request.deadline().isAfter(now.plus(LONGEST))
        ? LONGEST
        : request.deadline().isAfter(now)
            ? Duration.between(now, request.deadline())
            : Duration.ZERO;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static RenditionRequest with(RenditionRequest request, List<RenditionSpec> specs) {
    return new RenditionRequest(
        request.source(),
        request.sourceVersion(),
        specs,
        request.focus(),
        request.deadline(),
        request.mode(),
        request.cacheControl());
  }

  /** The one place where a problem becomes what callers see. */
  private static Throwable refusal(Throwable problem) {
    Throwable cause = cause(problem);
    if (cause instanceof TransportException known) {
      return new RenditionException(
          known.kind().reason(),
          String.valueOf(known.getMessage()),
          known.getCause() == null ? known : known.getCause());
    }
    return cause;
  }

  private static Throwable cause(Throwable problem) {
    return problem instanceof CompletionException && problem.getCause() != null
        ? problem.getCause()
        : problem;
  }
}
