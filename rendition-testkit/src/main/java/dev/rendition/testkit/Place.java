package dev.rendition.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.recipe.PixelSize;
import dev.rendition.recipe.Recipe;
import dev.rendition.testkit.FaultyStore.Call;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One original in a store of its own, and a generator to try on it. */
final class Place {
  static final String TENANT = "contract";
  static final AssetKey SOURCE = AssetKey.of(TENANT, "in/original");

  final AssetStore store;
  final FaultyStore faults;
  final RenditionGenerator generator;

  /**
   * @param store where the test looks
   * @param given what the generator is given: the same, or that behind a store that fails on
   *     command
   * @param maker makes the generator, when the original is there
   */
  Place(AssetStore store, AssetStore given, byte[] source, Maker maker) throws Exception {
    this.store = store;
    this.faults = given instanceof FaultyStore faulty ? faulty : FaultyStore.around(given);
    put(SOURCE, source);
    generator = maker.make(given);
  }

  /** Makes the generator to be tried. */
  @FunctionalInterface
  interface Maker {
    RenditionGenerator make(AssetStore store) throws Exception;
  }

  static AssetKey target(int n) {
    return AssetKey.of(TENANT, "out/" + n);
  }

  /** Lets every opening wait from now on. */
  Hold hold(Duration patience) {
    Hold hold = new Hold(patience);
    FaultyStore unused = faults.on(Call.OPEN).every().firstRuns(hold);
    return hold;
  }

  void put(AssetKey key, byte[] bytes) throws IOException {
    AssetInfo info = store.put(key, AssetSource.ofBytes(bytes, "application/octet-stream"));
    assertThat(info.length()).isEqualTo(bytes.length);
  }

  RenditionRequest request(String... recipes) {
    List<RenditionSpec> specs = new ArrayList<>();
    for (String recipe : recipes) {
      specs.add(
          new RenditionSpec("recipe-" + specs.size(), Recipe.parse(recipe), target(specs.size())));
    }
    return RenditionRequest.of(SOURCE, specs);
  }

  RenditionReport make(String... recipes) {
    return generator.generate(request(recipes)).join();
  }

  byte[] read(RenditionOutcome.Stored stored) throws IOException {
    try (AssetContent content = store.open(stored.spec().target())) {
      return content.stream().readAllBytes();
    }
  }

  BufferedImage picture(RenditionReport report, int index) throws IOException {
    RenditionOutcome outcome = report.outcomes().get(index);
    assertThat(outcome).isInstanceOf(RenditionOutcome.Stored.class);
    return Encoded.decode(read((RenditionOutcome.Stored) outcome));
  }

  void assertSizes(Map<String, PixelSize> expected) throws IOException {
    RenditionReport report = make(expected.keySet().toArray(String[]::new));
    int index = 0;
    for (Map.Entry<String, PixelSize> recipe : expected.entrySet()) {
      BufferedImage picture = picture(report, index);
      assertThat(PixelSize.of(picture.getWidth(), picture.getHeight()))
          .as(recipe.getKey())
          .isEqualTo(recipe.getValue());
      assertThat(report.stored().get(index).size())
          .as(recipe.getKey())
          .isEqualTo(recipe.getValue());
      index++;
    }
  }

  void assertFailed(RenditionOutcome outcome, FailureReason reason) throws IOException {
    assertThat(outcome).isInstanceOf(RenditionOutcome.Failed.class);
    RenditionOutcome.Failed failed = (RenditionOutcome.Failed) outcome;
    assertThat(failed.reason()).as(failed.detail()).isEqualTo(reason);
    assertThat(failed.detail()).isNotBlank();
    assertThat(store.stat(outcome.spec().target())).isEmpty();
  }

  void assertKept(RenditionOutcome.Stored first, RenditionOutcome.Stored again) throws IOException {
    assertThat(again.created()).isFalse();
    assertThat(again.version()).isEqualTo(first.version());
    assertThat(again.size()).isEqualTo(first.size());
    assertThat(again.mediaType()).isEqualTo(first.mediaType());
    assertThat(again.bytes()).isEqualTo(first.bytes());
    assertThat(store.stat(first.spec().target()).orElseThrow().version())
        .isEqualTo(first.version());
  }
}
