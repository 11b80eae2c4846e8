package dev.rendition.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rendition.ForwardingStore;
import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetNotFoundException;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.asset.MemoryAssetStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ComposedStoreTest {
  private static final AssetKey KEY = AssetKey.of("t", "a");
  private static final AssetAttributes MARKED = AssetAttributes.NONE.with("mark", "1");

  private final AssetStore newer = new MemoryAssetStore();
  private final AssetStore older = new MemoryAssetStore();
  private final MirrorStore mirror = new MirrorStore(newer, older);

  @Test
  void aReadOnlyStoreIsReadAndNothingElse() throws IOException {
    newer.put(KEY, bytes(1), MARKED);
    try (ReadOnlyStore guarded = new ReadOnlyStore(newer)) {
      assertThat(read(guarded)).containsExactly(1);
      assertThat(guarded.stat(KEY)).isPresent();
      assertThat(guarded.list("t", "")).hasSize(1);
      assertThat(guarded.location(KEY)).isEmpty();
      for (Change change :
          List.<Change>of(
              () -> guarded.put(KEY, bytes(2)),
              () -> guarded.putIfAbsent(AssetKey.of("t", "b"), bytes(2), AssetAttributes.NONE),
              () -> guarded.delete(KEY))) {
        assertThatExceptionOfType(IOException.class)
            .isThrownBy(change::make)
            .withMessageContaining("read-only");
      }
      assertThat(read(guarded)).containsExactly(1);
    }
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> newer.stat(KEY));
  }

  @Test
  void bothStoresAreWritten() throws IOException {
    AssetInfo stored = mirror.put(KEY, bytes(1), MARKED);
    assertThat(read(newer)).containsExactly(1);
    assertThat(read(older)).containsExactly(1);
    assertThat(older.stat(KEY).orElseThrow().attributes()).isEqualTo(stored.attributes());
  }

  @Test
  void theNewStoreIsReadFirstThenTheOld() throws IOException {
    older.put(KEY, bytes(1));
    assertThat(read(mirror)).containsExactly(1);
    assertThat(mirror.stat(KEY)).isPresent();
    newer.put(KEY, bytes(2));
    assertThat(read(mirror)).containsExactly(2);
    assertThat(mirror.stat(KEY)).isEqualTo(newer.stat(KEY));
    assertThatExceptionOfType(AssetNotFoundException.class)
        .isThrownBy(() -> mirror.open(AssetKey.of("t", "none")));
  }

  @Test
  void aListingShowsTheAssetsOfBothOnce() throws IOException {
    List<AssetKey> expected = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      AssetKey key = AssetKey.of("t", "k" + i);
      expected.add(key);
      if (i % 3 != 0) {
        newer.put(key, bytes(1));
      }
      if (i % 3 != 1) {
        older.put(key, bytes(2));
      }
    }
    try (Stream<AssetInfo> listed = mirror.list("t", "k")) {
      assertThat(listed.map(AssetInfo::key)).containsExactlyInAnyOrderElementsOf(expected);
    }
    try (Stream<AssetInfo> listed = mirror.list("t", "k").parallel()) {
      assertThat(listed.map(AssetInfo::key).toList()).containsExactlyInAnyOrderElementsOf(expected);
    }
    try (Stream<AssetInfo> listed = mirror.list("t", "k10")) {
      assertThat(listed).hasSize(11 + 100);
    }
  }

  @Test
  void closingAListingClosesBoth() throws IOException {
    List<String> closed = new ArrayList<>();
    MirrorStore watched = new MirrorStore(listing("newer", closed), listing("older", closed));
    watched.list("t", "").close();
    assertThat(closed).containsExactlyInAnyOrder("newer", "older");
  }

  @Test
  void createOnlyLooksIntoBothStores() throws IOException {
    older.put(KEY, bytes(1));
    assertThat(mirror.putIfAbsent(KEY, bytes(2), AssetAttributes.NONE)).isEmpty();
    assertThat(newer.stat(KEY)).isEmpty();
    AssetKey other = AssetKey.of("t", "b");
    assertThat(mirror.putIfAbsent(other, bytes(2), AssetAttributes.NONE)).isPresent();
    assertThat(older.stat(other)).isPresent();
    assertThat(mirror.putIfAbsent(other, bytes(3), AssetAttributes.NONE)).isEmpty();
  }

  @Test
  void theNewStoreDecidesARaceAndTheOldOneHoldsTheWinnersBytes() throws IOException {
    ForwardingStore raced =
        new ForwardingStore() {
          @Override
          public Optional<AssetInfo> putIfAbsent(
              AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
            store.putIfAbsent(key, bytes(9), MARKED);
            return super.putIfAbsent(key, source, attributes);
          }
        };
    MirrorStore racing = new MirrorStore(raced, older);
    assertThat(racing.putIfAbsent(KEY, bytes(1), AssetAttributes.NONE)).isEmpty();
    assertThat(read(racing)).containsExactly(9);
    assertThat(read(older)).containsExactly(9);
    assertThat(older.stat(KEY).orElseThrow().attributes()).isEqualTo(MARKED);
  }

  @Test
  void aWriteThatBrokeOffBetweenTheStoresIsCompletedByRepeatingIt() throws IOException {
    ForwardingStore flaky =
        new ForwardingStore() {
          private boolean failed;

          @Override
          public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
              throws IOException {
            if (!failed) {
              failed = true;
              throw new IOException("lost");
            }
            return super.put(key, source, attributes);
          }
        };
    MirrorStore moving = new MirrorStore(newer, flaky);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> moving.putIfAbsent(KEY, bytes(1), MARKED));
    assertThat(moving.putIfAbsent(KEY, bytes(1), MARKED)).isEmpty();
    assertThat(read(flaky)).containsExactly(1);
  }

  @Test
  void deletingDeletesFromBoth() throws IOException {
    older.put(KEY, bytes(1));
    assertThat(mirror.delete(KEY)).isTrue();
    newer.put(KEY, bytes(1));
    assertThat(mirror.delete(KEY)).isTrue();
    assertThat(mirror.delete(KEY)).isFalse();
    mirror.put(KEY, bytes(1));
    assertThat(mirror.delete(KEY)).isTrue();
    assertThat(mirror.stat(KEY)).isEmpty();
  }

  @Test
  void movingCopiesWhatIsMissingAndCountsIt() throws IOException {
    for (int i = 0; i < 10; i++) {
      older.put(AssetKey.of("t", "m/" + i), bytes(i), MARKED);
    }
    newer.put(AssetKey.of("t", "m/3"), bytes(99));
    assertThat(mirror.move("t", "m/", 3)).isEqualTo(new Moved(9, 1, Map.of(), true));
    assertThat(newer.stat(AssetKey.of("t", "m/7")).orElseThrow().attributes()).isEqualTo(MARKED);
    assertThat(newer.stat(AssetKey.of("t", "m/3")).orElseThrow().attributes())
        .isEqualTo(AssetAttributes.NONE);
    assertThat(mirror.move("t", "m/", 3)).isEqualTo(new Moved(0, 10, Map.of(), true));
    assertThat(older.list("t", "m/")).hasSize(10);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> mirror.move("t", "", 0));
  }

  @Test
  void whatIsWrittenDuringAMoveStays() throws IOException {
    older.put(KEY, bytes(1));
    ForwardingStore raced =
        new ForwardingStore() {
          @Override
          public Optional<AssetInfo> stat(AssetKey key) throws IOException {
            Optional<AssetInfo> before = super.stat(key);
            store.put(key, bytes(2));
            return before;
          }
        };
    assertThat(new MirrorStore(raced, older).move("t", "", 1))
        .isEqualTo(new Moved(0, 1, Map.of(), true));
    assertThat(read(raced)).containsExactly(2);
  }

  @Test
  void whatIsDeletedDuringAMoveDoesNotComeBack() throws IOException {
    older.put(KEY, bytes(1));
    ForwardingStore raced =
        new ForwardingStore() {
          @Override
          public Optional<AssetInfo> putIfAbsent(
              AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
            Optional<AssetInfo> stored = super.putIfAbsent(key, source, attributes);
            older.delete(key);
            return stored;
          }
        };
    assertThat(new MirrorStore(raced, older).move("t", "", 1))
        .isEqualTo(new Moved(0, 0, Map.of(), true));
    assertThat(raced.stat(KEY)).isEmpty();
  }

  @Test
  void whatCannotBeMovedIsToldAndPassedOverUntilItIsTooMuch() throws IOException {
    for (int i = 0; i < 1_200; i++) {
      older.put(AssetKey.of("t", "m/" + i), bytes(1));
    }
    older.put(KEY, bytes(1));
    ForwardingStore full =
        new ForwardingStore() {
          @Override
          public Optional<AssetInfo> putIfAbsent(
              AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
            if (key.path().startsWith("m/")) {
              throw new IOException("full");
            }
            return super.putIfAbsent(key, source, attributes);
          }
        };
    MirrorStore moving = new MirrorStore(full, older);
    Moved some = moving.move("t", "m/11", 1);
    assertThat(some.failed()).hasSize(111).containsEntry(AssetKey.of("t", "m/11"), "full");
    assertThat(some.complete()).isTrue();
    assertThat(some.isDone()).isFalse();
    Moved all = moving.move("t", "m/", 4);
    assertThat(all.complete()).isFalse();
    assertThat(all.failed()).hasSizeBetween(Move.MAX_FAILED, Move.MAX_FAILED + 10);
  }

  @Test
  void closingClosesBoth() throws IOException {
    mirror.close();
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> newer.stat(KEY));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> older.stat(KEY));
  }

  private static byte[] read(AssetStore store) throws IOException {
    try (AssetContent content = store.open(KEY)) {
      return content.stream().readAllBytes();
    }
  }

  private static AssetSource bytes(int content) {
    return AssetSource.ofBytes(new byte[] {(byte) content}, "image/png");
  }

  private static AssetStore listing(String name, List<String> closed) {
    return new ForwardingStore() {
      @Override
      public Stream<AssetInfo> list(String tenant, String pathPrefix) {
        return Stream.<AssetInfo>empty().onClose(() -> closed.add(name));
      }
    };
  }

  private interface Change {
    Object make() throws IOException;
  }
}
