package dev.rendition.lambda;

import dev.rendition.asset.AssetStore;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.local.LocalRenditionGenerator;
import dev.rendition.recipe.Encoding;
import dev.rendition.testkit.RenditionGeneratorContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** The wire and the client in earnest; the function is the local engine behind loopback. */
class LambdaRenditionGeneratorTest extends RenditionGeneratorContract {
  private final List<AutoCloseable> parts = new ArrayList<>();

  @AfterEach
  void closeParts() throws Exception {
    for (AutoCloseable part : parts) {
      part.close();
    }
  }

  @Override
  protected RenditionGenerator newGenerator(AssetStore store) {
    LocalRenditionGenerator engine =
        LocalRenditionGenerator.builder(store, store).threads(2).build();
    LambdaStub stub = new LambdaStub(Functions.of(engine));
    parts.add(stub);
    parts.add(engine);
    return Invoking.builder(stub).build();
  }

  /**
   * A function learns from the deadline it was given, and not from the caller, that it may stop:
   * the rules on that are tried on the connection, in {@link InvocationTest}.
   */
  @Override
  protected boolean callsTheGivenStore() {
    return false;
  }

  @Override
  protected Set<Class<? extends Encoding>> supportedEncodings() {
    return Set.of(Encoding.Jpeg.class, Encoding.Png.class, Encoding.Gif.class, Encoding.Same.class);
  }
}
