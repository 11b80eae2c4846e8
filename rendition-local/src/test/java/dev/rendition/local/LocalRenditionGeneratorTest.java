package dev.rendition.local;

import dev.rendition.asset.AssetStore;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.recipe.Encoding;
import dev.rendition.testkit.RenditionGeneratorContract;
import java.util.Set;

class LocalRenditionGeneratorTest extends RenditionGeneratorContract {
  @Override
  protected RenditionGenerator newGenerator(AssetStore store) {
    return LocalRenditionGenerator.builder(store, store).threads(2).build();
  }

  @Override
  protected Set<Class<? extends Encoding>> supportedEncodings() {
    return Set.of(Encoding.Jpeg.class, Encoding.Png.class, Encoding.Gif.class, Encoding.Same.class);
  }
}
