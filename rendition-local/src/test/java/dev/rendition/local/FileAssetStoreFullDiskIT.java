package dev.rendition.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store on a file system of 3 MB that fills up, or turns read-only. */
class FileAssetStoreFullDiskIT {
  private static final AssetAttributes ATTRIBUTES = AssetAttributes.cacheControl("private");

  @TempDir Path folder;

  @BeforeEach
  void mount() throws Exception {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder.toString()),
        "no file system can be mounted here: run as root on Linux to see a full disk");
  }

  @AfterEach
  void unmount() throws Exception {
    if (!run("umount", folder.toString())) {
      run("umount", "-l", folder.toString());
    }
  }

  @Test
  void aFullDiskIsOneClearSentenceAndHarmsNothing() throws IOException {
    try (FileAssetStore store = FileAssetStore.open(folder)) {
      int stored = fill(store, 200_000);
      assertThat(stored).isBetween(8, 15);
      IOException full =
          catchThrowableOfType(
              IOException.class, () -> store.put(key(stored), source(200_000, stored), ATTRIBUTES));
      assertThat(full)
          .hasMessageContaining("storing acme/" + stored + ".jpg")
          .hasMessageContaining("the disk is full")
          .hasMessageContaining("bytes are free");
      assertThat(store.stat(key(stored))).isEmpty();
      assertThatIOException()
          .as("replacing an asset by a larger one")
          .isThrownBy(() -> store.put(key(0), source(900_000, 99)))
          .withMessageContaining("the disk is full");
      requireWhole(store, 200_000, stored);
      requireNoUnfinishedFiles();
      assertThat(store.delete(key(1))).isTrue();
      store.put(key(1), source(200_000, 1), ATTRIBUTES);
      requireWhole(store, 200_000, stored);
    }
  }

  @Test
  void aDiskThatFillsUpInEveryStepOfAPutHarmsNothing() throws IOException {
    try (FileAssetStore store = FileAssetStore.open(folder)) {
      int large = fill(store, 400_000);
      // Then by less than a page at a time, so that folders and sidecars run into the end as well.
      int stored = large;
      try {
        for (; stored < 5_000; stored++) {
          AssetKey deep = AssetKey.of("acme", "d" + stored + "/e/f.jpg");
          store.put(deep, source(10, stored), ATTRIBUTES);
        }
        throw new AssertionError("the disk never filled up");
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("the disk is full");
      }
      assertThat(store.stat(AssetKey.of("acme", "d" + stored + "/e/f.jpg"))).isEmpty();
      for (int i = large; i < stored; i++) {
        AssetInfo info = store.stat(AssetKey.of("acme", "d" + i + "/e/f.jpg")).orElseThrow();
        assertThat(info.attributes()).isEqualTo(ATTRIBUTES);
      }
      requireWhole(store, 400_000, large);
      requireNoUnfinishedFiles();
    }
    FileAssetStore.open(folder).close();
  }

  @Test
  void aReadOnlyDiskIsReadAndNotWritten() throws Exception {
    try (FileAssetStore store = FileAssetStore.open(folder)) {
      store.put(key(0), source(1_000, 0), ATTRIBUTES);
    }
    Files.createDirectory(folder.resolve("empty"));
    assertThat(run("mount", "-o", "remount,ro", folder.toString())).isTrue();
    try (FileAssetStore store = FileAssetStore.open(folder)) {
      requireWhole(store, 1_000, 1);
      assertThatIOException()
          .isThrownBy(() -> store.put(key(1), source(10, 1)))
          .withMessageContaining("storing acme/1.jpg")
          .withMessageContaining("read-only");
      assertThatIOException()
          .isThrownBy(() -> store.delete(key(0)))
          .withMessageContaining("deleting acme/0.jpg")
          .withMessageContaining("read-only");
      assertThat(store.putIfAbsent(key(0), source(10, 1), ATTRIBUTES)).isEmpty();
      requireWhole(store, 1_000, 1);
    }
    assertThatIOException()
        .isThrownBy(() -> FileAssetStore.open(folder.resolve("empty")))
        .withMessageContaining("opening the store")
        .withMessageContaining("read-only");
  }

  @Test
  void aDiskThatTurnsReadOnlyMeanwhileIsTold() throws Exception {
    FileAssetStore store = FileAssetStore.open(folder);
    store.put(key(0), source(1_000, 0), ATTRIBUTES);
    store.close();
    FileAssetStore reader = FileAssetStore.open(folder);
    assertThat(run("mount", "-o", "remount,ro", folder.toString())).isTrue();
    assertThatIOException()
        .isThrownBy(() -> reader.put(key(0), source(1_000, 1)))
        .withMessageContaining("read-only");
    requireWhole(reader, 1_000, 1);
    reader.close();
  }

  private static int fill(FileAssetStore store, int length) throws IOException {
    for (int i = 0; i < 1_000; i++) {
      try {
        store.put(key(i), source(length, i), ATTRIBUTES);
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("the disk is full");
        return i;
      }
    }
    throw new AssertionError("the disk never filled up");
  }

  private static void requireWhole(FileAssetStore store, int length, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      try (AssetContent content = store.open(key(i))) {
        assertThat(Arrays.equals(content.stream().readAllBytes(), bytes(length, i))).isTrue();
        assertThat(content.info().attributes()).isEqualTo(ATTRIBUTES);
      }
    }
  }

  private void requireNoUnfinishedFiles() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve(".rendition/tmp"))) {
      assertThat(all.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .containsExactly("lock");
    }
  }

  private static AssetKey key(int number) {
    return AssetKey.of("acme", number + ".jpg");
  }

  private static AssetSource source(int length, int seed) {
    return AssetSource.ofBytes(bytes(length, seed), "image/jpeg");
  }

  private static byte[] bytes(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
