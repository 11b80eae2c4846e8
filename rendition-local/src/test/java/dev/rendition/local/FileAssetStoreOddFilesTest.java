package dev.rendition.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetNotFoundException;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that somebody else put, changed, moved or damaged, and files that are none. */
class FileAssetStoreOddFilesTest {
  private static final AssetKey KEY = AssetKey.of("acme", "photos/hero.jpg");
  private static final AssetAttributes ATTRIBUTES = AssetAttributes.cacheControl("private");

  @TempDir Path folder;
  private Path root;
  private AssetStore store;

  FileAssetStoreOddFilesTest() {
    root = Path.of("unset");
    store = new dev.rendition.asset.MemoryAssetStore();
  }

  @BeforeEach
  void openStore() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
    store = FileAssetStore.open(root);
  }

  @AfterEach
  void closeStore() throws IOException {
    store.close();
  }

  @Test
  void theBytesLieAtTheirNaturalPlace() throws IOException {
    store.put(KEY, source("abc"));
    assertThat(root.resolve("acme/photos/hero.jpg")).hasContent("abc");
  }

  @Test
  void locationsAreFileAddressesOfTheBytes() throws IOException {
    AssetKey odd = AssetKey.of("acme", "a b/\u00fc%#?.jpg");
    store.put(odd, source("abc"));
    URI place = store.location(odd).orElseThrow();
    assertThat(place.getScheme()).isEqualTo("file");
    assertThat(Path.of(place)).hasContent("abc");
    assertThat(place.toString()).endsWith("/acme/a%20b/%25c3%25bc%2525%2523%253f.jpg");
  }

  @Test
  void aFilePutByHandIsAnAsset() throws IOException {
    Path file = root.resolve("acme/by hand/Photo.JPG");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "abc");
    AssetKey key = AssetKey.of("acme", "by hand/Photo.JPG");
    AssetInfo info = store.stat(key).orElseThrow();
    assertThat(info.mediaType()).isEqualTo("image/jpeg");
    assertThat(info.version())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(info.attributes()).isEqualTo(AssetAttributes.NONE);
    assertThat(read(key)).isEqualTo("abc");
    assertThat(paths()).containsExactly("by hand/Photo.JPG");
    assertThat(store.putIfAbsent(key, source("x"), ATTRIBUTES)).isEmpty();
    assertThat(store.delete(key)).isTrue();
    assertThat(file).doesNotExist();
  }

  @Test
  void aFileChangedByHandIsReadAsItIsNow() throws IOException {
    store.put(KEY, source("abc"), ATTRIBUTES);
    Path file = root.resolve("acme/photos/hero.jpg");
    for (String text : List.of("abd", "longer", "")) {
      Files.writeString(file, text);
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
      for (int i = 0; i < 2; i++) {
        AssetInfo info = store.stat(KEY).orElseThrow();
        assertThat(info.length()).isEqualTo(text.length());
        assertThat(info.attributes()).isEqualTo(AssetAttributes.NONE);
        assertThat(read(KEY)).isEqualTo(text);
      }
    }
    store.put(KEY, source("new"), ATTRIBUTES);
    assertThat(store.stat(KEY).orElseThrow().attributes()).isEqualTo(ATTRIBUTES);
  }

  @Test
  void aFileThatWasJustChangedIsHashedAgain() throws IOException {
    Path file = root.resolve("acme/x.png");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "abc");
    FileTime time = Files.getLastModifiedTime(file);
    String before = store.stat(AssetKey.of("acme", "x.png")).orElseThrow().version();
    Files.writeString(file, "xyz");
    Files.setLastModifiedTime(file, time);
    assertThat(store.stat(AssetKey.of("acme", "x.png")).orElseThrow().version())
        .isNotEqualTo(before);
  }

  @Test
  void aCopyOfTheFolderThatKeepsTimesIsTheSameStore() throws IOException {
    store.put(KEY, source("abc"), ATTRIBUTES);
    Path copy = folder.resolve("copy");
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.toList()) {
        Files.copy(
            each,
            copy.resolve(root.relativize(each).toString()),
            java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    try (AssetStore other = FileAssetStore.open(copy)) {
      assertThat(other.stat(KEY)).isEqualTo(store.stat(KEY));
    }
  }

  @Test
  void namesTheStoreWouldNotGiveArePassedOver() throws IOException {
    store.put(KEY, source("abc"));
    Path tenant = root.resolve("acme");
    for (String name :
        List.of(".DS_Store", "%zz.jpg", "%41.jpg", "a~1.jpg", "tail.", "con", "%+")) {
      Files.writeString(tenant.resolve(name), "x");
    }
    Files.createDirectories(tenant.resolve("never%+/empty"));
    Files.createDirectories(tenant.resolve(".git"));
    Files.writeString(tenant.resolve(".git/config"), "x");
    Files.writeString(root.resolve("in the root"), "x");
    assertThat(paths()).containsExactly(KEY.path());
  }

  @Test
  void symbolicLinksAreRefusedAndNotListed() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("secret.jpg"), "secret");
    store.put(KEY, source("abc"));
    Files.createSymbolicLink(root.resolve("acme/dir"), outside);
    Files.createSymbolicLink(root.resolve("acme/file.jpg"), outside.resolve("secret.jpg"));
    Files.createSymbolicLink(root.resolve("evil"), outside);
    for (AssetKey key :
        List.of(
            AssetKey.of("acme", "dir/secret.jpg"),
            AssetKey.of("acme", "dir/new/secret.jpg"),
            AssetKey.of("acme", "file.jpg"),
            AssetKey.of("evil", "secret.jpg"))) {
      assertThatIOException().isThrownBy(() -> store.stat(key)).withMessageContaining("link");
      assertThatIOException()
          .isThrownBy(() -> store.open(key).close())
          .isInstanceOf(java.nio.file.FileSystemException.class);
      assertThatIOException().isThrownBy(() -> store.put(key, source("x")));
      assertThatIOException().isThrownBy(() -> store.delete(key)).withMessageContaining("link");
    }
    assertThat(paths()).containsExactly(KEY.path());
    assertThatIOException().isThrownBy(() -> store.list("evil", "").close());
    assertThat(outside.resolve("secret.jpg")).hasContent("secret");
    assertThat(outside).isDirectoryNotContaining(file -> !file.endsWith("secret.jpg"));
  }

  @Test
  void aSymbolicLinkAsSidecarIsRefused() throws IOException {
    store.put(KEY, source("abc"));
    Path outside = Files.writeString(folder.resolve("outside"), "x");
    Path sidecar = sidecar();
    Files.delete(sidecar);
    Files.createSymbolicLink(sidecar, outside);
    assertThatIOException().isThrownBy(() -> store.stat(KEY)).withMessageContaining("sidecar");
  }

  @Test
  void theRootItselfMayBeALink() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), root);
    try (AssetStore same = FileAssetStore.open(link)) {
      same.put(KEY, source("abc"));
    }
    assertThat(read(KEY)).isEqualTo("abc");
  }

  @Test
  void pipesAreNoAssets() throws Exception {
    Files.createDirectories(root.resolve("acme"));
    Path pipe = root.resolve("acme/pipe.jpg");
    assumeTrue(makePipe(pipe), "no pipes here");
    AssetKey key = AssetKey.of("acme", "pipe.jpg");
    assertThat(store.stat(key)).isEmpty();
    assertThatThrownBy(() -> store.open(key).close()).isInstanceOf(AssetNotFoundException.class);
    assertThat(paths()).isEmpty();
    assertThat(store.delete(key)).isFalse();
    assertThatIOException()
        .isThrownBy(() -> store.put(key, source("x")))
        .withMessageContaining("pipe.jpg")
        .withMessageContaining("no regular file");
  }

  @Test
  void aDamagedSidecarNamesItsFileAndTheRemedy() throws IOException {
    store.put(KEY, source("abc"), ATTRIBUTES);
    Path sidecar = sidecar();
    for (byte[] damage : List.of(new byte[0], new byte[100_000], "rubbish\n".getBytes(UTF_8))) {
      Files.write(sidecar, damage);
      assertThatIOException()
          .isThrownBy(() -> store.stat(KEY))
          .withMessageContaining(sidecar.getFileName().toString())
          .withMessageContaining("delete it");
      assertThatIOException().isThrownBy(() -> store.open(KEY).close());
    }
    Files.delete(sidecar);
    assertThat(store.stat(KEY).orElseThrow().attributes()).isEqualTo(AssetAttributes.NONE);
  }

  @Test
  void onlyOneSidecarIsLeftAfterManyPutsAndNoneAfterADelete() throws IOException {
    for (int i = 0; i < 20; i++) {
      store.put(KEY, source("abc" + i % 3), ATTRIBUTES);
    }
    assertThat(sidecar()).isRegularFile();
    store.delete(KEY);
    assertThat(root.resolve("acme")).doesNotExist();
    assertThat(root.resolve(".rendition/meta")).isEmptyDirectory();
    assertThat(root).isDirectory();
  }

  @Test
  void aSidecarOfAWriterThatDiedIsRemovedInTime() throws IOException {
    store.put(KEY, source("abc"));
    Path dead = sidecar().resolveSibling("%s99-1.0");
    Files.copy(sidecar(), dead);
    store.put(KEY, source("abd"));
    assertThat(dead).as("its writer may live").exists();
    Files.setLastModifiedTime(dead, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    store.put(KEY, source("abe"));
    assertThat(dead).doesNotExist();
  }

  @Test
  void writersThatLiveAreNotSweptAndThoseThatDiedAre() throws IOException {
    store.put(KEY, source("abc"));
    Path tmp = root.resolve(".rendition/tmp");
    Path dead = Files.createDirectory(tmp.resolve("1-1-dead"));
    Files.writeString(dead.resolve("lock"), "");
    Files.writeString(dead.resolve("7"), "half an asset");
    Path beginning = Files.createDirectory(tmp.resolve("1-1-beginning"));
    try (AssetStore other = FileAssetStore.open(root)) {
      other.put(KEY, source("abd"));
      assertThat(dead).doesNotExist();
      assertThat(beginning).exists();
      store.put(KEY, source("abe"));
    }
    Files.setLastModifiedTime(beginning, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    FileAssetStore.open(root).close();
    assertThat(beginning).doesNotExist();
    store.close();
    assertThat(tmp).isEmptyDirectory();
  }

  @Test
  void aMissingFolderIsOneClearSentence() {
    assertThatIOException()
        .isThrownBy(() -> FileAssetStore.open(folder.resolve("nowhere")))
        .withMessageContaining("nowhere")
        .withMessageContaining("create the folder");
    assertThatIOException()
        .isThrownBy(() -> FileAssetStore.open(Files.writeString(folder.resolve("file"), "x")))
        .withMessageContaining("is no folder");
  }

  @Test
  void aFolderOfAnotherVersionIsRefused() throws IOException {
    Files.writeString(root.resolve(".rendition/format"), "rendition-file-store 2\n");
    assertThatIOException()
        .isThrownBy(() -> FileAssetStore.open(root))
        .withMessageContaining("this version of the library")
        .withMessageContaining(".rendition");
  }

  @Test
  void aStoreThatKeptCaseIsRefusedWhereCaseIsFolded() throws IOException {
    store.put(KEY, source("abc"));
    // What a file system that folds case would show.
    Files.copy(root.resolve(".rendition/format"), root.resolve(".rendition/FORMAT"));
    assertThatIOException()
        .isThrownBy(() -> FileAssetStore.open(root))
        .withMessageContaining("photo.jpg");
  }

  @Test
  void aStoreWhoseFolderVanishedSaysSo() throws IOException {
    Files.move(root, folder.resolve("moved"));
    assertThatIOException()
        .isThrownBy(() -> store.put(KEY, source("abc")))
        .withMessageContaining("is gone")
        .withMessageContaining(KEY.toString());
    Files.move(folder.resolve("moved"), root);
    store.put(KEY, source("abc"));
  }

  @Test
  void anInterruptedThreadStoresNothingAndKeepsItsInterrupt() throws IOException {
    Thread.currentThread().interrupt();
    assertThatIOException().isThrownBy(() -> store.put(KEY, source("abc")));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(store.stat(KEY)).isEmpty();
    store.put(KEY, source("abc"));
    assertThat(read(KEY)).isEqualTo("abc");
  }

  /** Returns whether this system has pipes and made one. */
  private static boolean makePipe(Path pipe) throws InterruptedException {
    try {
      return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private Path sidecar() throws IOException {
    try (Stream<Path> all = Files.list(root.resolve(".rendition/meta/acme/photos/hero.jpg"))) {
      List<Path> found = all.toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  private String read(AssetKey key) throws IOException {
    try (AssetContent content = store.open(key)) {
      return new String(content.stream().readAllBytes(), UTF_8);
    }
  }

  private List<String> paths() throws IOException {
    try (Stream<AssetInfo> listed = store.list("acme", "")) {
      return listed.map(info -> info.key().path()).toList();
    }
  }

  private static AssetSource source(String text) {
    return AssetSource.ofBytes(text.getBytes(UTF_8), "image/jpeg");
  }
}
