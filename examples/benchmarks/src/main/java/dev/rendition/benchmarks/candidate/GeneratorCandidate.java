package dev.rendition.benchmarks.candidate;

import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.local.LocalRenditionGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What users call: the generator on a store in memory, with queue, checksums and publishing. */
final class GeneratorCandidate implements Candidate {
  private final MemoryAssetStore store = new MemoryAssetStore();
  private final LocalRenditionGenerator generator;
  private final IdentityHashMap<byte[], AssetKey> known = new IdentityHashMap<>();

  /**
   * Starts a generator.
   *
   * @param threads how many workers it has, 1 or more
   */
  GeneratorCandidate(int threads) {
    generator = LocalRenditionGenerator.builder(store, store).threads(threads).build();
  }

  @Override
  public Map<Target, byte[]> make(Workload workload, byte[] source) throws IOException {
    AssetKey key = known.computeIfAbsent(source, this::upload);
    RenditionReport report =
        generator.generate(RenditionRequest.of(key, Recipes.of(workload))).join();
    if (!report.failed().isEmpty()) {
      throw new IOException(report.failed().get(0).detail());
    }
    Map<Target, byte[]> made = new LinkedHashMap<>();
    for (int i = 0; i < workload.targets().size(); i++) {
      try (AssetContent content = store.open(report.stored().get(i).spec().target())) {
        made.put(workload.targets().get(i), content.stream().readAllBytes());
      }
    }
    return made;
  }

  private AssetKey upload(byte[] source) {
    AssetKey key = AssetKey.of("originals", "source-" + known.size());
    try {
      return store.put(key, AssetSource.ofBytes(source, "application/octet-stream")).key();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    generator.close();
    store.close();
  }
}
