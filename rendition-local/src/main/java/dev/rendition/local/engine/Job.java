package dev.rendition.local.engine;

import dev.rendition.generate.RenditionSpec;
import dev.rendition.local.notice.Notices;
import dev.rendition.recipe.Encoding;

/**
 * One spec whose geometry is known.
 *
 * @param index of the spec in its task
 * @param spec what is asked for
 * @param geometry the operations up to the first that needs pixels
 * @param encoding what the result is written as; never {@link Encoding.Same}
 * @param notices what is told of the source beside its pixels; nothing unless the recipe keeps it
 */
record Job(int index, RenditionSpec spec, Geometry geometry, Encoding encoding, Notices notices) {
  /** Tells whether the result is a JPEG and nothing but geometry comes before it. */
  boolean isPlainJpeg() {
    return encoding instanceof Encoding.Jpeg && isPlain();
  }

  /** Tells whether nothing but geometry comes before the encoding. */
  boolean isPlain() {
    return geometry.finish() instanceof Geometry.Finish.None
        && geometry.next() >= spec.recipe().operations().size();
  }

  /** Returns the form the pixels are needed in. */
  Form form() {
    return isPlainJpeg() && encoding instanceof Encoding.Jpeg jpeg
        ? Form.ycc(jpeg.fullChroma(), spec.recipe().background())
        : Form.FULL;
  }
}
