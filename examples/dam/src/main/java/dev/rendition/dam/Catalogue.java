package dev.rendition.dam;

import dev.rendition.Renditions;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.deliver.Placeholder;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.ingest.Expected;
import dev.rendition.lifecycle.PlanRun;
import dev.rendition.lifecycle.Rate;
import dev.rendition.local.LocalPixelReader;
import dev.rendition.recipe.FocalPoint;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pictures there are. It has no database: originals carry their focal points, and what there is
 * of each is asked of the stores once, and remembered. Safe for use by many threads.
 */
final class Catalogue {
  private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);
  private static final int REMEMBERED = 1_000;
  private static final Rate RATE = Rate.perSecond(100);

  private final Renditions renditions;
  private final String tenant;
  private final LocalPixelReader pixels = new LocalPixelReader();

  /** By all that is known of an original: one that is replaced is another. */
  private final Map<AssetInfo, Shown> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<AssetInfo, Shown> eldest) {
          return size() > REMEMBERED;
        }
      };

  Catalogue(Renditions renditions, String tenant) {
    this.renditions = renditions;
    this.tenant = tenant;
  }

  /**
   * Takes an upload in, replacing what has its name, and makes all its renditions.
   *
   * @param length the bytes announced, or -1
   * @throws dev.rendition.ingest.IngestException if it is refused; then nothing is stored
   */
  Shown add(String path, InputStream bytes, String type, long length) throws IOException {
    Expected expected = length < 0 ? Expected.ANYTHING : Expected.ANYTHING.withLength(length);
    AssetInfo original = renditions.ingest().stream(key(path), bytes, type, expected);
    renditions.readThrough().forget(original.key());
    return look(original);
  }

  /** Finds a picture. */
  Optional<Shown> find(String path) throws IOException {
    Optional<AssetInfo> original = renditions.originalStore().stat(key(path));
    return original.isEmpty() ? Optional.empty() : Optional.of(look(original.get()));
  }

  /**
   * Returns the newest pictures, the newest first; a picture that cannot be shown is among them.
   */
  List<Shown> newest(int most) throws IOException {
    Comparator<AssetInfo> age =
        Comparator.comparing(AssetInfo::modified).thenComparing(AssetInfo::key);
    PriorityQueue<AssetInfo> kept = new PriorityQueue<>(age);
    try (Stream<AssetInfo> all = renditions.originalStore().list(tenant, "")) {
      all.filter(info -> !renditions.layout().isTarget(info.key()))
          .forEach(
              info -> {
                kept.add(info);
                if (kept.size() > most) {
                  kept.remove();
                }
              });
    }
    List<AssetInfo> sorted = new ArrayList<>(kept);
    sorted.sort(age.reversed());
    List<Shown> shown = new ArrayList<>();
    for (AssetInfo original : sorted) {
      try {
        shown.add(look(original));
      } catch (RenditionException e) {
        shown.add(Shown.without(original, e.reason() + ", " + e.getMessage()));
      }
    }
    return shown;
  }

  /** Says what of a picture matters: it is stored anew with that, and its renditions are made. */
  Optional<Shown> focus(String path, FocalPoint point) throws IOException {
    AssetKey key = key(path);
    Optional<AssetInfo> there = renditions.originalStore().stat(key);
    if (there.isEmpty()) {
      return Optional.empty();
    }
    AssetInfo before = there.get();
    AssetSource bytes = AssetSource.of(() -> open(key), before.length(), before.mediaType());
    AssetInfo after = renditions.store(key, bytes, point);
    // What was cut around the old point; keys that name content leave the others as they are.
    renditions.plan(List.of(key)).execute(PlanRun.at(RATE));
    return Optional.of(look(after));
  }

  /** Deletes a picture and everything made of it; returns whether there was one. */
  boolean delete(String path) throws IOException {
    return renditions.purge(key(path)).originalDeleted();
  }

  private Shown look(AssetInfo original) throws IOException {
    synchronized (remembered) {
      Shown known = remembered.get(original);
      if (known != null) {
        return known;
      }
    }
    RenditionReport report = make(original);
    Shown shown = Shown.of(original, report, placeholder(report));
    if (report.failed().stream().noneMatch(RenditionOutcome.Failed::retryable)) {
      synchronized (remembered) {
        remembered.put(original, shown);
      }
    }
    return shown;
  }

  private RenditionReport make(AssetInfo original) {
    try {
      return renditions.generateMissing(original, renditions.recipes().all()).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RenditionException refused ? refused : e;
    }
  }

  private String placeholder(RenditionReport report) {
    for (RenditionOutcome.Stored made : report.stored()) {
      if (made.spec().name().equals(Placeholder.RECIPE.name())) {
        try (AssetContent tiny = renditions.renditionStore().open(made.spec().target())) {
          return Placeholder.of(tiny, pixels).dataUri();
        } catch (IOException e) {
          LOG.warn("{} is shown without a placeholder", made.spec().target(), e);
        }
      }
    }
    return "";
  }

  private AssetKey key(String path) {
    return AssetKey.of(tenant, path);
  }

  private InputStream open(AssetKey key) throws IOException {
    AssetContent content = renditions.originalStore().open(key);
    return new FilterInputStream(content.stream()) {
      @Override
      public void close() throws IOException {
        content.close();
      }
    };
  }
}
