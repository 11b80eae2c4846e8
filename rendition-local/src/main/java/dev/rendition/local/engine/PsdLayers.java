package dev.rendition.local.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Puts the layers of a Photoshop file on one another, for files that were saved without their
 * composite picture. Plain layers only: 8 bits, grey or RGB, normal blending, no masks.
 */
final class PsdLayers {
  private static final int NORMAL = 0x6e6f726d;
  private static final int HIDDEN = 2;
  private static final int MAX_LAYERS = 1_000;

  private record Channel(int id, long size) {}

  private record Layer(
      int top, int left, int bottom, int right, int opacity, List<Channel> channels) {}

  private final PsdHeader psd;
  private final ByteCursor in;
  private final Cancellation cancellation;
  private final Canvas canvas;

  private PsdLayers(
      SourceBytes source, PsdHeader psd, int width, int height, Cancellation cancellation) {
    this.psd = psd;
    this.in = new ByteCursor(source, "PSD", 16 << 10);
    this.cancellation = cancellation;
    Picture.Kind kind = psd.colours() == 3 ? Picture.Kind.RGB : Picture.Kind.GREY;
    this.canvas = new Canvas(kind, width, height, true);
  }

  static Picture compose(
      SourceBytes source, PsdHeader psd, int width, int height, Cancellation cancellation)
      throws IOException {
    boolean plain = psd.mode == PsdHeader.RGB || psd.mode == PsdHeader.GREY;
    if (!plain || psd.bits != 8 || psd.big) {
      throw notSupported("is not 8-bit grey or RGB");
    }
    PsdLayers layers = new PsdLayers(source, psd, width, height, cancellation);
    layers.compose();
    return layers.canvas.toPicture(psd.icc);
  }

  private static StepException notSupported(String why) {
    return StepException.notSupported(
        "PSD: saved without its composite picture, and "
            + why
            + "; save it with 'maximise compatibility'");
  }

  private void compose() throws IOException {
    in.seek(psd.layers + 8);
    int count = Math.abs((short) in.u16());
    if (psd.pixels - psd.layers < 10 || count > MAX_LAYERS) {
      throw notSupported("has no readable layers");
    }
    List<Layer> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(layer());
    }
    long at = in.position();
    for (Layer layer : all) {
      cancellation.check();
      at = draw(layer, at);
    }
  }

  private Layer layer() throws IOException {
    int top = in.i32();
    int left = in.i32();
    int bottom = in.i32();
    int right = in.i32();
    int count = in.u16();
    if (count > 56) {
      throw StepException.damaged("PSD: a layer of " + count + " channels; 56 are possible");
    }
    List<Channel> channels = new ArrayList<>();
    boolean masked = false;
    for (int i = 0; i < count; i++) {
      Channel channel = new Channel((short) in.u16(), in.u32());
      masked |= channel.id() < -1;
      channels.add(channel);
    }
    in.skip(4);
    boolean normal = in.i32() == NORMAL;
    int opacity = in.u8();
    int clipping = in.u8();
    boolean hidden = (in.u8() & HIDDEN) != 0;
    in.skip(1);
    in.skip(in.u32());
    boolean drawn = !hidden && bottom > top && right > left;
    if (drawn && (!normal || masked || clipping != 0)) {
      throw notSupported("a layer has a mask or a special blending");
    }
    return new Layer(top, left, bottom, right, hidden ? 0 : opacity, channels);
  }

  /** Draws a layer whose channels begin at a position, and returns where they end. */
  private long draw(Layer layer, long from) throws IOException {
    long width = (long) layer.right() - layer.left();
    long height = (long) layer.bottom() - layer.top();
    boolean drawn = layer.opacity() > 0 && width > 0 && height > 0;
    if (drawn && width * height > 4L * canvas.width * canvas.height + (1 << 20)) {
      throw StepException.limit("PSD: a layer of " + width + " x " + height + " pixels");
    }
    int size = drawn ? (int) (width * height) : 0;
    int colours = canvas.samples.length;
    byte[][] samples = new byte[colours + 1][size];
    Arrays.fill(samples[colours], (byte) 255);
    long at = from;
    for (Channel channel : layer.channels()) {
      int plane = channel.id() == -1 ? colours : channel.id();
      if (drawn && plane >= 0 && plane <= colours) {
        in.seek(at);
        read(samples[plane], (int) width, (int) height);
      }
      at += channel.size();
    }
    if (drawn) {
      blend(layer, samples, (int) width, (int) height);
    }
    return at;
  }

  private void read(byte[] into, int width, int height) throws IOException {
    int compression = in.u16();
    if (compression == 0) {
      in.readFully(into, 0, into.length);
      return;
    }
    if (compression != 1) {
      throw notSupported("a layer has compression " + compression);
    }
    int[] counts = new int[height];
    for (int y = 0; y < height; y++) {
      counts[y] = in.u16();
    }
    byte[] row = new byte[width];
    for (int y = 0; y < height; y++) {
      long end = in.position() + counts[y];
      PackBits.unpack(in, end, row);
      in.seek(end);
      System.arraycopy(row, 0, into, y * width, width);
    }
  }

  /** Porter and Duff, "over", on straight colours. */
  private void blend(Layer layer, byte[][] samples, int width, int height) {
    byte[] alpha = Objects.requireNonNull(canvas.alpha, "alpha");
    int colours = canvas.samples.length;
    for (int y = Math.max(0, -layer.top());
        y < Math.min(height, canvas.height - layer.top());
        y++) {
      for (int x = Math.max(0, -layer.left());
          x < Math.min(width, canvas.width - layer.left());
          x++) {
        int from = y * width + x;
        int to = (y + layer.top()) * canvas.width + x + layer.left();
        int over = (samples[colours][from] & 0xff) * layer.opacity();
        int under = (alpha[to] & 0xff) * (65_025 - over) / 255;
        int sum = over + under;
        if (sum == 0) {
          continue;
        }
        for (int c = 0; c < colours; c++) {
          long mixed =
              (long) (samples[c][from] & 0xff) * over
                  + (long) (canvas.samples[c][to] & 0xff) * under;
          canvas.samples[c][to] = (byte) ((mixed + sum / 2) / sum);
        }
        alpha[to] = (byte) ((sum + 127) / 255);
      }
    }
  }
}
