package dev.rendition.local.engine;

import dev.rendition.generate.FailureReason;
import dev.rendition.local.gif.GifEncoder;
import dev.rendition.local.gif.GifSettings;
import dev.rendition.local.jpeg.JpegAttachments;
import dev.rendition.local.jpeg.JpegEncoder;
import dev.rendition.local.jpeg.JpegSettings;
import dev.rendition.local.jpeg.JpegSubsampling;
import dev.rendition.local.notice.ExifNotices;
import dev.rendition.local.notice.Notices;
import dev.rendition.local.png.PngEncoder;
import dev.rendition.local.png.PngSettings;
import dev.rendition.local.raster.Plane;
import dev.rendition.recipe.Encoding;
import dev.rendition.recipe.Recipe;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes pixels down as a recipe's encoding says. Keeps encoders for the next picture; not safe for
 * many threads.
 */
final class TargetWriter {
  private static final int MAX_ENCODERS = 16;
  private static final int LEAST_QUALITY = 5;

  private final PluginWriters plugins;
  private final Map<JpegSettings, JpegEncoder> jpegEncoders = new HashMap<>();
  private final PngEncoder pngEncoder = PngEncoder.of(PngSettings.DEFAULT);
  private final Buffer buffer = new Buffer();

  TargetWriter(PluginWriters plugins) {
    this.plugins = plugins;
  }

  /** Returns the media type of an encoding. */
  static String mediaType(Encoding encoding) {
    if (encoding instanceof Encoding.Jpeg) {
      return "image/jpeg";
    } else if (encoding instanceof Encoding.Png) {
      return "image/png";
    } else if (encoding instanceof Encoding.Gif) {
      return "image/gif";
    } else if (encoding instanceof Encoding.Webp) {
      return "image/webp";
    } else if (encoding instanceof Encoding.Avif) {
      return "image/avif";
    }
    throw new IllegalArgumentException(
        "an encoding is chosen before it is written, was " + encoding);
  }

  /** Returns what became of the notices the recipe keeps, for people; empty if it keeps none. */
  static Optional<String> remark(Job job) {
    if (job.notices().isEmpty()) {
      return Optional.empty();
    }
    Encoding encoding = job.encoding();
    return encoding instanceof Encoding.Jpeg || encoding instanceof Encoding.Png
        ? Optional.of("kept: the notices of creator and copyright")
        : Optional.of("not kept: " + mediaType(encoding) + " is written without notices");
  }

  private static byte[] exif(Notices notices) {
    return notices.isEmpty() ? new byte[0] : ExifNotices.write(notices);
  }

  /** Refuses an encoding nobody here can write, before pixels are made for it. */
  void require(Encoding encoding) {
    if (encoding instanceof Encoding.Webp || encoding instanceof Encoding.Avif) {
      plugins.require(mediaType(encoding));
    }
  }

  /**
   * Writes the pixels of a node.
   *
   * @return a buffer that is written anew by the next call
   */
  Buffer write(Node node, Job job) throws IOException {
    Recipe recipe = job.spec().recipe();
    if (node.form.isYcc()) {
      return belowCeiling(
          recipe,
          job.encoding(),
          encoding -> jpeg(node.ycc(), (Encoding.Jpeg) encoding, job.notices()));
    }
    return write(node.picture(), job);
  }

  /** Writes an upright sRGB picture; see {@link #write(Node, Job)}. */
  Buffer write(Picture picture, Job job) throws IOException {
    Recipe recipe = job.spec().recipe();
    return belowCeiling(recipe, job.encoding(), chosen -> encode(picture, chosen, job));
  }

  /** Writes every frame of an animation; see {@link #write(Node, Job)}. */
  Buffer write(Animated frames) throws IOException {
    buffer.reset();
    frames.writeTo(buffer);
    return buffer;
  }

  /** Frames that write themselves. */
  @FunctionalInterface
  interface Animated {
    void writeTo(Buffer to) throws IOException;
  }

  private void encode(Picture picture, Encoding encoding, Job job) throws IOException {
    if (encoding instanceof Encoding.Jpeg jpeg) {
      Form form = Form.ycc(jpeg.fullChroma(), job.spec().recipe().background());
      jpeg(Ycc.of(picture, form), jpeg, job.notices());
    } else if (encoding instanceof Encoding.Png) {
      pngEncoder.encode(picture.allPlanes(), exif(job.notices()), buffer);
    } else if (encoding instanceof Encoding.Gif) {
      GifEncoder gif =
          GifEncoder.of(picture.width(), picture.height(), GifSettings.DEFAULT, buffer);
      gif.add(Colours.toRgb(picture).allPlanes(), 0);
      gif.finish();
    } else if (encoding instanceof Encoding.Webp webp) {
      plugins.write(picture, mediaType(encoding), webp.quality(), buffer);
    } else if (encoding instanceof Encoding.Avif avif) {
      plugins.write(picture, mediaType(encoding), avif.quality(), buffer);
    } else {
      throw new IllegalArgumentException(
          "an encoding is chosen before it is written, was " + encoding);
    }
  }

  /** Returns how a JPEG is written. */
  static JpegSettings settings(Encoding.Jpeg jpeg) {
    return JpegSettings.ofQuality(jpeg.quality())
        .with(jpeg.fullChroma() ? JpegSubsampling.FULL : JpegSubsampling.QUARTER)
        .with(jpeg.progressive() ? JpegSettings.Layout.PROGRESSIVE : JpegSettings.Layout.BASELINE);
  }

  private void jpeg(Ycc ycc, Encoding.Jpeg jpeg, Notices notices) throws IOException {
    JpegSettings settings = settings(jpeg);
    if (jpegEncoders.size() >= MAX_ENCODERS && !jpegEncoders.containsKey(settings)) {
      jpegEncoders.clear();
    }
    JpegEncoder encoder = jpegEncoders.computeIfAbsent(settings, JpegEncoder::of);
    JpegAttachments attached = JpegAttachments.NONE;
    if (!notices.isEmpty()) {
      attached = attached.withExif(exif(notices));
    }
    List<Plane> planes = ycc.planes();
    if (ycc.isGrey()) {
      encoder.encode(planes.get(0), attached, buffer);
    } else {
      encoder.encode(planes.get(0), planes.get(1), planes.get(2), attached, buffer);
    }
  }

  /**
   * Writes, and where the recipe has a ceiling writes again with the highest quality that stays
   * below it.
   */
  private Buffer belowCeiling(Recipe recipe, Encoding encoding, Attempt attempt)
      throws IOException {
    run(attempt, encoding);
    if (recipe.maxBytes() == 0 || buffer.size() <= recipe.maxBytes()) {
      return buffer;
    }
    int least = buffer.size();
    int low = LEAST_QUALITY;
    int high = quality(encoding) - 1;
    int best = -1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      run(attempt, withQuality(encoding, middle));
      least = Math.min(least, buffer.size());
      if (buffer.size() <= recipe.maxBytes()) {
        best = middle;
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    if (best < 0) {
      throw new StepException(
          FailureReason.OPERATION_NOT_APPLICABLE,
          "max: the result has "
              + least
              + " bytes at the least and may have "
              + recipe.maxBytes()
              + "; allow more, or make the picture smaller");
    }
    run(attempt, withQuality(encoding, best));
    return buffer;
  }

  private void run(Attempt attempt, Encoding encoding) throws IOException {
    buffer.reset();
    attempt.write(encoding);
  }

  private static int quality(Encoding encoding) {
    if (encoding instanceof Encoding.Jpeg jpeg) {
      return jpeg.quality();
    } else if (encoding instanceof Encoding.Webp webp) {
      return webp.quality();
    } else if (encoding instanceof Encoding.Avif avif) {
      return avif.quality();
    }
    return 0;
  }

  private static Encoding withQuality(Encoding encoding, int quality) {
    if (encoding instanceof Encoding.Jpeg jpeg) {
      return new Encoding.Jpeg(quality, jpeg.progressive(), jpeg.fullChroma());
    } else if (encoding instanceof Encoding.Webp) {
      return new Encoding.Webp(quality);
    } else if (encoding instanceof Encoding.Avif) {
      return new Encoding.Avif(quality);
    }
    return encoding;
  }

  /** Writes into the buffer once. */
  @FunctionalInterface
  private interface Attempt {
    void write(Encoding encoding) throws IOException;
  }
}
