package dev.rendition;

import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.recipe.Recipe;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/** Makes one real rendition of one pixel, reads it back and takes everything away again. */
final class Health {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};

  private final AssetStore originals;
  private final AssetStore renditions;
  private final RenditionGenerator generator;
  private final String tenant;

  Health(AssetStore originals, AssetStore renditions, RenditionGenerator generator, String tenant) {
    this.originals = originals;
    this.renditions = renditions;
    this.generator = generator;
    this.tenant = tenant;
  }

  HealthReport look(Duration limit) {
    long start = System.nanoTime();
    String folder = "health-" + UUID.randomUUID();
    AssetKey source = AssetKey.of(tenant, folder + "/source.png");
    AssetKey target = AssetKey.of(tenant, folder + "/made.png");
    boolean ok = false;
    String detail;
    try {
      detail = make(source, target, limit);
      ok = true;
    } catch (RenditionException e) {
      detail = e.reason() + ": " + e.getMessage();
    } catch (IOException | RuntimeException | LinkageError e) {
      detail = e.getMessage() == null ? e.toString() : e.getMessage();
    }
    String left = tidy(originals, source) + tidy(renditions, target);
    return new HealthReport(
        ok && left.isEmpty(), detail + left, Duration.ofNanos(System.nanoTime() - start));
  }

  private String make(AssetKey source, AssetKey target, Duration limit) throws IOException {
    AssetInfo stored =
        originals.put(source, AssetSource.ofBytes(Verification.picture(), "image/png"));
    RenditionRequest request =
        RenditionRequest.of(source, new RenditionSpec("health", Recipe.parse("png"), target))
            .ofVersion(stored.version())
            .before(Instant.now().plus(limit));
    RenditionReport report = Lookups.join(generator.generate(request), limit);
    for (RenditionOutcome.Failed failed : report.failed()) {
      throw new RenditionException(failed.reason(), failed.detail());
    }
    try (AssetContent content = renditions.open(target)) {
      byte[] begin = content.stream().readNBytes(PNG.length);
      if (!Arrays.equals(begin, PNG)) {
        throw new IOException("what was made is no PNG");
      }
      return "made " + content.info().length() + " bytes of PNG";
    }
  }

  private static String tidy(AssetStore store, AssetKey key) {
    try {
      var unused = store.delete(key);
      return "";
    } catch (IOException | RuntimeException e) {
      return "; " + key + " could not be deleted: " + e.getMessage();
    }
  }
}
