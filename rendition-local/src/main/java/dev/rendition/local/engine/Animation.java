package dev.rendition.local.engine;

import dev.rendition.local.resample.Scratch;
import dev.rendition.recipe.Encoding;
import dev.rendition.recipe.Frames;
import java.io.IOException;

final class Animation {
  Animation(LaneSource source, EngineTask task, PixelSteps steps, Scratch scratch) {}

  static boolean wanted(Job job, LaneSource source) {
    return job.encoding() instanceof Encoding.Gif
        && job.spec().recipe().frames() == Frames.ALL
        && source instanceof PortableSource portable
        && portable.header().animated();
  }

  void render(Job job, EngineSink sink) throws IOException {}
}
