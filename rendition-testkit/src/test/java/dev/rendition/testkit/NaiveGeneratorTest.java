package dev.rendition.testkit;

import dev.rendition.asset.AssetStore;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.recipe.Encoding;
import java.util.Set;

class NaiveGeneratorTest extends RenditionGeneratorContract {
  @Override
  protected RenditionGenerator newGenerator(AssetStore store) {
    return new NaiveGenerator(store, Fault.NONE);
  }

  @Override
  protected Set<Class<? extends Encoding>> supportedEncodings() {
    return Set.of(Encoding.Jpeg.class, Encoding.Png.class, Encoding.Gif.class, Encoding.Same.class);
  }
}
