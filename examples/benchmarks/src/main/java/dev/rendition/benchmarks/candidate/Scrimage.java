package dev.rendition.benchmarks.candidate;

import com.sksamuel.scrimage.ImmutableImage;
import com.sksamuel.scrimage.nio.JpegWriter;
import com.sksamuel.scrimage.nio.PngWriter;
import java.awt.Color;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Scrimage with its defaults, decoding once. */
final class Scrimage implements Candidate {
  @Override
  public Map<Target, byte[]> make(Workload workload, byte[] source) throws IOException {
    ImmutableImage image = ImmutableImage.loader().fromBytes(source);
    Map<Target, byte[]> made = new LinkedHashMap<>();
    for (Target target : workload.targets()) {
      ImmutableImage small = image.scaleToWidth(target.width());
      made.put(
          target,
          switch (target.format()) {
            case JPEG ->
                small.removeTransparency(Color.WHITE).bytes(new JpegWriter(Target.QUALITY, false));
            case PNG -> small.bytes(new PngWriter());
            case WEBP -> JdkCodec.write(small.awt(), target.format());
          });
    }
    return made;
  }
}
