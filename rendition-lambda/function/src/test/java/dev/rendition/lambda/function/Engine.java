package dev.rendition.lambda.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.local.LocalRenditionGenerator;
import java.util.Map;
import java.util.TreeMap;

/** What the engine makes in this very process. */
final class Engine {
  private Engine() {}

  /** Makes what a request asks for of these bytes; returns path and bytes of each rendition. */
  static Map<String, byte[]> make(byte[] picture, RenditionRequest request) throws Exception {
    AssetKey source = request.source();
    Map<String, byte[]> made = new TreeMap<>();
    try (MemoryAssetStore store = new MemoryAssetStore();
        LocalRenditionGenerator generator = LocalRenditionGenerator.builder(store, store).build()) {
      assertThat(store.put(source, AssetSource.ofBytes(picture, "image/jpeg")).version())
          .isNotBlank();
      RenditionReport report = generator.generate(request).join();
      assertThat(report.failed()).isEmpty();
      for (RenditionOutcome.Stored stored : report.stored()) {
        try (AssetContent content = store.open(stored.spec().target())) {
          made.put(stored.spec().target().path(), content.stream().readAllBytes());
        }
      }
    }
    return made;
  }

  /** Compares names, and the bytes of each. */
  static void assertSame(Map<String, byte[]> actual, Map<String, byte[]> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, bytes) -> assertThat(actual.get(name)).as(name).isEqualTo(bytes));
  }
}
