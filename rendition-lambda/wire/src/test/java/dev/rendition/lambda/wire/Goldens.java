package dev.rendition.lambda.wire;

import dev.rendition.asset.AssetKey;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.generate.WriteMode;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.PixelSize;
import dev.rendition.recipe.Recipe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** The files of messages as they were once sent, and the values they stand for. */
final class Goldens {
  static final String DIGEST = "0123456789abcdef".repeat(4);
  static final String OTHER_DIGEST = "fedcba9876543210".repeat(4);

  static final RenditionRequest FULL =
      new RenditionRequest(
          AssetKey.of("acme", "photos/\"beach\" \u00fc \ud83c\udfd6.jpg"),
          DIGEST,
          List.of(
              new RenditionSpec(
                  "card",
                  Recipe.parse("cover:800x600:focus,sharpen:0.5,jpeg:80:progressive"),
                  AssetKey.of("acme", "photos/beach.jpg/card-0123456789abcdef.jpg")),
              new RenditionSpec(
                  "fit:20,png", Recipe.parse("fit:20,png"), AssetKey.of("other", "20.png"))),
          new FocalPoint(0.25, 0.0001),
          Instant.ofEpochMilli(1_795_256_130_250L),
          WriteMode.CREATE,
          "public, max-age=31536000, immutable");

  static final RenditionRequest LEAST =
      new RenditionRequest(
          AssetKey.of("acme", "a"),
          "",
          List.of(new RenditionSpec("same", Recipe.parse("same"), AssetKey.of("acme", "b"))),
          FocalPoint.CENTER,
          Instant.ofEpochMilli(1_795_256_130_000L),
          WriteMode.REPLACE,
          "");

  static final WireAnswer.Report REPORT =
      new WireAnswer.Report(
          new RenditionReport(
              FULL.source(),
              DIGEST,
              List.of(
                  new RenditionOutcome.Stored(
                      FULL.specs().get(0),
                      PixelSize.of(800, 600),
                      "image/jpeg",
                      54_321,
                      OTHER_DIGEST,
                      true,
                      Duration.ofNanos(12_345),
                      List.of("decoded at 1/4", "lanczos")),
                  new RenditionOutcome.Failed(
                      FULL.specs().get(1), FailureReason.STORE_FAILED, "the store said \"no\""))),
          Duration.ofMillis(250));

  private Goldens() {}

  /** Returns a file's bytes, without the line feed at its end. */
  static byte[] bytes(String name) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(Goldens.class.getResourceAsStream("/golden/v1/" + name), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .stripTrailing()
          .getBytes(StandardCharsets.UTF_8);
    }
  }
}
