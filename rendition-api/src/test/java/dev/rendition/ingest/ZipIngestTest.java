package dev.rendition.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rendition.ForwardingStore;
import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.asset.MemoryAssetStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ZipIngestTest {
  private static final byte[] PICTURE = Drawn.picture("png", 20, 1);
  private static final byte[] OTHER = Drawn.picture("gif", 20, 2);

  @TempDir Path folder;
  private final AssetStore store = new MemoryAssetStore();

  @AfterEach
  void nothingWaitsInATemporaryFile() throws IOException {
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void eachPictureIsAnOriginal() throws IOException {
    byte[] zip =
        new ZipMaker()
            .entry("a.png", PICTURE)
            .entry("deep/er/b.gif", OTHER, entry -> ZipMaker.stored(entry, OTHER))
            .entry("über/ça.png", PICTURE, ZipMaker.Entry::described)
            .entry("large.png", PICTURE, ZipMaker.Entry::large)
            .entry("f..jpg", PICTURE)
            .bytes();
    ZipReport report = zip(zip);
    assertThat(report.refused()).isEmpty();
    assertThat(report.stored())
        .extracting(stored -> stored.info().key().path())
        .containsExactly(
            "in/a.png", "in/deep/er/b.gif", "in/über/ça.png", "in/large.png", "in/f..jpg");
    assertThat(report.stored().get(4).info().mediaType()).isEqualTo("image/png");
    assertThat(store.open(AssetKey.of("acme", "in/large.png")).stream().readAllBytes())
        .isEqualTo(PICTURE);
    assertThat(store.open(AssetKey.of("acme", "in/deep/er/b.gif")).stream().readAllBytes())
        .isEqualTo(OTHER);
  }

  @Test
  void archivesOfTheJdkAreRead() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      zip.setComment("a comment");
      zip.putNextEntry(new ZipEntry("folder/"));
      zip.putNextEntry(new ZipEntry("folder/größe.png"));
      zip.write(PICTURE);
      ZipEntry stored = new ZipEntry("stored.png");
      stored.setMethod(ZipEntry.STORED);
      stored.setSize(PICTURE.length);
      java.util.zip.CRC32 crc = new java.util.zip.CRC32();
      crc.update(PICTURE);
      stored.setCrc(crc.getValue());
      zip.putNextEntry(stored);
      zip.write(PICTURE);
    }
    ZipReport report = zip(out.toByteArray());
    assertThat(reasons(report)).containsExactly("FOLDER", "stored", "stored");
  }

  @Test
  void anArchiveWithLargeNumbersIsRead() throws IOException {
    assertThat(reasons(zip(new ZipMaker().large().entry("a.png", PICTURE).bytes())))
        .containsExactly("stored");
  }

  @Test
  void anEmptyArchiveHasNoEntries() throws IOException {
    assertThat(
            zip(new ZipMaker().comment("nothing".getBytes(StandardCharsets.UTF_8)).bytes())
                .outcomes())
        .isEmpty();
  }

  @Test
  void namesOfOldProgramsAreRead() throws IOException {
    Consumer<ZipMaker.Entry> unsaid =
        entry -> {
          entry.flags = 0;
          entry.localFlags = 0;
        };
    byte[] zip =
        new ZipMaker()
            .entry("forgot/é.png", PICTURE, unsaid)
            .entry(
                "x",
                PICTURE,
                unsaid.andThen(
                    entry -> {
                      entry.name = "Größe│.png".getBytes(Charset.forName("IBM437"));
                      entry.localName = entry.name;
                    }))
            .bytes();
    assertThat(zip(zip).stored())
        .extracting(IngestOutcome::name)
        .containsExactly("forgot/é.png", "Größe│.png");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../a.png",
        "a/../../b.png",
        "a/..",
        "..",
        ".",
        "./a.png",
        "a/./b.png",
        "/etc/a.png",
        "//host/a.png",
        "C:/a.png",
        "C:a.png",
        "c:\\a.png",
        "..\\a.png",
        "a\\..\\b.png",
        "\\\\host\\a.png",
        "a\\b.png",
        "%2e%2E/a.png",
        "a/.%2e/b.png",
        "..%2fa.png",
        "a%5cb.png"
      })
  void namesThatLeadOutAreRefused(String name) throws IOException {
    ZipReport report = zip(new ZipMaker().entry(name, PICTURE).entry("ok.png", PICTURE).bytes());
    assertThat(reasons(report)).containsExactly("NAME_UNSAFE", "stored");
    assertThat(store.list("acme", "").count()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000.png", "a\r\nb.png", "a//b.png", "a\u202egnp.exe", "\uffff.png"})
  void namesThatCannotBeKeysAreRefused(String name) throws IOException {
    assertThat(reasons(zip(new ZipMaker().entry(name, PICTURE).bytes())))
        .containsExactly("NAME_INVALID");
  }

  @Test
  void whatNobodyMeansIsSkipped() throws IOException {
    byte[] zip =
        new ZipMaker()
            .entry("folder/", new byte[0])
            .entry("__MACOSX/a.png", PICTURE)
            .entry("__MACOSX/._a.png", PICTURE)
            .entry(".DS_Store", PICTURE)
            .entry(".git/a.png", PICTURE)
            .entry("notes.png", "just text".getBytes(StandardCharsets.UTF_8))
            .entry("inner.zip", new ZipMaker().entry("a.png", PICTURE).bytes())
            .entry("link.png", PICTURE, entry -> entry.mode = 0xa1ff)
            .entry("device.png", PICTURE, entry -> entry.mode = 0x21ff)
            .entry("empty.png", new byte[0])
            .entry("page.svg", "<svg onload='x'/>".getBytes(StandardCharsets.UTF_8))
            .bytes();
    ZipReport report = zip(zip);
    assertThat(reasons(report))
        .containsExactly(
            "FOLDER",
            "SYSTEM_FILE",
            "SYSTEM_FILE",
            "HIDDEN",
            "HIDDEN",
            "NOT_A_PICTURE",
            "NESTED_ARCHIVE",
            "LINK",
            "LINK",
            "EMPTY",
            "TYPE_NOT_ACCEPTED");
    assertThat(report.skipped()).hasSize(9);
  }

  @Test
  void aNameCountsOnce() throws IOException {
    byte[] zip =
        new ZipMaker()
            .entry("a.png", PICTURE)
            .entry("a.png", OTHER)
            .entry("A.png", OTHER)
            .entry("é.png", PICTURE)
            .entry("e\u0301.png", OTHER)
            .entry("ẞ.png", PICTURE)
            .entry("ß.png", PICTURE)
            .bytes();
    assertThat(reasons(zip(zip)))
        .containsExactly(
            "stored", "DUPLICATE_NAME", "stored", "stored", "DUPLICATE_NAME", "stored", "stored");
    assertThat(store.open(AssetKey.of("acme", "in/a.png")).stream().readAllBytes())
        .isEqualTo(PICTURE);
    IngestRules folding = rules().with(ZipRules.DEFAULT.foldingCase(true));
    assertThat(reasons(ingest(folding).zip("acme", "", zip, ZipListener.SILENT)))
        .containsExactly(
            "stored",
            "DUPLICATE_NAME",
            "DUPLICATE_NAME",
            "stored",
            "DUPLICATE_NAME",
            "stored",
            "stored");
  }

  @Test
  void entriesThatLieAreRefused() throws IOException {
    byte[] zip =
        new ZipMaker()
            .entry(
                "a.png",
                PICTURE,
                entry -> entry.localName = "b.png".getBytes(StandardCharsets.UTF_8))
            .entry(
                "c.png",
                PICTURE,
                entry -> entry.localName = "../evil.png".getBytes(StandardCharsets.UTF_8))
            .entry("d.png", PICTURE, entry -> entry.localMethod = 0)
            .entry("e.png", PICTURE, entry -> entry.localFlags |= 1)
            .entry("f.png", PICTURE, entry -> entry.localSize = 5)
            .entry("g.png", PICTURE, entry -> entry.localCompressed = 5)
            .entry("h.png", PICTURE, entry -> entry.localCrc = 5)
            .entry(
                "i.png",
                PICTURE,
                entry -> {
                  entry.size = 10;
                  entry.localSize = 10;
                })
            .entry(
                "j.png",
                PICTURE,
                entry -> {
                  entry.size = 1_000_000;
                  entry.localSize = 1_000_000;
                })
            .entry(
                "k.png",
                PICTURE,
                entry -> {
                  entry.packed = Arrays.copyOf(entry.packed, entry.packed.length + 9);
                  entry.compressed += 9;
                  entry.localCompressed += 9;
                })
            .entry(
                "l.png",
                PICTURE,
                entry -> {
                  ZipMaker.stored(entry, PICTURE);
                  entry.size -= 1;
                  entry.localSize -= 1;
                })
            .entry(
                "m.png",
                PICTURE,
                entry -> {
                  entry.noLocal = true;
                  entry.offset = 3;
                })
            .entry("ok.png", PICTURE)
            .bytes();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      expected.add("ENTRY_LIES");
    }
    expected.add("stored");
    assertThat(reasons(zip(zip))).isEqualTo(expected);
  }

  @Test
  void damagedEntriesAreRefused() throws IOException {
    byte[] zip =
        new ZipMaker()
            .entry(
                "crc.png",
                PICTURE,
                entry -> {
                  entry.crc ^= 1;
                  entry.localCrc ^= 1;
                })
            .entry(
                "crc-stored.png",
                PICTURE,
                entry -> {
                  ZipMaker.stored(entry, PICTURE);
                  entry.crc ^= 1 << 31;
                  entry.localCrc = entry.crc;
                })
            .entry("cut.png", PICTURE, entry -> cut(entry, entry.packed.length / 2))
            .entry(
                "zeros.png", PICTURE, entry -> Arrays.fill(entry.packed, 1_100, 1_150, (byte) 0xff))
            .entry("none.png", PICTURE, entry -> cut(entry, 0))
            .bytes();
    assertThat(reasons(zip(zip)))
        .containsExactly(
            "ENTRY_DAMAGED", "ENTRY_DAMAGED", "ENTRY_DAMAGED", "ENTRY_DAMAGED", "ENTRY_DAMAGED");
    assertThat(store.list("acme", "")).isEmpty();
  }

  @Test
  void whatCannotBeUnpackedIsRefused() throws IOException {
    byte[] zip =
        new ZipMaker()
            .entry("a.png", PICTURE, entry -> flag(entry, 1))
            .entry("b.png", PICTURE, entry -> flag(entry, 1 << 6))
            .entry("c.png", PICTURE, entry -> method(entry, 99))
            .entry("d.png", PICTURE, entry -> method(entry, 14))
            .entry("e.png", PICTURE, entry -> method(entry, 12))
            .entry("f.png", PICTURE, entry -> method(entry, 9))
            .bytes();
    assertThat(reasons(zip(zip)))
        .containsExactly(
            "ENCRYPTED",
            "ENCRYPTED",
            "ENCRYPTED",
            "METHOD_UNSUPPORTED",
            "METHOD_UNSUPPORTED",
            "METHOD_UNSUPPORTED");
  }

  @Test
  void bombsAreRefused() throws IOException {
    byte[] flat = new byte[40 << 20];
    System.arraycopy(PICTURE, 0, flat, 0, PICTURE.length);
    byte[] zip = new ZipMaker().entry("flat.png", flat).entry("ok.png", PICTURE).bytes();
    assertThat(reasons(zip(zip))).containsExactly("RATIO_EXCEEDED", "stored");
    ZipRules loose = ZipRules.DEFAULT.withMaxRatio(2_000);
    assertThat(reasons(ingest(rules().with(loose)).zip("acme", "x", zip, ZipListener.SILENT)))
        .containsExactly("stored", "stored");
    IngestRules small = rules().with(loose).withMaxBytes(10 << 20);
    assertThat(reasons(ingest(small).zip("acme", "y", zip, ZipListener.SILENT)))
        .containsExactly("TOO_LARGE", "stored");
    byte[] twice = new ZipMaker().entry("a.png", flat).entry("b.png", flat).bytes();
    IngestRules total = rules().with(loose.withMaxTotalBytes(60 << 20));
    assertThat(reasons(ingest(total).zip("acme", "z", twice, ZipListener.SILENT)))
        .containsExactly("stored", "TOTAL_EXCEEDED");
  }

  @Test
  void overlappingEntriesAreRefusedAsAWhole() {
    byte[] shared =
        new ZipMaker()
            .entry("a.png", PICTURE)
            .entry(
                "a.png",
                PICTURE,
                entry -> {
                  entry.noLocal = true;
                  entry.offset = 0;
                })
            .bytes();
    assertThat(refusal(shared)).isEqualTo(IngestReason.ARCHIVE_OVERLAPPING);
    // One entry quotes the header of the next as its bytes.
    byte[] quoted =
        new ZipMaker()
            .entry(
                "a.png",
                PICTURE,
                entry -> {
                  entry.compressed += 40;
                  entry.localCompressed += 40;
                })
            .entry("b.png", PICTURE)
            .bytes();
    assertThat(refusal(quoted)).isEqualTo(IngestReason.ARCHIVE_OVERLAPPING);
    assertThat(stored()).isZero();
  }

  @Test
  void whatIsReadDifferentlyByOthersIsRefusedAsAWhole() {
    byte[] sound = new ZipMaker().entry("a.png", PICTURE).bytes();
    byte[] inner = new ZipMaker().entry("b.png", OTHER).bytes();
    assertThat(refusal(new byte[0])).isEqualTo(IngestReason.ARCHIVE_DAMAGED);
    assertThat(refusal(PICTURE)).isEqualTo(IngestReason.ARCHIVE_DAMAGED);
    assertThat(refusal(Arrays.copyOf(sound, sound.length - 1)))
        .isEqualTo(IngestReason.ARCHIVE_DAMAGED);
    assertThat(refusal(Arrays.copyOf(sound, sound.length + 1)))
        .isEqualTo(IngestReason.ARCHIVE_DAMAGED);
    assertThat(refusal(new ZipMaker().prefix(PICTURE).entry("a.png", PICTURE).bytes()))
        .isEqualTo(IngestReason.ARCHIVE_DAMAGED);
    assertThat(refusal(new ZipMaker().entry("a.png", PICTURE).comment(inner).bytes()))
        .isEqualTo(IngestReason.ARCHIVE_DAMAGED);
    for (int more : new int[] {-1, 1, 100}) {
      assertThat(refusal(new ZipMaker().entry("a.png", PICTURE).countMore(more).bytes()))
          .isEqualTo(IngestReason.ARCHIVE_DAMAGED);
    }
    assertThat(stored()).isZero();
  }

  @Test
  void tooManyEntriesAreRefusedBeforeAnyIsRead() {
    ZipMaker maker = new ZipMaker();
    for (int i = 0; i < 11; i++) {
      maker.entry(i + ".png", PICTURE);
    }
    Ingest ingest = ingest(rules().with(ZipRules.DEFAULT.withMaxEntries(10)));
    IngestException refusal =
        catchThrowableOfType(
            IngestException.class, () -> ingest.zip("acme", "", maker.bytes(), ZipListener.SILENT));
    assertThat(refusal.reason()).isEqualTo(IngestReason.TOO_MANY_ENTRIES);
    Ingest small = ingest(rules().with(ZipRules.DEFAULT.withMaxBytes(1_000)));
    IngestException large =
        catchThrowableOfType(
            IngestException.class, () -> small.zip("acme", "", maker.bytes(), ZipListener.SILENT));
    assertThat(large.reason()).isEqualTo(IngestReason.TOO_LARGE);
    assertThat(stored()).isZero();
  }

  @Test
  void aListenerIsToldOfEachEntryAndMayEndIt() throws IOException {
    ZipMaker maker = new ZipMaker();
    for (int i = 0; i < 5; i++) {
      maker.entry(i + ".png", PICTURE);
    }
    List<ZipListener.Progress> steps = new ArrayList<>();
    ZipReport report =
        ingest(rules())
            .zip(
                "acme",
                "",
                maker.bytes(),
                new ZipListener() {
                  @Override
                  public void done(IngestOutcome outcome, Progress progress) {
                    steps.add(progress);
                  }

                  @Override
                  public boolean cancelled() {
                    return steps.size() == 3;
                  }
                });
    assertThat(reasons(report))
        .containsExactly("stored", "stored", "stored", "CANCELLED", "CANCELLED");
    assertThat(steps).hasSize(5);
    assertThat(steps.get(2)).isEqualTo(new ZipListener.Progress(3, 5, 3L * PICTURE.length));
  }

  @Test
  void anInterruptEndsIt() throws IOException {
    byte[] zip = new ZipMaker().entry("a.png", PICTURE).entry("b.png", PICTURE).bytes();
    ZipReport report =
        ingest(rules())
            .zip("acme", "", zip, (outcome, progress) -> Thread.currentThread().interrupt());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(reasons(report)).containsExactly("stored", "CANCELLED");
  }

  @Test
  void aStoreThatFailsIsToldOfEachEntryAndNotAskedForEver() throws IOException {
    List<AssetKey> asked = new ArrayList<>();
    AssetStore broken =
        new ForwardingStore() {
          @Override
          public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
              throws IOException {
            asked.add(key);
            throw new IOException("no space left");
          }
        };
    ZipMaker maker = new ZipMaker();
    for (int i = 0; i < 8; i++) {
      maker.entry(i + ".png", PICTURE);
    }
    ZipReport report =
        Ingest.into(broken, key -> false, rules())
            .zip("acme", "", maker.bytes(), ZipListener.SILENT);
    assertThat(asked).hasSize(5);
    assertThat(report.refused())
        .hasSize(5)
        .allMatch(refused -> refused.reason() == IngestReason.STORE_FAILED)
        .allMatch(refused -> refused.detail().contains("no space left"));
    assertThat(report.skipped()).hasSize(3);
  }

  @Test
  void keysOfRenditionsAreRefused() throws IOException {
    byte[] zip = new ZipMaker().entry("a.png", PICTURE).entry("b.png", PICTURE).bytes();
    Ingest ingest = Ingest.into(store, key -> key.name().equals("b.png"), rules());
    assertThat(reasons(ingest.zip("acme", "", zip, ZipListener.SILENT)))
        .containsExactly("stored", "KEY_REFUSED");
  }

  /** Bits turned, bytes changed, parts cut: every answer is a report or a typed refusal. */
  @Test
  void mutantsAreRefusedOrSound() throws IOException {
    byte[] sound =
        new ZipMaker()
            .entry("a.png", PICTURE)
            .entry("b.gif", OTHER, entry -> ZipMaker.stored(entry, OTHER))
            .entry("c.png", PICTURE, ZipMaker.Entry::described)
            .entry("d.png", PICTURE, ZipMaker.Entry::large)
            .large()
            .bytes();
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 1_500; i++) {
      byte[] mutant = sound.clone();
      int changes = 1 + random.nextInt(4);
      for (int c = 0; c < changes; c++) {
        // The interesting bytes are in headers: the last 500, and the first 40.
        int at =
            random.nextBoolean()
                ? mutant.length - 1 - random.nextInt(500)
                : random.nextInt(mutant.length);
        mutant[at] =
            (byte)
                (random.nextBoolean() ? random.nextInt(256) : mutant[at] ^ 1 << random.nextInt(8));
      }
      if (random.nextInt(10) == 0) {
        mutant = Arrays.copyOf(mutant, random.nextInt(mutant.length));
      }
      try {
        for (IngestOutcome.Stored stored : zip(mutant).stored()) {
          byte[] bytes = store.open(stored.info().key()).stream().readAllBytes();
          assertThat(Arrays.equals(bytes, PICTURE) || Arrays.equals(bytes, OTHER)).isTrue();
          assertThat(stored.info().key().path()).startsWith("in/");
        }
      } catch (IngestException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(200, 1_450);
  }

  private static void cut(ZipMaker.Entry entry, int length) {
    entry.packed = Arrays.copyOf(entry.packed, length);
    entry.compressed = length;
    entry.localCompressed = length;
  }

  private static void flag(ZipMaker.Entry entry, int bit) {
    entry.flags |= bit;
    entry.localFlags |= bit;
  }

  private static void method(ZipMaker.Entry entry, int method) {
    entry.method = method;
    entry.localMethod = method;
  }

  private static List<String> reasons(ZipReport report) {
    return report.outcomes().stream()
        .map(
            outcome ->
                outcome instanceof IngestOutcome.Refused refused
                    ? refused.reason().name()
                    : outcome instanceof IngestOutcome.Skipped skipped
                        ? skipped.reason().name()
                        : "stored")
        .toList();
  }

  private long stored() {
    try {
      return store.list("acme", "").count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private IngestReason refusal(byte[] zip) {
    IngestException refusal = catchThrowableOfType(IngestException.class, () -> zip(zip));
    assertThat(refusal).isNotNull();
    return refusal.reason();
  }

  private ZipReport zip(byte[] zip) throws IOException {
    return ingest(rules()).zip("acme", "in", zip, ZipListener.SILENT);
  }

  private IngestRules rules() {
    return IngestRules.DEFAULT.withTemporaryFolder(folder);
  }

  private Ingest ingest(IngestRules rules) {
    return Ingest.into(store, key -> false, rules);
  }
}
