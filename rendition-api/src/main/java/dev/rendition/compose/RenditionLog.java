package dev.rendition.compose;

import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionListener;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes one line per rendition, with key-value pairs, to the logger {@value #LOGGER}: what was
 * stored as INFO, what failed as WARN. Every {@code Renditions} does; a log that is too talkative
 * is turned down by the logger's name. Safe for use by many threads.
 */
public final class RenditionLog implements RenditionListener {
  /** The name of the logger. */
  public static final String LOGGER = "dev.rendition.renditions";

  private static final Logger log = LoggerFactory.getLogger(LOGGER);

  @Override
  public void answered(RenditionRequest request, RenditionReport report, Duration elapsed) {
    for (RenditionOutcome outcome : report.outcomes()) {
      if (outcome instanceof RenditionOutcome.Stored stored) {
        of(log.atInfo(), request, stored.spec(), elapsed)
            .addKeyValue("created", stored.created())
            .addKeyValue("width", stored.size().width())
            .addKeyValue("height", stored.size().height())
            .addKeyValue("type", stored.mediaType())
            .addKeyValue("bytes", stored.bytes())
            .addKeyValue("ms", stored.elapsed().toMillis())
            .log("rendition stored");
      } else if (outcome instanceof RenditionOutcome.Failed failed) {
        of(log.atWarn(), request, failed.spec(), elapsed)
            .addKeyValue("reason", failed.reason())
            .addKeyValue("detail", failed.detail())
            .log("rendition failed");
      }
    }
  }

  @Override
  public void refused(RenditionRequest request, RenditionException problem, Duration elapsed) {
    for (RenditionSpec spec : request.specs()) {
      of(log.atWarn(), request, spec, elapsed)
          .addKeyValue("reason", problem.reason())
          .addKeyValue("detail", String.valueOf(problem.getMessage()))
          .log("rendition failed");
    }
  }

  private static LoggingEventBuilder of(
      LoggingEventBuilder line, RenditionRequest request, RenditionSpec spec, Duration elapsed) {
    return line.addKeyValue("source", request.source())
        .addKeyValue("recipe", spec.name())
        .addKeyValue("target", spec.target())
        .addKeyValue("request-ms", elapsed.toMillis());
  }
}
