package dev.rendition.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.testkit.FaultyStore.Call;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Without rules it keeps the contract; with rules it fails as told and no otherwise. */
class FaultyStoreTest extends AssetStoreContract {
  private static final AssetKey KEY = AssetKey.of("acme", "a.jpg");
  private static final AssetSource SOURCE = AssetSource.ofBytes(new byte[300], "image/jpeg");

  private final FaultyStore store = FaultyStore.around(new MemoryAssetStore());

  @Override
  protected AssetStore newStore() {
    return FaultyStore.around(new MemoryAssetStore());
  }

  @Test
  void onlyTheNthCallFails() throws IOException {
    store.on(Call.PUT).nth(2).fails();
    store.put(KEY, SOURCE);
    assertThatIOException()
        .isThrownBy(() -> store.put(KEY.withPath("b"), SOURCE))
        .withMessageContaining("PUT 2");
    store.put(KEY.withPath("c"), SOURCE);
    assertThat(store.calls(Call.PUT)).isEqualTo(3);
    assertThat(store.stat(KEY.withPath("b"))).isEmpty();
  }

  @Test
  void theNextCallFailsWhateverCameBefore() throws IOException {
    assertThat(store.stat(KEY)).isEmpty();
    store.on(Call.STAT).next().fails();
    assertThatIOException().isThrownBy(() -> store.stat(KEY));
    assertThat(store.stat(KEY)).isEmpty();
  }

  @Test
  void aLostAnswerHasDoneItsWork() throws IOException {
    store.on(Call.PUT_IF_ABSENT).nth(1).losesTheAnswer();
    assertThatIOException()
        .isThrownBy(() -> store.putIfAbsent(KEY, SOURCE, AssetAttributes.NONE))
        .withMessageContaining("lost");
    assertThat(store.stat(KEY)).isPresent();
    store.on(Call.DELETE).every().losesTheAnswer();
    assertThatIOException().isThrownBy(() -> store.delete(KEY));
    assertThat(store.stat(KEY)).isEmpty();
  }

  @Test
  void aStreamIsCutAfterItsBytes() throws IOException {
    store.put(KEY, SOURCE);
    store.on(Call.OPEN).nth(1).cutsTheStreamAfter(100);
    try (AssetContent content = store.open(KEY)) {
      assertThat(content.stream().readNBytes(100)).hasSize(100);
      assertThatIOException().isThrownBy(() -> content.stream().read());
    }
    try (AssetContent content = store.open(KEY)) {
      assertThat(content.stream().readAllBytes()).hasSize(300);
    }
  }

  @Test
  void aHookRunsBeforeEachReadAndEachCall() throws IOException {
    AtomicInteger ran = new AtomicInteger();
    store.on(Call.PUT).every().firstRuns(ran::incrementAndGet);
    store.put(KEY, SOURCE);
    assertThat(ran).hasValue(1);
    store.on(Call.OPEN).every().beforeEachRead(ran::incrementAndGet);
    try (AssetContent content = store.open(KEY)) {
      assertThat(content.stream().read()).isZero();
      assertThat(content.stream().read(new byte[10])).isEqualTo(10);
    }
    assertThat(ran).hasValue(3);
  }

  @Test
  void aStoreThatIsDownFailsEveryCallUntilItIsUp() throws IOException {
    store.setDown(true);
    assertThatIOException().isThrownBy(() -> store.put(KEY, SOURCE));
    assertThatIOException().isThrownBy(() -> store.putIfAbsent(KEY, SOURCE, AssetAttributes.NONE));
    assertThatIOException().isThrownBy(() -> store.open(KEY).close());
    assertThatIOException().isThrownBy(() -> store.stat(KEY));
    assertThatIOException().isThrownBy(() -> store.list("acme", "").close());
    assertThatIOException().isThrownBy(() -> store.delete(KEY));
    store.heal();
    store.put(KEY, SOURCE);
    for (Call call : Call.values()) {
      assertThat(store.calls(call)).isEqualTo(call == Call.PUT ? 2 : 1);
    }
  }

  @Test
  void impossibleRulesAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> store.on(Call.PUT).nth(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.on(Call.OPEN).every().cutsTheStreamAfter(-1));
    assertThatIllegalStateException()
        .isThrownBy(() -> store.on(Call.PUT).every().cutsTheStreamAfter(1));
  }
}
