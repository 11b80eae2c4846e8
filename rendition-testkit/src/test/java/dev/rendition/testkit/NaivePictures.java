package dev.rendition.testkit;

import dev.rendition.generate.FailureReason;
import dev.rendition.recipe.Box;
import dev.rendition.recipe.Encoding;
import dev.rendition.recipe.Fit;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.Gravity;
import dev.rendition.recipe.Operation;
import dev.rendition.recipe.PixelSize;
import dev.rendition.recipe.Recipe;
import dev.rendition.recipe.Rgb;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;

/** The picture half of {@link NaiveGenerator}: right for drawn pictures, with a fault if wanted. */
final class NaivePictures {
  private final Fault fault;

  NaivePictures(Fault fault) {
    this.fault = fault;
  }

  /** A picture that cannot be made, with the reason. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final FailureReason reason;

    Refusal(FailureReason reason, String detail) {
      super(detail);
      this.reason = reason;
    }

    FailureReason reason() {
      return reason;
    }
  }

  /** What was made: not a record, because it holds an array. */
  static final class Made {
    final byte[] bytes;
    final String mediaType;
    final PixelSize size;

    Made(byte[] bytes, String mediaType, PixelSize size) {
      this.bytes = bytes;
      this.mediaType = mediaType;
      this.size = size;
    }
  }

  static String format(byte[] source) {
    String head = new String(source, 0, Math.min(source.length, 8), StandardCharsets.ISO_8859_1);
    if (head.startsWith("\u00ff\u00d8")) {
      return "jpeg";
    }
    return head.startsWith("\u0089PNG") ? "png" : head.startsWith("GIF8") ? "gif" : "";
  }

  BufferedImage read(byte[] source) throws Refusal {
    if (format(source).isEmpty()) {
      throw new Refusal(
          fault == Fault.CALLS_NOISE_DAMAGED
              ? FailureReason.SOURCE_DAMAGED
              : FailureReason.FORMAT_UNKNOWN,
          "no picture");
    }
    BufferedImage picture;
    try {
      picture = ImageIO.read(new ByteArrayInputStream(source));
    } catch (IOException | RuntimeException e) {
      throw new Refusal(
          fault == Fault.LETS_READERS_THROW ? FailureReason.INTERNAL : FailureReason.SOURCE_DAMAGED,
          "damaged: " + e);
    }
    if (picture == null) {
      throw new Refusal(FailureReason.SOURCE_DAMAGED, "not readable");
    }
    return upright(argb(picture), orientation(source));
  }

  Made make(byte[] source, BufferedImage upright, Recipe recipe, FocalPoint focus)
      throws Refusal, IOException {
    String format = format(recipe.encoding(), source);
    if (fault == Fault.PASSES_THROUGH
        && recipe.operations().isEmpty()
        && format.equals(format(source))) {
      return new Made(
          source, "image/" + format, PixelSize.of(upright.getWidth(), upright.getHeight()));
    }
    BufferedImage picture = upright;
    List<Operation> operations = new ArrayList<>(recipe.operations());
    if (fault == Fault.WORKS_BACKWARDS) {
      Collections.reverse(operations);
    }
    Color padding = new Color(0, true);
    for (Operation operation : operations) {
      if (operation instanceof Operation.Background background) {
        padding = colour(background.colour());
      }
      picture = apply(operation, picture, focus, padding);
    }
    if (format.equals("jpeg") || fault == Fault.FLATTENS_PNG) {
      picture =
          flatten(
              picture,
              fault == Fault.FLATTENS_ON_BLACK ? Color.BLACK : colour(recipe.background()),
              BufferedImage.TYPE_INT_RGB);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(picture, format, bytes)) {
      throw new Refusal(FailureReason.INTERNAL, "not written as " + format);
    }
    if (fault == Fault.NEVER_THE_SAME) {
      bytes.write(ByteBuffer.allocate(8).putLong(System.nanoTime()).array());
    }
    return new Made(
        bytes.toByteArray(),
        "image/" + format,
        PixelSize.of(picture.getWidth(), picture.getHeight()));
  }

  private String format(Encoding encoding, byte[] source) throws Refusal {
    if (encoding instanceof Encoding.Jpeg) {
      return "jpeg";
    } else if (encoding instanceof Encoding.Png) {
      return "png";
    } else if (encoding instanceof Encoding.Gif) {
      return "gif";
    } else if (encoding instanceof Encoding.Same) {
      return fault == Fault.TAKES_SAME_FOR_PNG ? "png" : format(source);
    } else if (fault == Fault.WRITES_ANOTHER_ENCODING) {
      return "png";
    }
    throw new Refusal(FailureReason.ENCODING_NOT_SUPPORTED, "no writer for " + encoding);
  }

  private BufferedImage apply(
      Operation operation, BufferedImage picture, FocalPoint focus, Color padding) throws Refusal {
    int w = picture.getWidth();
    int h = picture.getHeight();
    if (operation instanceof Operation.Resize resize) {
      return resize(resize, picture, focus, padding);
    } else if (operation instanceof Operation.Crop crop) {
      int x = (int) crop.x();
      int y = (int) crop.y();
      int cw = (int) crop.width();
      int ch = (int) crop.height();
      if (fault == Fault.CROPS_WHAT_IT_CAN) {
        cw = Math.min(cw, w - x);
        ch = Math.min(ch, h - y);
      }
      if (x + cw > w || y + ch > h) {
        throw new Refusal(FailureReason.OPERATION_NOT_APPLICABLE, "the crop lies outside");
      }
      return part(picture, x, y, cw, ch, PixelSize.of(cw, ch));
    } else if (operation instanceof Operation.Rotate rotate) {
      return upright(picture, rotate.degrees() == 90 ? 6 : rotate.degrees() == 180 ? 3 : 8);
    } else if (operation instanceof Operation.Flip flip) {
      return upright(picture, flip.horizontal() ? 2 : 4);
    } else if (operation instanceof Operation.Background background) {
      return flatten(picture, colour(background.colour()), BufferedImage.TYPE_INT_ARGB);
    }
    throw new Refusal(FailureReason.OPERATION_NOT_APPLICABLE, "not for the naive: " + operation);
  }

  private BufferedImage resize(
      Operation.Resize resize, BufferedImage picture, FocalPoint focus, Color padding) {
    int w = picture.getWidth();
    int h = picture.getHeight();
    PixelSize from = PixelSize.of(w, h);
    Box box = resize.box();
    boolean enlarge = resize.enlarge() || fault == Fault.ENLARGES;
    PixelSize to = resize.fit().size(from, box, enlarge);
    if (fault == Fault.ROUNDS_DOWN && resize.fit() == Fit.FIT) {
      double r =
          Math.min(
              1,
              Math.min(
                  box.width() == 0 ? 1 : (double) box.width() / w,
                  box.height() == 0 ? 1 : (double) box.height() / h));
      to = PixelSize.of((int) (w * r), (int) (h * r));
    }
    if (resize.fit() == Fit.COVER) {
      double r = Math.max((double) to.width() / w, (double) to.height() / h);
      double cw = to.width() / r;
      double ch = to.height() / r;
      double x = (w - cw) * across(resize.gravity());
      double y = (h - ch) * down(resize.gravity());
      if (resize.gravity() == Gravity.FOCUS && fault != Fault.IGNORES_GRAVITY) {
        x = Math.max(0, Math.min(w - cw, focus.x() * w - cw / 2));
        y = Math.max(0, Math.min(h - ch, focus.y() * h - ch / 2));
      }
      return part(
          picture,
          (int) Math.round(x),
          (int) Math.round(y),
          (int) Math.max(1, Math.round(cw)),
          (int) Math.max(1, Math.round(ch)),
          to);
    } else if (resize.fit() == Fit.CONTAIN) {
      PixelSize inner = Fit.FIT.size(from, box, enlarge);
      BufferedImage canvas =
          new BufferedImage(to.width(), to.height(), BufferedImage.TYPE_INT_ARGB);
      Graphics2D pen = canvas.createGraphics();
      pen.setColor(padding);
      pen.fillRect(0, 0, to.width(), to.height());
      pen.drawImage(
          part(picture, 0, 0, w, h, inner),
          (int) ((to.width() - inner.width()) * across(resize.gravity())),
          fault == Fault.PADS_BELOW
              ? 0
              : (int) ((to.height() - inner.height()) * down(resize.gravity())),
          null);
      pen.dispose();
      return canvas;
    }
    return part(picture, 0, 0, w, h, to);
  }

  private double across(Gravity gravity) {
    if (fault == Fault.IGNORES_GRAVITY) {
      return 0.5;
    }
    return switch (gravity) {
      case W, NW, SW -> 0;
      case E, NE, SE -> 1;
      default -> 0.5;
    };
  }

  private double down(Gravity gravity) {
    if (fault == Fault.IGNORES_GRAVITY) {
      return 0.5;
    }
    return switch (gravity) {
      case N, NW, NE -> 0;
      case S, SW, SE -> 1;
      default -> 0.5;
    };
  }

  private static BufferedImage part(
      BufferedImage picture, int x, int y, int width, int height, PixelSize to) {
    BufferedImage cut = new BufferedImage(to.width(), to.height(), BufferedImage.TYPE_INT_ARGB);
    Graphics2D pen = cut.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    pen.drawImage(picture, 0, 0, to.width(), to.height(), x, y, x + width, y + height, null);
    pen.dispose();
    return cut;
  }

  private static BufferedImage flatten(BufferedImage picture, Color behind, int type) {
    BufferedImage flat = new BufferedImage(picture.getWidth(), picture.getHeight(), type);
    Graphics2D pen = flat.createGraphics();
    pen.setColor(behind);
    pen.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    pen.drawImage(picture, 0, 0, null);
    pen.dispose();
    return flat;
  }

  private BufferedImage argb(BufferedImage picture) {
    int w = picture.getWidth();
    int h = picture.getHeight();
    BufferedImage argb = new BufferedImage(w, h, BufferedImage.TYPE_INT_ARGB);
    boolean grey =
        picture.getRaster().getNumBands() == 1
            && !(picture.getColorModel() instanceof IndexColorModel)
            && fault != Fault.BRIGHTENS_GREY;
    int shift = picture.getColorModel().getComponentSize(0) - 8;
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int rgb = picture.getRGB(x, y);
        if (grey) {
          int level = picture.getRaster().getSample(x, y, 0) >> shift;
          rgb = 0xff000000 | (level << 16) | (level << 8) | level;
        }
        argb.setRGB(x, y, rgb);
      }
    }
    return argb;
  }

  /** Turns by an EXIF orientation: what lies at which place of the upright picture. */
  private static BufferedImage upright(BufferedImage stored, int orientation) {
    int w = stored.getWidth();
    int h = stored.getHeight();
    boolean turned = orientation >= 5;
    BufferedImage upright =
        new BufferedImage(turned ? h : w, turned ? w : h, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int across = turned ? y : x;
        int down = turned ? x : y;
        boolean mirrored =
            orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
        boolean upended =
            orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
        upright.setRGB(
            mirrored ? upright.getWidth() - 1 - across : across,
            upended ? upright.getHeight() - 1 - down : down,
            stored.getRGB(x, y));
      }
    }
    return upright;
  }

  /** Looks for the orientation where {@link Encoded#withOrientation} puts it. */
  private int orientation(byte[] source) {
    String text = new String(source, 0, Math.min(source.length, 64), StandardCharsets.ISO_8859_1);
    int tag = text.indexOf("\u0001\u0012\u0000\u0003\u0000\u0000\u0000\u0001\u0000");
    if (fault == Fault.IGNORES_ORIENTATION || tag < 0 || !text.startsWith("Exif", 6)) {
      return 1;
    }
    return text.charAt(tag + 9);
  }

  private static Color colour(Rgb rgb) {
    return new Color(rgb.red(), rgb.green(), rgb.blue());
  }
}
