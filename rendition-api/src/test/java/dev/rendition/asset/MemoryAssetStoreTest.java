package dev.rendition.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The limits; what every store must do is told by the contract. */
class MemoryAssetStoreTest {
  private static final AssetKey ONE = AssetKey.of("t", "1");
  private static final AssetKey TWO = AssetKey.of("t", "2");

  private final MemoryAssetStore store = new MemoryAssetStore(10, Clock.systemUTC());

  @Test
  void isFullAtItsLimitAndNotBefore() throws IOException {
    store.put(ONE, bytes(6));
    store.put(TWO, bytes(4));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> store.put(AssetKey.of("t", "3"), bytes(1)))
        .withMessageContaining("full")
        .withMessageContaining("10 bytes");
    assertThat(store.stat(AssetKey.of("t", "3"))).isEmpty();
    store.put(AssetKey.of("t", "empty"), bytes(0));
  }

  @Test
  void deletingAndReplacingMakeRoom() throws IOException {
    for (int i = 0; i < 100; i++) {
      store.put(ONE, bytes(5));
    }
    for (int i = 0; i < 100; i++) {
      store.putIfAbsent(TWO, bytes(5), AssetAttributes.NONE);
      assertThat(store.delete(TWO)).isTrue();
    }
    store.put(TWO, bytes(5));
    assertThat(store.stat(TWO)).isPresent();
  }

  @Test
  void aSourceWithoutEndIsRefusedSoon() {
    AssetSource endless = AssetSource.of(Endless::new, -1, "image/png");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> store.put(ONE, endless))
        .withMessageContaining("full");
    AssetSource lies = AssetSource.of(Endless::new, 3, "image/png");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> store.put(ONE, lies))
        .withMessageContaining("declared 3 bytes and gave at least 4");
    AssetSource vast = AssetSource.of(Endless::new, Long.MAX_VALUE, "image/png");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> store.put(ONE, vast))
        .withMessageContaining("full");
  }

  @Test
  void afterARefusalThereIsAsMuchRoomAsBefore() throws IOException {
    for (int i = 0; i < 50; i++) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> store.put(ONE, AssetSource.of(Endless::new, -1, "image/png")));
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> store.put(ONE, bytes(11)));
    }
    store.put(ONE, bytes(10));
  }

  @Test
  void aStoreThatHoldsNothingIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MemoryAssetStore(0, Clock.systemUTC()));
  }

  private static AssetSource bytes(int count) {
    return AssetSource.ofBytes(new byte[count], "image/png");
  }

  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 7;
    }

    @Override
    public int read(byte[] into, int from, int count) {
      Arrays.fill(into, from, from + count, (byte) 7);
      return count;
    }
  }
}
