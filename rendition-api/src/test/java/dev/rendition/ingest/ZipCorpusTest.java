package dev.rendition.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rendition.asset.MemoryAssetStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every archive of the corpus, with what somebody else says has to become of it. */
@Timeout(120)
class ZipCorpusTest {
  private static final String VARIABLE = "RENDITION_CORPUS";

  /** File, then what becomes of its entries, or why it is refused as a whole. */
  private static final String EXPECTED =
      """
      bomb-300MiB-ratio-1000.zip=3 RATIO_EXCEEDED
      control-and-reserved-names.zip=4 NAME_INVALID, 1 NAME_UNSAFE, 4 stored
      corrupt-middle.zip=1 ENTRY_DAMAGED, 1 FOLDER, 1 HIDDEN, 2 NOT_A_PICTURE, 1 SYSTEM_FILE, 11 stored
      cp437-names.zip=1 NAME_INVALID, 1 stored
      duplicate-names.zip=1 DUPLICATE_NAME, 2 stored
      empty.zip=
      encrypted-aes256.zip=3 ENCRYPTED
      encrypted-zipcrypto.zip=3 ENCRYPTED
      entries-10000.zip=10000 stored
      gif-zip-polyglot.gif=ARCHIVE_DAMAGED
      local-central-name-mismatch.zip=1 ENTRY_LIES
      lying-size.zip=1 ENTRY_LIES
      name-65535-bytes.zip=1 FOLDER, 1 NAME_INVALID
      nested-zip-5-levels.zip=1 NESTED_ARCHIVE
      normal-nested-unicode.zip=1 FOLDER, 1 HIDDEN, 2 NOT_A_PICTURE, 1 SYSTEM_FILE, 12 stored
      not-a-zip.zip=ARCHIVE_DAMAGED
      overlap-bomb-5000x20MiB.zip=ARCHIVE_OVERLAPPING
      prefixed-sfx.zip=ARCHIVE_DAMAGED
      symlink-entries.zip=2 LINK, 1 stored
      truncated-60pc.zip=ARCHIVE_DAMAGED
      unsupported-method.zip=1 METHOD_UNSUPPORTED, 1 stored
      wrong-crc.zip=1 ENTRY_DAMAGED
      zero-bytes.zip=ARCHIVE_DAMAGED
      zip-slip.zip=1 HIDDEN, 9 NAME_UNSAFE, 1 stored
      """;

  @TempDir Path folder;

  @Test
  void everyArchiveIsTakenOrRefusedAsItShould() throws IOException {
    String corpus = System.getProperty(VARIABLE, System.getenv(VARIABLE));
    assumeTrue(
        corpus != null && Files.exists(Path.of(corpus, "MANIFEST.tsv")),
        VARIABLE + " names no corpus");
    Map<String, String> results = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of(corpus, "MANIFEST.tsv"))) {
      List<String> fields = List.of(line.split("\t", -1));
      if (!fields.get(0).startsWith("archives/")) {
        continue;
      }
      String name = fields.get(0).substring("archives/".length());
      MemoryAssetStore store = new MemoryAssetStore();
      Ingest ingest =
          Ingest.into(store, key -> false, IngestRules.DEFAULT.withTemporaryFolder(folder));
      String result;
      try {
        ZipReport report =
            ingest.zip("acme", "in", Path.of(corpus, fields.get(0)), ZipListener.SILENT);
        assertThat(store.list("acme", "in/").count()).isEqualTo(report.stored().size());
        result = summary(report);
      } catch (IngestException e) {
        result = e.reason().name();
      }
      assertThat(store.list("acme", "").filter(info -> !info.key().path().startsWith("in/")))
          .isEmpty();
      if (fields.get(11).equals("reject")) {
        assertThat(store.list("acme", "")).as(name).isEmpty();
      }
      results.put(name, result);
    }
    Map<String, String> expected = new TreeMap<>();
    EXPECTED
        .lines()
        .forEach(
            line ->
                expected.put(
                    line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    results.keySet().retainAll(expected.keySet());
    // Another corpus of the same kinds may hold others.
    expected.keySet().retainAll(results.keySet());
    assertThat(results).isEqualTo(expected);
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  private static String summary(ZipReport report) {
    Map<String, Integer> counts = new TreeMap<>();
    for (IngestOutcome outcome : report.outcomes()) {
      String kind = "stored";
      if (outcome instanceof IngestOutcome.Refused refused) {
        kind = refused.reason().name();
      } else if (outcome instanceof IngestOutcome.Skipped skipped) {
        kind = skipped.reason().name();
      }
      counts.merge(kind, 1, Integer::sum);
    }
    List<String> parts = new ArrayList<>();
    counts.forEach((kind, count) -> parts.add(count + " " + kind));
    return String.join(", ", parts);
  }
}
