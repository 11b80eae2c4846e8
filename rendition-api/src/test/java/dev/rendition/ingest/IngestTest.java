package dev.rendition.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rendition.ForwardingStore;
import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.asset.MemoryAssetStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class IngestTest {
  private static final AssetKey KEY = AssetKey.of("acme", "a.png");
  private static final AssetKey UPLOADED = AssetKey.of("acme", "incoming/x");
  private static final byte[] PICTURE = Drawn.picture("png", 20, 1);
  private static final byte[] LARGE = Drawn.picture("png", 700, 1);
  private static final byte[] TEXT = "no picture".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  @TempDir Path files;
  private final AssetStore store = new MemoryAssetStore();

  @AfterEach
  void nothingWaitsInATemporaryFile() throws IOException {
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void bytesFilesStreamsAndSourcesAreStoredAsTheyAre() throws Exception {
    assertThat(LARGE.length).isGreaterThan(Spool.IN_MEMORY);
    for (byte[] bytes : List.of(PICTURE, LARGE)) {
      Path file = Files.write(files.resolve("a.jpg"), bytes);
      String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      Expected expected =
          Expected.ANYTHING
              .withLength(bytes.length)
              .withMediaType("image/png")
              .withSha256(digest.toUpperCase(java.util.Locale.ROOT));
      for (AssetInfo info :
          List.of(
              ingest().bytes(KEY, bytes),
              ingest().file(KEY, file),
              ingest().stream(KEY, new ByteArrayInputStream(bytes), "text/html", expected),
              ingest()
                  .source(
                      KEY,
                      AssetSource.of(() -> new ByteArrayInputStream(bytes), -1, "image/gif"),
                      expected))) {
        assertThat(info.mediaType()).isEqualTo("image/png");
        assertThat(info.version()).isEqualTo(digest);
        assertThat(store.open(KEY).stream().readAllBytes()).isEqualTo(bytes);
      }
    }
  }

  @Test
  void whatIsNotWhatWasExpectedIsRefused() {
    Ingest ingest = ingest();
    assertThat(
            reason(() -> stream(ingest, PICTURE, Expected.ANYTHING.withLength(PICTURE.length - 1))))
        .isEqualTo(IngestReason.LENGTH_MISMATCH);
    assertThat(reason(() -> stream(ingest, PICTURE, Expected.ANYTHING.withSha256("0".repeat(64)))))
        .isEqualTo(IngestReason.DIGEST_MISMATCH);
    assertThat(reason(() -> stream(ingest, PICTURE, Expected.ANYTHING.withMediaType("image/gif"))))
        .isEqualTo(IngestReason.TYPE_MISMATCH);
    assertThat(reason(() -> ingest.bytes(KEY, new byte[0]))).isEqualTo(IngestReason.EMPTY);
    assertThat(reason(() -> ingest.bytes(KEY, TEXT))).isEqualTo(IngestReason.NOT_A_PICTURE);
    assertThat(reason(() -> ingest.bytes(KEY, "%PDF-1.4".getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(IngestReason.TYPE_NOT_ACCEPTED);
    assertThat(empty()).isTrue();
  }

  @Test
  void tooMuchIsRefusedBeforeItIsStored() {
    Ingest small = ingest(rules().withMaxBytes(PICTURE.length - 1));
    assertThat(reason(() -> small.bytes(KEY, PICTURE))).isEqualTo(IngestReason.TOO_LARGE);
    assertThat(reason(() -> stream(small, PICTURE, Expected.ANYTHING)))
        .isEqualTo(IngestReason.TOO_LARGE);
    AtomicInteger read = new AtomicInteger();
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return read.incrementAndGet() & 0xff;
          }

          @Override
          public int read(byte[] into, int from, int length) {
            read.addAndGet(length);
            return length;
          }
        };
    assertThat(
            reason(
                () ->
                    ingest(rules().withMaxBytes(3_000_000)).stream(
                        KEY, endless, "image/png", Expected.ANYTHING)))
        .isEqualTo(IngestReason.TOO_LARGE);
    assertThat(read.get()).isLessThan(4_000_000);
    assertThat(empty()).isTrue();
  }

  @Test
  void aSourceThatChangesIsNotStored() throws IOException {
    store.put(KEY, AssetSource.ofBytes(TEXT, "text/plain"));
    byte[] other = LARGE.clone();
    other[other.length - 20] ^= 1;
    AtomicInteger opened = new AtomicInteger();
    AssetSource turning =
        AssetSource.of(
            () -> new ByteArrayInputStream(opened.getAndIncrement() == 0 ? LARGE : other),
            LARGE.length,
            "image/png");
    assertThat(reason(() -> ingest().source(KEY, turning))).isEqualTo(IngestReason.SOURCE_CHANGED);
    assertThat(store.open(KEY).stream().readAllBytes()).isEqualTo(TEXT);
  }

  @Test
  void wrongTypesAreToleratedOrRefused() throws IOException {
    byte[] gif = Drawn.picture("gif", 5, 1);
    assertThat(ingest().bytes(KEY, gif).mediaType()).isEqualTo("image/gif");
    Ingest strict = ingest(rules().on(Mismatch.REFUSE));
    assertThat(reason(() -> strict.bytes(KEY, gif))).isEqualTo(IngestReason.TYPE_MISMATCH);
    AssetKey plain = AssetKey.of("acme", "plain");
    assertThat(strict.bytes(plain, gif).mediaType()).isEqualTo("image/gif");
    assertThat(reason(() -> strict.source(plain, AssetSource.ofBytes(gif, "image/png"))))
        .isEqualTo(IngestReason.TYPE_MISMATCH);
    AssetKey jpeg = AssetKey.of("acme", "a.jpeg");
    AssetSource pjpeg = AssetSource.ofBytes(Drawn.picture("jpg", 5, 1), "image/pjpeg; q=1");
    assertThat(strict.source(jpeg, pjpeg).mediaType()).isEqualTo("image/jpeg");
  }

  @Test
  void acceptedTypesAreTheCallers() throws IOException {
    Ingest documents = ingest(rules().accepting(List.of("application/pdf")));
    assertThat(documents.bytes(KEY, "%PDF-1.4".getBytes(StandardCharsets.UTF_8)).mediaType())
        .isEqualTo("application/pdf");
    assertThat(reason(() -> documents.bytes(KEY, PICTURE)))
        .isEqualTo(IngestReason.TYPE_NOT_ACCEPTED);
  }

  @Test
  void validatorsAreAskedInOrderUntilOneRefuses() throws IOException {
    List<String> asked = new ArrayList<>();
    IngestRules rules =
        rules()
            .validatedBy(
                candidate -> {
                  asked.add("first " + candidate.mediaType() + " " + candidate.length());
                  assertThat(candidate.open().readAllBytes()).isEqualTo(PICTURE);
                  return Optional.empty();
                })
            .validatedBy(
                candidate -> {
                  asked.add("second " + candidate.sha256().length());
                  return candidate.key().equals(KEY)
                      ? Optional.of("the quota is used up")
                      : Optional.empty();
                })
            .validatedBy(
                candidate -> {
                  asked.add("third");
                  throw new IllegalStateException("out of order");
                });
    IngestException refusal =
        catchThrowableOfType(IngestException.class, () -> ingest(rules).bytes(KEY, PICTURE));
    assertThat(refusal.reason()).isEqualTo(IngestReason.VALIDATOR_REFUSED);
    assertThat(refusal).hasMessage("the quota is used up");
    assertThat(asked).containsExactly("first image/png " + PICTURE.length, "second 64");
    // One that fails has not accepted.
    assertThat(reason(() -> ingest(rules).bytes(AssetKey.of("acme", "b.png"), PICTURE)))
        .isEqualTo(IngestReason.VALIDATOR_REFUSED);
    assertThat(empty()).isTrue();
  }

  @Test
  void whatIsThereIsKeptWhenAsked() throws IOException {
    Ingest keeping = ingest(rules().on(Existing.KEEP));
    assertThat(keeping.bytes(KEY, PICTURE).length()).isEqualTo(PICTURE.length);
    // The same bytes are no conflict: the first answer may have been lost.
    assertThat(keeping.bytes(KEY, PICTURE).length()).isEqualTo(PICTURE.length);
    assertThat(reason(() -> keeping.bytes(KEY, LARGE))).isEqualTo(IngestReason.ALREADY_THERE);
    assertThat(store.open(KEY).stream().readAllBytes()).isEqualTo(PICTURE);
    assertThat(ingest().bytes(KEY, LARGE).length()).isEqualTo(LARGE.length);
  }

  @Test
  void keysOfRenditionsAreRefused() {
    Ingest ingest = Ingest.into(store, key -> true, rules());
    assertThat(reason(() -> ingest.bytes(KEY, PICTURE))).isEqualTo(IngestReason.KEY_REFUSED);
    assertThat(reason(() -> ingest.url(KEY, "http://a.test/"))).isEqualTo(IngestReason.KEY_REFUSED);
    assertThat(reason(() -> ingest.confirm(KEY, Expected.ANYTHING)))
        .isEqualTo(IngestReason.KEY_REFUSED);
  }

  @Test
  void aFolderIsNoFile() {
    assertThatIOException().isThrownBy(() -> ingest().file(KEY, files));
    assertThatIOException().isThrownBy(() -> ingest().file(KEY, files.resolve("absent")));
  }

  @Test
  void aConfirmedUploadGetsItsTrueType() throws IOException {
    for (byte[] bytes : List.of(PICTURE, LARGE)) {
      store.put(
          UPLOADED,
          AssetSource.ofBytes(bytes, "application/octet-stream"),
          AssetAttributes.NONE.with("who", "me"));
      AssetInfo info = ingest().confirm(UPLOADED, Expected.ANYTHING.withLength(bytes.length));
      assertThat(info.mediaType()).isEqualTo("image/png");
      assertThat(store.stat(UPLOADED)).contains(info);
      assertThat(info.attributes().metadata()).containsEntry("who", "me");
    }
  }

  @Test
  void aConfirmedUploadMovesToItsKey() throws IOException {
    for (byte[] bytes : List.of(PICTURE, LARGE)) {
      store.put(UPLOADED, AssetSource.ofBytes(bytes, "image/png"));
      AssetInfo info = ingest().confirm(UPLOADED, KEY, Expected.ANYTHING);
      assertThat(info.key()).isEqualTo(KEY);
      assertThat(store.open(KEY).stream().readAllBytes()).isEqualTo(bytes);
      assertThat(store.stat(UPLOADED)).isEmpty();
    }
  }

  @Test
  void aRefusedUploadIsDeletedOrPutAside() throws IOException {
    assertThat(reason(() -> ingest().confirm(UPLOADED, Expected.ANYTHING)))
        .isEqualTo(IngestReason.UPLOAD_MISSING);
    store.put(UPLOADED, AssetSource.ofBytes(TEXT, "image/png"));
    assertThat(reason(() -> ingest().confirm(UPLOADED, Expected.ANYTHING)))
        .isEqualTo(IngestReason.NOT_A_PICTURE);
    assertThat(empty()).isTrue();
    store.put(UPLOADED, AssetSource.ofBytes(PICTURE, "image/png"));
    assertThat(reason(() -> ingest().confirm(UPLOADED, Expected.ANYTHING.withLength(1))))
        .isEqualTo(IngestReason.LENGTH_MISMATCH);
    assertThat(empty()).isTrue();
    store.put(UPLOADED, AssetSource.ofBytes(LARGE, "image/png"));
    Ingest aside =
        ingest(rules().quarantining("quarantine").validatedBy(candidate -> Optional.of("a virus")));
    assertThat(reason(() -> aside.confirm(UPLOADED, KEY, Expected.ANYTHING)))
        .isEqualTo(IngestReason.VALIDATOR_REFUSED);
    AssetInfo held = store.stat(AssetKey.of("acme", "quarantine/incoming/x")).orElseThrow();
    assertThat(held.length()).isEqualTo(LARGE.length);
    assertThat(held.mediaType()).isEqualTo("application/octet-stream");
    assertThat(store.list("acme", "").count()).isEqualTo(1);
  }

  @Test
  void anUploadThatChangesWhileItIsConfirmedIsNotTaken() throws IOException {
    byte[] other = LARGE.clone();
    other[other.length - 20] ^= 1;
    store.put(UPLOADED, AssetSource.ofBytes(LARGE, "image/png"));
    Ingest ingest =
        ingest(
            rules()
                .validatedBy(
                    candidate -> {
                      store.put(UPLOADED, AssetSource.ofBytes(other, "image/png"));
                      return Optional.empty();
                    }));
    assertThat(reason(() -> ingest.confirm(UPLOADED, KEY, Expected.ANYTHING)))
        .isEqualTo(IngestReason.SOURCE_CHANGED);
    assertThat(store.stat(KEY)).isEmpty();
  }

  @Test
  void aStoreThatFailsIsAnIoException() {
    AssetStore broken =
        new ForwardingStore() {
          @Override
          public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
              throws IOException {
            throw new IOException("no space left");
          }
        };
    assertThatIOException()
        .isThrownBy(() -> Ingest.into(broken, key -> false, rules()).bytes(KEY, PICTURE))
        .withMessage("no space left");
  }

  private static void stream(Ingest ingest, byte[] bytes, Expected expected) throws IOException {
    var unused = ingest.stream(KEY, new ByteArrayInputStream(bytes), "image/png", expected);
  }

  private boolean empty() {
    try {
      return store.list("acme", "").findAny().isEmpty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static IngestReason reason(ThrowingCallable call) {
    IngestException refusal = catchThrowableOfType(IngestException.class, call);
    assertThat(refusal).isNotNull();
    return refusal.reason();
  }

  private IngestRules rules() {
    return IngestRules.DEFAULT.withTemporaryFolder(folder);
  }

  private Ingest ingest() {
    return ingest(rules());
  }

  private Ingest ingest(IngestRules rules) {
    return Ingest.into(store, key -> false, rules);
  }
}
