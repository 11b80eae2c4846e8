package dev.rendition.benchmarks.candidate;

import com.twelvemonkeys.image.ResampleOp;
import java.awt.RenderingHints;
import org.imgscalr.Scalr;

/** The candidates of the JVM by name. */
final class Candidates {
  private Candidates() {}

  /** Returns a candidate for one thread. */
  static Candidate named(String name) {
    return switch (name) {
      case "engine" -> new EngineCandidate();
      case "generator" -> new GeneratorCandidate(1);
      case "generator-all-cores" ->
          new GeneratorCandidate(Runtime.getRuntime().availableProcessors());
      case "thumbnailator-once" -> new Thumbnailator(true);
      case "thumbnailator-each" -> new Thumbnailator(false);
      case "imgscalr" ->
          new ScaledImages(
              (image, width, height) ->
                  Scalr.resize(image, Scalr.Method.QUALITY, Scalr.Mode.FIT_EXACT, width, height));
      case "scrimage" -> new Scrimage();
      case "jdk-bicubic" ->
          new ScaledImages(ScaledImages.java2d(RenderingHints.VALUE_INTERPOLATION_BICUBIC));
      case "jdk-bilinear" ->
          new ScaledImages(ScaledImages.java2d(RenderingHints.VALUE_INTERPOLATION_BILINEAR));
      case "twelvemonkeys" ->
          new ScaledImages(
              (image, width, height) ->
                  new ResampleOp(width, height, ResampleOp.FILTER_LANCZOS).filter(image, null));
      default -> throw new IllegalArgumentException("there is no candidate " + name);
    };
  }
}
