package dev.rendition.testkit;

import static dev.rendition.testkit.Noise.noise;
import static dev.rendition.testkit.Noise.sha256;
import static dev.rendition.testkit.Race.THREADS;
import static dev.rendition.testkit.Race.race;
import static dev.rendition.testkit.Race.racersAttributes;
import static dev.rendition.testkit.Race.racersBytes;
import static dev.rendition.testkit.Race.runAll;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetNotFoundException;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.text.Normalizer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link AssetStore} promises; each test is one rule. A backend proves itself by
 * extending this class.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
public abstract class AssetStoreContract {
  private static final AssetKey KEY = AssetKey.of("acme", "photos/2024/hero.jpg");

  private AssetStore store;

  /** For subclasses. */
  protected AssetStoreContract() {
    store = new UnopenedStore();
  }

  /** Returns an empty store. Called once per test; the contract closes what it returns. */
  protected abstract AssetStore newStore() throws IOException;

  /**
   * Returns whether the store holds {@code a/b} and {@code a/b/c} at the same time. A store that
   * cannot refuses the second, and leaves the first alone.
   */
  protected boolean supportsKeysBelowKeys() {
    return true;
  }

  /** Returns how many keys a race is run over; fewer for a store that is slow to ask. */
  protected int raceKeys() {
    return 40;
  }

  /**
   * Returns how many folders lie one in another at most; fewer for a store that is slow to make
   * them.
   */
  protected int deepestFolders() {
    return 510;
  }

  @BeforeEach
  final void openStore() throws IOException {
    store = newStore();
  }

  @AfterEach
  final void closeStore() throws IOException {
    store.close();
  }

  // Storing and reading back

  @Test
  void bytesComeBackAsTheyWerePut() throws Exception {
    byte[] bytes = noise(10_000, 1);
    store.put(KEY, AssetSource.ofBytes(bytes, "image/jpeg"));
    assertThat(read(KEY)).isEqualTo(bytes);
  }

  @Test
  void lengthAndMediaTypeAreKept() throws Exception {
    store.put(KEY, AssetSource.ofBytes(noise(321, 1), "Image/X-Odd; q=1"));
    AssetInfo info = stat(KEY);
    assertThat(info.key()).isEqualTo(KEY);
    assertThat(info.length()).isEqualTo(321);
    assertThat(info.mediaType()).isEqualTo("image/x-odd; q=1");
  }

  @Test
  void attributesAreKept() throws Exception {
    AssetAttributes attributes =
        AssetAttributes.cacheControl("public, max-age=31536000, immutable")
            .with("recipe", "resize=800x600; jpeg=82")
            .with("blank", "")
            .with("odd-1", " =leading, trailing# %41 \\ \"quoted\" ");
    store.put(KEY, AssetSource.ofBytes(noise(10, 1), "image/jpeg"), attributes);
    assertThat(stat(KEY).attributes()).isEqualTo(attributes);
  }

  @Test
  void theLargestAttributesAreKept() throws Exception {
    Map<String, String> metadata = new TreeMap<>();
    for (int i = 0; i < AssetAttributes.MAX_ENTRIES; i++) {
      metadata.put("name-" + (10 + i), "v".repeat(55));
    }
    AssetAttributes attributes = new AssetAttributes("c".repeat(256), metadata);
    store.put(KEY, AssetSource.ofBytes(noise(10, 1), "image/jpeg"), attributes);
    assertThat(stat(KEY).attributes()).isEqualTo(attributes);
  }

  @Test
  void theVersionIsTheSha256OfTheBytes() throws Exception {
    store.put(KEY, AssetSource.ofBytes("abc".getBytes(UTF_8), "text/plain"));
    // FIPS 180-4, the one-block example
    assertThat(stat(KEY).version())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    byte[] bytes = noise(100_001, 5);
    store.put(KEY, AssetSource.ofBytes(bytes, "text/plain"));
    assertThat(stat(KEY).version()).isEqualTo(sha256(bytes));
  }

  @Test
  void putStatOpenAndListSayTheSame() throws Exception {
    AssetAttributes attributes = AssetAttributes.cacheControl("no-cache").with("a", "b");
    AssetInfo put = store.put(KEY, ProbedSource.of(noise(100, 1)), attributes);
    requireSame(stat(KEY), put);
    try (AssetContent content = store.open(KEY)) {
      requireSame(content.info(), put);
    }
    try (Stream<AssetInfo> listed = store.list("acme", "")) {
      requireSame(listed.findFirst().orElseThrow(), put);
    }
    AssetKey other = KEY.withPath("other");
    requireSame(
        store.putIfAbsent(other, ProbedSource.of(noise(100, 1)), attributes).orElseThrow(),
        stat(other));
  }

  @Test
  void modifiedIsWhenTheAssetWasPut() throws Exception {
    store.put(KEY, ProbedSource.of(noise(100, 1)));
    assertThat(stat(KEY).modified()).isCloseTo(Instant.now(), within(10, ChronoUnit.MINUTES));
  }

  @Test
  void anEmptyAssetIsAnAsset() throws Exception {
    store.put(KEY, ProbedSource.of(new byte[0]));
    assertThat(stat(KEY).length()).isZero();
    assertThat(stat(KEY).version()).isEqualTo(sha256(new byte[0]));
    assertThat(read(KEY)).isEmpty();
    assertThat(paths("acme", "")).containsExactly(KEY.path());
  }

  @Test
  void aLargeAssetComesBackWhole() throws Exception {
    byte[] bytes = noise((9 << 20) + 7, 3);
    store.put(KEY, ProbedSource.of(bytes));
    assertThat(Arrays.equals(read(KEY), bytes)).isTrue();
    assertThat(stat(KEY).version()).isEqualTo(sha256(bytes));
  }

  @Test
  void aSourceOfUnknownLengthIsReadToItsEnd() throws Exception {
    byte[] bytes = noise((2 << 20) + 1, 4);
    AssetInfo info = store.put(KEY, ProbedSource.of(bytes).withUnknownLength());
    assertThat(info.length()).isEqualTo(bytes.length);
    assertThat(Arrays.equals(read(KEY), bytes)).isTrue();
  }

  // Replacing

  @Test
  void puttingAgainReplacesBytesTypeAndAttributes() throws Exception {
    store.put(
        KEY, ProbedSource.of(noise(500, 1)), AssetAttributes.cacheControl("old").with("old", "1"));
    byte[] after = noise(499, 2);
    store.put(KEY, AssetSource.ofBytes(after, "image/png"), AssetAttributes.NONE.with("new", "2"));
    assertThat(read(KEY)).isEqualTo(after);
    AssetInfo info = stat(KEY);
    assertThat(info.mediaType()).isEqualTo("image/png");
    assertThat(info.attributes()).isEqualTo(AssetAttributes.NONE.with("new", "2"));
    assertThat(info.version()).isEqualTo(sha256(after));
    assertThat(paths("acme", "")).containsExactly(KEY.path());
  }

  @Test
  void assetsOfTheSameLengthPutAtOnceKeepTheirOwnAttributes() throws Exception {
    for (int i = 0; i < 5 * raceKeys(); i++) {
      byte[] bytes = noise(64, i);
      store.put(
          KEY, ProbedSource.of(bytes), AssetAttributes.NONE.with("round", Integer.toString(i)));
      AssetInfo info = stat(KEY);
      assertThat(info.attributes().metadata()).containsEntry("round", Integer.toString(i));
      assertThat(info.version()).isEqualTo(sha256(bytes));
    }
  }

  @Test
  void puttingTheSameAgainLeavesTheSameAsset() throws Exception {
    ProbedSource source = ProbedSource.of(noise(500, 1));
    AssetInfo first = store.put(KEY, source, AssetAttributes.cacheControl("private"));
    requireSame(store.put(KEY, source, AssetAttributes.cacheControl("private")), first);
    requireSame(stat(KEY), first);
    assertThat(read(KEY)).isEqualTo(noise(500, 1));
  }

  @Test
  void twoKeysDoNotShareTheirFate() throws Exception {
    AssetKey other = KEY.withPath("photos/2024/other.jpg");
    store.put(KEY, ProbedSource.of(noise(10, 1)), AssetAttributes.cacheControl("a"));
    store.put(other, ProbedSource.of(noise(10, 1)), AssetAttributes.cacheControl("b"));
    assertThat(store.delete(other)).isTrue();
    assertThat(read(KEY)).isEqualTo(noise(10, 1));
    assertThat(stat(KEY).attributes().cacheControl()).isEqualTo("a");
  }

  // Writing only what is absent

  @Test
  void putIfAbsentStoresWhatIsAbsent() throws Exception {
    AssetAttributes attributes = AssetAttributes.cacheControl("private").with("a", "b");
    Optional<AssetInfo> info = store.putIfAbsent(KEY, ProbedSource.of(noise(200, 1)), attributes);
    assertThat(info).isPresent();
    assertThat(read(KEY)).isEqualTo(noise(200, 1));
    assertThat(stat(KEY).attributes()).isEqualTo(attributes);
  }

  @Test
  void putIfAbsentLeavesWhatIsThere() throws Exception {
    AssetInfo first =
        store.put(KEY, ProbedSource.of(noise(200, 1)), AssetAttributes.cacheControl("first"));
    AssetAttributes second = AssetAttributes.cacheControl("second");
    ProbedSource source = ProbedSource.of(noise(200, 2));
    assertThat(store.putIfAbsent(KEY, source, second)).isEmpty();
    assertThat(read(KEY)).isEqualTo(noise(200, 1));
    requireSame(stat(KEY), first);
    assertThat(source.closed()).isEqualTo(source.opened());
  }

  @Test
  void putIfAbsentStoresAgainAfterADelete() throws Exception {
    store.put(KEY, ProbedSource.of(noise(200, 1)), AssetAttributes.cacheControl("first"));
    store.delete(KEY);
    assertThat(store.putIfAbsent(KEY, ProbedSource.of(noise(200, 2)), AssetAttributes.NONE))
        .isPresent();
    assertThat(read(KEY)).isEqualTo(noise(200, 2));
    assertThat(stat(KEY).attributes()).isEqualTo(AssetAttributes.NONE);
  }

  @Test
  void ofManyWritersRacingForOneKeyExactlyOneStores() throws Exception {
    for (int round = 0; round < raceKeys(); round++) {
      AssetKey key = KEY.withPath("race/" + round + "/asset");
      List<Optional<AssetInfo>> answers =
          race(
              racer ->
                  store.putIfAbsent(
                      key, ProbedSource.of(racersBytes(racer)), racersAttributes(racer)));
      List<Integer> winners =
          IntStream.range(0, THREADS)
              .filter(racer -> answers.get(racer).isPresent())
              .boxed()
              .toList();
      assertThat(winners).as("winners of %s", key).hasSize(1);
      assertThat(read(key)).isEqualTo(racersBytes(winners.get(0)));
      assertThat(stat(key).attributes()).isEqualTo(racersAttributes(winners.get(0)));
    }
  }

  @Test
  void ofManyWritersReplacingOneKeyTheLastLeavesAWholeAsset() throws Exception {
    for (int round = 0; round < raceKeys(); round++) {
      AssetKey key = KEY.withPath("replace/" + round + "/asset");
      race(racer -> store.put(key, ProbedSource.of(racersBytes(racer)), racersAttributes(racer)));
      AssetInfo info = stat(key);
      int racer = Integer.parseInt(info.attributes().metadata().getOrDefault("racer", "-1"));
      assertThat(racer).as("whose attributes %s has", key).isBetween(0, THREADS - 1);
      assertThat(info.version()).isEqualTo(sha256(racersBytes(racer)));
      assertThat(read(key)).isEqualTo(racersBytes(racer));
    }
  }

  // Sources that lie or break

  @Test
  void fewerBytesThanDeclaredAreRefused() throws Exception {
    AssetInfo before = store.put(KEY, ProbedSource.of(noise(100, 1)));
    ProbedSource liar = ProbedSource.of(noise(99, 2)).declaring(100);
    requireRefused(liar);
    requireSame(stat(KEY), before);
    assertThat(read(KEY)).isEqualTo(noise(100, 1));
  }

  @Test
  void moreBytesThanDeclaredAreRefused() throws Exception {
    AssetInfo before = store.put(KEY, ProbedSource.of(noise(100, 1)));
    ProbedSource liar = ProbedSource.of(noise(101, 2)).declaring(100);
    requireRefused(liar);
    requireSame(stat(KEY), before);
    assertThat(read(KEY)).isEqualTo(noise(100, 1));
  }

  @Test
  void aSourceWithoutEndThatDeclaredItsLengthIsRefusedEarly() throws Exception {
    AtomicInteger given = new AtomicInteger();
    AssetSource endless =
        AssetSource.of(
            () ->
                new InputStream() {
                  @Override
                  public int read() {
                    return given.getAndIncrement() & 0xff;
                  }

                  @Override
                  public int read(byte[] into, int from, int length) {
                    given.addAndGet(length);
                    return length;
                  }
                },
            1_000,
            "image/jpeg");
    assertThatIOException().isThrownBy(() -> store.put(KEY, endless));
    assertThat(given.get()).isLessThan(4 << 20);
    assertThat(store.stat(KEY)).isEmpty();
  }

  @Test
  void aSourceThatBreaksOffLeavesNothingWhereNothingWas() throws Exception {
    ProbedSource broken = ProbedSource.of(noise(300_000, 2)).failingAfter(150_000);
    requireRefused(broken);
    requireRefused(broken.withUnknownLength());
    assertThat(store.stat(KEY)).isEmpty();
    assertThat(paths("acme", "")).isEmpty();
    assertThat(store.putIfAbsent(KEY, ProbedSource.of(noise(1, 1)), AssetAttributes.NONE))
        .isPresent();
  }

  @Test
  void aSourceThatBreaksOffLeavesWhatWasThere() throws Exception {
    AssetInfo before =
        store.put(KEY, ProbedSource.of(noise(100, 1)), AssetAttributes.cacheControl("kept"));
    requireRefused(ProbedSource.of(noise(300_000, 2)).failingAfter(150_000));
    requireSame(stat(KEY), before);
    assertThat(read(KEY)).isEqualTo(noise(100, 1));
  }

  @Test
  void aSourceThatCannotBeOpenedLeavesWhatWasThere() throws Exception {
    AssetInfo before = store.put(KEY, ProbedSource.of(noise(100, 1)));
    AssetSource shut =
        AssetSource.of(
            () -> {
              throw new IOException("the source is gone");
            },
            10,
            "image/jpeg");
    assertThatIOException().isThrownBy(() -> store.put(KEY, shut));
    requireSame(stat(KEY), before);
  }

  @Test
  void everyStreamOfASourceIsClosed() throws Exception {
    ProbedSource whole = ProbedSource.of(noise(100_000, 1));
    store.put(KEY, whole);
    assertThat(whole.opened()).isPositive();
    assertThat(whole.closed()).isEqualTo(whole.opened());
    ProbedSource broken = whole.failingAfter(50_000);
    requireRefused(broken);
    ProbedSource liar = whole.declaring(70_000);
    requireRefused(liar);
  }

  @Test
  void aSourceIsReadOnTheCallingThreadOnly() throws Exception {
    ProbedSource source = ProbedSource.of(noise(3 << 20, 1));
    store.put(KEY, source);
    store.putIfAbsent(KEY.withPath("other"), source, AssetAttributes.NONE);
    assertThat(source.threads()).containsExactly(Thread.currentThread());
  }

  @Test
  void oneSourceCanBePutManyTimes() throws Exception {
    ProbedSource source = ProbedSource.of(noise(1_000, 1));
    for (int i = 0; i < 5; i++) {
      store.put(KEY.withPath("copy-" + i), source);
      assertThat(read(KEY.withPath("copy-" + i))).isEqualTo(noise(1_000, 1));
    }
  }

  // Absent keys and deleting

  @Test
  void openingAnAbsentKeyNamesTheKey() {
    assertThatThrownBy(() -> store.open(KEY).close())
        .isInstanceOfSatisfying(
            AssetNotFoundException.class, gone -> assertThat(gone.key()).isEqualTo(KEY));
  }

  @Test
  void anAbsentKeyHasNoInfo() throws Exception {
    assertThat(store.stat(KEY)).isEmpty();
  }

  @Test
  void theParentOfAKeyIsNoAsset() throws Exception {
    store.put(KEY, ProbedSource.of(noise(1, 1)));
    AssetKey parent = KEY.withPath("photos/2024");
    assertThat(store.stat(parent)).isEmpty();
    assertThatThrownBy(() -> store.open(parent).close()).isInstanceOf(AssetNotFoundException.class);
    assertThat(store.delete(parent)).isFalse();
    assertThat(read(KEY)).isEqualTo(noise(1, 1));
  }

  @Test
  void aKeyBelowAnAssetIsAbsent() throws Exception {
    store.put(KEY, ProbedSource.of(noise(1, 1)));
    AssetKey below = KEY.withPath(KEY.path() + "/below");
    assertThat(store.stat(below)).isEmpty();
    assertThatThrownBy(() -> store.open(below).close()).isInstanceOf(AssetNotFoundException.class);
    assertThat(store.delete(below)).isFalse();
    assertThat(paths("acme", KEY.path() + "/")).isEmpty();
  }

  @Test
  void aDeletedAssetIsGone() throws Exception {
    store.put(KEY, ProbedSource.of(noise(1, 1)));
    assertThat(store.delete(KEY)).isTrue();
    assertThat(store.stat(KEY)).isEmpty();
    assertThatThrownBy(() -> store.open(KEY).close()).isInstanceOf(AssetNotFoundException.class);
    assertThat(paths("acme", "")).isEmpty();
  }

  @Test
  void deletingWhatIsNotThereIsNoMistake() throws Exception {
    assertThat(store.delete(KEY)).isFalse();
    store.put(KEY, ProbedSource.of(noise(1, 1)));
    assertThat(store.delete(KEY)).isTrue();
    assertThat(store.delete(KEY)).isFalse();
  }

  @Test
  void attributesDoNotOutliveADelete() throws Exception {
    store.put(KEY, ProbedSource.of(noise(9, 1)), AssetAttributes.cacheControl("old"));
    store.delete(KEY);
    store.put(KEY, ProbedSource.of(noise(9, 1)));
    assertThat(stat(KEY).attributes()).isEqualTo(AssetAttributes.NONE);
  }

  // Listing

  @Test
  void aTenantsAssetsAreListed() throws Exception {
    List<String> all = List.of("a.jpg", "b/c.jpg", "b/d/e/f.jpg", "g h/i.jpg");
    for (String path : all) {
      store.put(KEY.withPath(path), ProbedSource.of(noise(1, 1)));
    }
    assertThat(paths("acme", "")).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void thePrefixIsComparedByCharacterNotBySegment() throws Exception {
    for (String path : List.of("ab/c", "ab/cd/e", "abc", "a/b", "b/ab", "é/über", "é/ü")) {
      store.put(KEY.withPath(path), ProbedSource.of(noise(1, 1)));
    }
    assertThat(paths("acme", "a")).containsExactlyInAnyOrder("ab/c", "ab/cd/e", "abc", "a/b");
    assertThat(paths("acme", "ab")).containsExactlyInAnyOrder("ab/c", "ab/cd/e", "abc");
    assertThat(paths("acme", "ab/")).containsExactlyInAnyOrder("ab/c", "ab/cd/e");
    assertThat(paths("acme", "ab/c")).containsExactlyInAnyOrder("ab/c", "ab/cd/e");
    assertThat(paths("acme", "ab/cd/e")).containsExactly("ab/cd/e");
    assertThat(paths("acme", "ab/cd/e/")).isEmpty();
    assertThat(paths("acme", "é/ü")).containsExactlyInAnyOrder("é/über", "é/ü");
    assertThat(paths("acme", "A")).isEmpty();
  }

  @Test
  void aPrefixNoKeyCanHaveListsNothing() throws Exception {
    store.put(KEY, ProbedSource.of(noise(1, 1)));
    store.put(AssetKey.of("other", "x"), ProbedSource.of(noise(1, 1)));
    for (String prefix :
        List.of("/", "../other/", "..", "photos//", "./", "photos/../", "\\", "\0")) {
      assertThat(paths("acme", prefix)).as("prefix %s", prefix).isEmpty();
    }
  }

  @Test
  void otherTenantsAreNotListed() throws Exception {
    for (String tenant : List.of("acme", "acme2", "acm", "acme.b", "acme-b", "ACME", "a")) {
      store.put(AssetKey.of(tenant, "of/" + tenant), ProbedSource.of(noise(1, 1)));
    }
    assertThat(paths("acme", "")).containsExactly("of/acme");
    assertThat(paths("acme", "of/")).containsExactly("of/acme");
    assertThat(paths("acme2", "")).containsExactly("of/acme2");
    assertThat(paths("nobody", "")).isEmpty();
  }

  @Test
  void keysAreThoseOfTheListing() throws Exception {
    for (String path : List.of("a/1.jpg", "a/2.jpg", "a b/über.jpg", "b.jpg")) {
      store.put(KEY.withPath(path), AssetSource.ofBytes(noise(10, 1), "image/jpeg"));
    }
    store.put(AssetKey.of("other", "a/3.jpg"), AssetSource.ofBytes(noise(10, 1), "image/jpeg"));
    for (String prefix : List.of("", "a", "a/", "a/1", "b.jpg", "c", "a b/ü")) {
      try (Stream<AssetKey> keys = store.keys("acme", prefix);
          Stream<AssetInfo> listed = store.list("acme", prefix)) {
        assertThat(keys).containsExactlyInAnyOrderElementsOf(listed.map(AssetInfo::key).toList());
      }
    }
  }

  @Test
  void deletingManyIsDeletingEach() throws Exception {
    List<AssetKey> keys = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      AssetKey key = KEY.withPath("many/" + i + ".jpg");
      store.put(key, AssetSource.ofBytes(noise(10, i), "image/jpeg"));
      keys.add(key);
    }
    AssetKey kept = keys.remove(3);
    keys.add(KEY.withPath("many/absent.jpg"));
    store.deleteAll(keys);
    store.deleteAll(keys);
    store.deleteAll(List.of());
    try (Stream<AssetKey> left = store.keys("acme", "")) {
      assertThat(left).containsExactly(kept);
    }
  }

  @Test
  void listingAnImpossibleTenantIsRefused() {
    for (String tenant : List.of("", "..", "a/b", ".rendition", "é", "a".repeat(64))) {
      assertThatIllegalArgumentException()
          .as("tenant %s", tenant)
          .isThrownBy(() -> store.list(tenant, "").close());
    }
  }

  @Test
  void aListingStandsDeletesAndPutsInItsMiddle() throws Exception {
    for (int i = 0; i < 30; i++) {
      store.put(KEY.withPath("dir" + i % 3 + "/" + i), ProbedSource.of(noise(1, i)));
    }
    try (Stream<AssetInfo> listed = store.list("acme", "")) {
      Iterator<AssetInfo> each = listed.iterator();
      assertThat(each.hasNext()).isTrue();
      AssetInfo first = each.next();
      for (int i = 0; i < 30; i++) {
        store.delete(KEY.withPath("dir" + i % 3 + "/" + i));
        store.put(KEY.withPath("new/" + i), ProbedSource.of(noise(1, i)));
      }
      List<AssetInfo> rest = new ArrayList<>();
      each.forEachRemaining(rest::add);
      assertThat(rest).doesNotContain(first);
      assertThat(rest).extracting(info -> info.key().path()).doesNotHaveDuplicates();
    }
  }

  @Test
  void aListingCanBeClosedEarly() throws Exception {
    for (int i = 0; i < 20; i++) {
      store.put(KEY.withPath("d/" + i), ProbedSource.of(noise(1, i)));
    }
    for (int i = 0; i < 20; i++) {
      try (Stream<AssetInfo> listed = store.list("acme", "d/")) {
        assertThat(listed.limit(1)).hasSize(1);
      }
    }
    try (Stream<AssetInfo> untouched = store.list("acme", "")) {
      assertThat(untouched).isNotNull();
    }
    assertThat(paths("acme", "d/")).hasSize(20);
  }

  // Names

  @Test
  void everyNameAKeyMayHaveIsAnAssetOfItsOwn() throws Exception {
    List<AssetKey> keys = new ArrayList<>();
    for (String name : HostileNames.ALL) {
      keys.add(KEY.withPath("names/" + name));
    }
    Map<AssetKey, byte[]> expected = new TreeMap<>();
    for (AssetKey key : keys) {
      byte[] bytes = key.toString().getBytes(UTF_8);
      assertThat(store.putIfAbsent(key, ProbedSource.of(bytes), AssetAttributes.NONE))
          .as("%s is free", key)
          .isPresent();
      assertThat(expected.put(key, bytes)).as("twice in the list: %s", key).isNull();
    }
    for (Map.Entry<AssetKey, byte[]> each : expected.entrySet()) {
      assertThat(read(each.getKey())).as(each.getKey().toString()).isEqualTo(each.getValue());
    }
    try (Stream<AssetInfo> listed = store.list("acme", "names/")) {
      assertThat(listed.map(AssetInfo::key)).containsExactlyInAnyOrderElementsOf(expected.keySet());
    }
    for (AssetKey key : expected.keySet()) {
      assertThat(paths("acme", key.path())).as("prefix %s", key).contains(key.path());
      assertThat(store.delete(key)).as("delete %s", key).isTrue();
      assertThat(store.stat(key)).isEmpty();
    }
    assertThat(paths("acme", "")).isEmpty();
  }

  @Test
  void everyNameMayAlsoBeAFolder() throws Exception {
    for (String name : HostileNames.ALL) {
      AssetKey key = KEY.withPath(name + "/asset");
      store.put(key, ProbedSource.of(name.getBytes(UTF_8)));
      assertThat(read(key)).as(name).isEqualTo(name.getBytes(UTF_8));
    }
    assertThat(paths("acme", ""))
        .containsExactlyInAnyOrderElementsOf(
            HostileNames.ALL.stream()
                .map(name -> Normalizer.normalize(name, Normalizer.Form.NFC) + "/asset")
                .toList());
  }

  @Test
  void keysThatDifferOnlyInCaseAreDifferentAssets() throws Exception {
    List<AssetKey> keys =
        List.of(
            AssetKey.of("acme", "Photo.jpg"),
            AssetKey.of("acme", "photo.jpg"),
            AssetKey.of("acme", "PHOTO.JPG"),
            AssetKey.of("acme", "Dir/photo.jpg"),
            AssetKey.of("acme", "dir/photo.jpg"),
            AssetKey.of("acme", "É.jpg"),
            AssetKey.of("acme", "é.jpg"),
            AssetKey.of("Acme", "photo.jpg"));
    for (AssetKey key : keys) {
      store.put(key, ProbedSource.of(key.toString().getBytes(UTF_8)));
    }
    for (AssetKey key : keys) {
      assertThat(read(key)).isEqualTo(key.toString().getBytes(UTF_8));
    }
    assertThat(paths("acme", "")).hasSize(7);
    assertThat(paths("Acme", "")).hasSize(1);
  }

  @Test
  void composedAndDecomposedNamesAreOneAsset() throws Exception {
    store.put(AssetKey.of("acme", "Zoe\u0308/u\u0308ber.jpg"), ProbedSource.of(noise(7, 1)));
    assertThat(read(AssetKey.of("acme", "Zo\u00eb/\u00fcber.jpg"))).isEqualTo(noise(7, 1));
    assertThat(paths("acme", "Zo\u00eb/")).containsExactly("Zo\u00eb/\u00fcber.jpg");
  }

  @Test
  void theLongestAndTheDeepestKeysAreAssets() throws Exception {
    List<AssetKey> keys =
        List.of(
            AssetKey.of("t", ("x".repeat(255) + "/").repeat(3) + "x".repeat(254)),
            AssetKey.of("t", ("\u00e9".repeat(127) + "/").repeat(3) + "\u00e9".repeat(127)),
            AssetKey.of("t", "d/".repeat(deepestFolders()) + "f"),
            AssetKey.of("t".repeat(63), "f".repeat(255)));
    for (AssetKey key : keys) {
      store.put(key, ProbedSource.of(noise(50, 1)), AssetAttributes.cacheControl("c"));
      assertThat(read(key)).isEqualTo(noise(50, 1));
      assertThat(stat(key).attributes().cacheControl()).isEqualTo("c");
    }
    assertThat(paths("t", "")).hasSize(3);
  }

  @Test
  void anAssetMayLieBelowAnAssetOrIsRefusedAndTheFirstIsUnharmed() throws Exception {
    AssetKey upper = KEY.withPath("a/b");
    AssetKey lower = KEY.withPath("a/b/c");
    byte[] first = noise(10, 1);
    byte[] second = noise(10, 2);
    store.put(upper, ProbedSource.of(first));
    if (supportsKeysBelowKeys()) {
      store.put(lower, ProbedSource.of(second));
      assertThat(read(lower)).isEqualTo(second);
    } else {
      requireClearRefusal(lower, second);
      assertThat(store.delete(upper)).isTrue();
      store.put(lower, ProbedSource.of(first));
      requireClearRefusal(upper, second);
      assertThat(read(lower)).isEqualTo(first);
      store.delete(lower);
      store.put(upper, ProbedSource.of(first));
    }
    assertThat(read(upper)).isEqualTo(first);
  }

  private void requireClearRefusal(AssetKey key, byte[] bytes) throws IOException {
    assertThatIOException()
        .isThrownBy(() -> store.put(key, ProbedSource.of(bytes)))
        .withMessageContaining("a/b");
    assertThatIOException()
        .isThrownBy(() -> store.putIfAbsent(key, ProbedSource.of(bytes), AssetAttributes.NONE))
        .withMessageContaining("a/b");
    assertThat(store.stat(key)).isEmpty();
  }

  // Many at once

  @Test
  void aReaderDuringReplacementSeesOneWholeAsset() throws Exception {
    store.put(KEY, ProbedSource.of(racersBytes(0)), racersAttributes(0));
    AtomicBoolean done = new AtomicBoolean();
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int writer = 0; writer < 2; writer++) {
      int first = writer * 4;
      tasks.add(
          () -> {
            try {
              for (int i = 0; i < 5 * raceKeys(); i++) {
                int racer = first + i % 4;
                store.put(KEY, ProbedSource.of(racersBytes(racer)), racersAttributes(racer));
              }
              return 1;
            } finally {
              done.set(true);
            }
          });
    }
    for (int reader = 0; reader < 3; reader++) {
      tasks.add(
          () -> {
            int seen = 0;
            do {
              requireWhole(KEY);
              seen++;
            } while (!done.get());
            return seen;
          });
    }
    assertThat(runAll(tasks)).allMatch(count -> count > 0);
    requireWhole(KEY);
  }

  @Test
  void anAssetReplacedWhileItIsReadIsReadToItsEndOrFails() throws Exception {
    requireOldBytesOrFailure(() -> store.put(KEY, ProbedSource.of(noise(4 << 20, 2))));
  }

  @Test
  void anAssetDeletedWhileItIsReadIsReadToItsEndOrFails() throws Exception {
    requireOldBytesOrFailure(() -> store.delete(KEY));
  }

  private void requireOldBytesOrFailure(Callable<?> change) throws Exception {
    byte[] old = noise(4 << 20, 1);
    store.put(KEY, ProbedSource.of(old));
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    try (AssetContent content = store.open(KEY)) {
      got.write(content.stream().readNBytes(1_000));
      change.call();
      try {
        content.stream().transferTo(got);
      } catch (IOException broken) {
        assertThat(broken).hasMessageNotContaining("null");
        return;
      }
    }
    assertThat(Arrays.equals(got.toByteArray(), old)).isTrue();
  }

  @Test
  void putsAndDeletesInOneFolderDoNotDisturbEachOther() throws Exception {
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int worker = 0; worker < THREADS; worker++) {
      AssetKey key = KEY.withPath("deep/er/folder/w" + worker);
      byte[] bytes = racersBytes(worker);
      tasks.add(
          () -> {
            for (int i = 0; i < 2 * raceKeys(); i++) {
              store.put(key, ProbedSource.of(bytes));
              assertThat(read(key)).isEqualTo(bytes);
              assertThat(store.delete(key)).isTrue();
              assertThat(store.stat(key)).isEmpty();
            }
            return 1;
          });
    }
    runAll(tasks);
    assertThat(paths("acme", "")).isEmpty();
  }

  // Places and closing

  @Test
  void aLocationIsNamedWithoutAskingTheStore() throws Exception {
    Optional<URI> before = store.location(KEY);
    store.put(KEY, ProbedSource.of(noise(1, 1)));
    assertThat(store.location(KEY)).isEqualTo(before);
    TreeSet<URI> places = new TreeSet<>();
    for (String name : HostileNames.ALL) {
      store.location(KEY.withPath(name)).ifPresent(places::add);
    }
    assertThat(places.size()).isIn(0, HostileNames.ALL.size());
  }

  @Test
  void callsAfterCloseFail() throws Exception {
    store.put(KEY, ProbedSource.of(noise(1, 1)));
    store.close();
    ProbedSource source = ProbedSource.of(noise(1, 1));
    assertThatIOException().as("put").isThrownBy(() -> store.put(KEY, source));
    assertThatIOException()
        .as("putIfAbsent")
        .isThrownBy(() -> store.putIfAbsent(KEY, source, AssetAttributes.NONE));
    assertThatIOException().as("open").isThrownBy(() -> store.open(KEY).close());
    assertThatIOException().as("stat").isThrownBy(() -> store.stat(KEY));
    assertThatIOException().as("list").isThrownBy(() -> store.list("acme", "").close());
    assertThatIOException().as("delete").isThrownBy(() -> store.delete(KEY));
  }

  @Test
  void closingTwiceDoesNothing() throws Exception {
    store.close();
    store.close();
  }

  // Means

  private AssetInfo stat(AssetKey key) throws IOException {
    return store.stat(key).orElseThrow(() -> new AssertionError("nothing at " + key));
  }

  private byte[] read(AssetKey key) throws IOException {
    try (AssetContent content = store.open(key)) {
      byte[] bytes = content.stream().readAllBytes();
      assertThat(content.info().key()).isEqualTo(key);
      assertThat(content.info().length()).isEqualTo(bytes.length);
      return bytes;
    }
  }

  private void requireWhole(AssetKey key) throws IOException {
    try (AssetContent content = store.open(key)) {
      AssetInfo info = content.info();
      byte[] bytes;
      try {
        bytes = content.stream().readAllBytes();
      } catch (IOException replacedMeanwhile) {
        return;
      }
      assertThat(info.version()).isEqualTo(sha256(bytes));
      int racer = Integer.parseInt(info.attributes().metadata().getOrDefault("racer", "-1"));
      assertThat(Arrays.equals(bytes, racersBytes(racer)))
          .as("the bytes belong to the attributes of writer %s", racer)
          .isTrue();
    }
  }

  private void requireRefused(ProbedSource source) {
    assertThatIOException().isThrownBy(() -> store.put(KEY, source));
    assertThat(source.closed()).isEqualTo(source.opened());
  }

  private List<String> paths(String tenant, String prefix) throws IOException {
    try (Stream<AssetInfo> listed = store.list(tenant, prefix)) {
      return listed
          .peek(info -> assertThat(info.key().tenant()).isEqualTo(tenant))
          .map(info -> info.key().path())
          .collect(Collectors.toList());
    } catch (UncheckedIOException e) {
      throw new IOException("listing failed", e);
    }
  }

  private static void requireSame(AssetInfo actual, AssetInfo expected) {
    assertThat(actual).usingRecursiveComparison().ignoringFields("modified").isEqualTo(expected);
    assertThat(actual.attributes()).isEqualTo(expected.attributes());
    assertThat(actual.modified()).isCloseTo(expected.modified(), within(3, ChronoUnit.SECONDS));
  }
}
