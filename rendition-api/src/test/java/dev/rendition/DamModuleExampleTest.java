package dev.rendition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.lifecycle.Rate;
import dev.rendition.spi.RenditionGeneratorProvider;
import dev.rendition.spi.UrlSignerProvider;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a module of a content management system writes, with a scripted generator behind it. */
class DamModuleExampleTest {
  @Test
  void theModuleOfTheDesignWorks(@TempDir Path folder) throws Exception {
    Dam dam = new Dam();
    Properties props = new Properties();
    props.setProperty("rendition.generator", "spy");
    props.setProperty("rendition.originals", "memory:");
    props.setProperty("rendition.renditions", "memory:");
    props.setProperty("rendition.recipe.card", "cover:800x600:focus,jpeg:80:progressive");
    props.setProperty("rendition.recipe.hero", "fit:1600,jpeg");
    props.setProperty("rendition.urls.signer", "spy");
    ClassLoader loader =
        new Services(folder)
            .with(RenditionGeneratorProvider.class, Spies.class.getName() + "$Generator")
            .with(UrlSignerProvider.class, Spies.class.getName() + "$Signer");
    List<AssetKey> allKeys = List.of(AssetKey.of("acme", "photos/beach.jpg"));

    try (Renditions renditions = Renditions.fromConfig(RenditionConfig.of(props), loader)) {
      AssetKey key = AssetKey.of("acme", "photos/beach.jpg");
      renditions.store(key, AssetSource.of(dam::openStream, dam.length(), "image/jpeg"));
      renditions
          .generate(key, renditions.recipes("card", "hero"))
          .thenAccept(report -> report.outcomes().forEach(dam::record))
          .join();
      AssetKey targetKey = dam.outcomes.get(0).spec().target();
      URI link = renditions.url(targetKey, UrlPolicy.signed(Duration.ofMinutes(10)));
      assertThat(link).hasToString("https://signed/" + targetKey + "?PT10M");
      renditions.purge(key);
      renditions.plan(allKeys).execute(Rate.perSecond(20));
      renditions.verify().throwIfBroken();
      assertThat(renditions.renditionStore().list("acme", "")).isEmpty();
    }
    assertThat(dam.outcomes).hasSize(2).allMatch(RenditionOutcome.Stored.class::isInstance);
  }

  private static final class Dam {
    private final List<RenditionOutcome> outcomes = new CopyOnWriteArrayList<>();

    InputStream openStream() {
      return new ByteArrayInputStream(new byte[] {1, 2, 3});
    }

    long length() {
      return 3;
    }

    void record(RenditionOutcome outcome) {
      outcomes.add(outcome);
    }
  }
}
