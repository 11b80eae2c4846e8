package dev.rendition.benchmarks.candidate;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import net.coobird.thumbnailator.Thumbnails;

/** Thumbnailator, decoding the source once for all targets or anew for each. */
final class Thumbnailator implements Candidate {
  private final boolean once;

  Thumbnailator(boolean once) {
    this.once = once;
  }

  @Override
  public Map<Target, byte[]> make(Workload workload, byte[] source) throws IOException {
    Map<Target, byte[]> made = new LinkedHashMap<>();
    if (once) {
      BufferedImage image = JdkCodec.read(source);
      for (Target target : workload.targets()) {
        made.put(target, encoded(Thumbnails.of(image), target));
      }
    } else {
      for (Target target : workload.targets()) {
        made.put(target, encoded(Thumbnails.of(new ByteArrayInputStream(source)), target));
      }
    }
    return made;
  }

  private static byte[] encoded(Thumbnails.Builder<?> builder, Target target) throws IOException {
    builder.width(target.width());
    if (target.format() != Target.Format.JPEG) {
      return JdkCodec.write(builder.asBufferedImage(), target.format());
    }
    BufferedImage small = builder.asBufferedImage();
    if (small.getColorModel().hasAlpha()) {
      return JdkCodec.write(small, target.format());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Thumbnails.of(small)
        .scale(1)
        .outputFormat("jpg")
        .outputQuality(Target.QUALITY / 100.0)
        .toOutputStream(out);
    return out.toByteArray();
  }
}
