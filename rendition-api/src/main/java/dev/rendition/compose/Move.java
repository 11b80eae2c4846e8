package dev.rendition.compose;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetNotFoundException;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** One run of {@link MirrorStore#move}. */
final class Move {
  /** A run ends early when so many assets have failed: something is wrong with a store. */
  static final int MAX_FAILED = 1_000;

  private final AssetStore newer;
  private final AssetStore older;
  private final LongAdder copied = new LongAdder();
  private final LongAdder present = new LongAdder();
  private final Map<AssetKey, String> failed = new ConcurrentSkipListMap<>();

  Move(AssetStore newer, AssetStore older) {
    this.newer = newer;
    this.older = older;
  }

  Moved run(String tenant, String pathPrefix, int parallel) throws IOException {
    // Where all are busy the listing thread copies too, so no more than twice as many wait.
    ThreadPoolExecutor copiers =
        new ThreadPoolExecutor(
            parallel,
            parallel,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(parallel),
            task -> new Thread(task, "rendition-move"),
            new ThreadPoolExecutor.CallerRunsPolicy());
    boolean complete = false;
    try (Stream<AssetInfo> listed = older.list(tenant, pathPrefix)) {
      Iterator<AssetInfo> infos = listed.iterator();
      while (failed.size() < MAX_FAILED && infos.hasNext()) {
        AssetInfo info = infos.next();
        copiers.execute(() -> copy(info));
      }
      complete = !infos.hasNext();
      copiers.shutdown();
      await(copiers);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      copiers.shutdownNow();
    }
    return new Moved(copied.sum(), present.sum(), failed, complete);
  }

  private void copy(AssetInfo info) {
    AssetKey key = info.key();
    try {
      if (newer.stat(key).isPresent()) {
        present.increment();
        return;
      }
      AssetSource source =
          AssetSource.of(() -> older.open(key).stream(), info.length(), info.mediaType());
      Optional<AssetInfo> stored = newer.putIfAbsent(key, source, info.attributes());
      if (stored.isEmpty()) {
        present.increment();
        return;
      }
      if (older.stat(key).isEmpty()) {
        // Deleted from both while it was under way: it must not come back.
        newer.delete(key);
        return;
      }
      copied.increment();
    } catch (AssetNotFoundException e) {
      // Deleted since it was listed.
    } catch (IOException | RuntimeException | Error e) {
      failed.put(key, e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private static void await(ThreadPoolExecutor copiers) throws InterruptedIOException {
    try {
      while (!copiers.awaitTermination(1, TimeUnit.MINUTES)) {
        // Each copy ends by the timeouts of its stores.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException stopped = new InterruptedIOException("moving assets was interrupted");
      stopped.initCause(e);
      throw stopped;
    }
  }
}
