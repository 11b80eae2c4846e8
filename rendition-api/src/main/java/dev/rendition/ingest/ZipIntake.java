package dev.rendition.ingest;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.MediaType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Takes the entries of one archive in, one after another. Made for one archive. */
final class ZipIntake {
  /** After so many failures of the store in a row the rest is not tried. */
  private static final int MOST_FAILURES = 5;

  private final ZipArchive archive;
  private final ZipNames names;
  private final IngestRules rules;
  private final Judge judge;
  private final Intake intake;
  private final ZipListener listener;
  private long unfolded;
  private int failures;

  ZipIntake(
      ZipArchive archive,
      ZipNames names,
      IngestRules rules,
      Judge judge,
      Intake intake,
      ZipListener listener) {
    this.archive = archive;
    this.names = names;
    this.rules = rules;
    this.judge = judge;
    this.intake = intake;
    this.listener = listener;
  }

  ZipReport run() {
    List<IngestOutcome> outcomes = new ArrayList<>();
    boolean ended = false;
    for (ZipRecord record : archive.records()) {
      ended = ended || listener.cancelled() || Thread.currentThread().isInterrupted();
      IngestOutcome outcome = ended ? unbegun(record) : take(record);
      outcomes.add(outcome);
      listener.done(
          outcome, new ZipListener.Progress(outcomes.size(), archive.records().size(), unfolded));
    }
    return new ZipReport(outcomes);
  }

  private IngestOutcome unbegun(ZipRecord record) {
    return new IngestOutcome.Skipped(
        ZipNames.shown(record), IngestReason.CANCELLED, "the import ended before its turn");
  }

  private IngestOutcome take(ZipRecord record) {
    String name = ZipNames.shown(record);
    if (failures >= MOST_FAILURES) {
      return new IngestOutcome.Skipped(
          name, IngestReason.CANCELLED, "not tried, because the store failed several times");
    }
    try {
      String text = ZipNames.text(record);
      ZipNames.requireSafe(text);
      requireWanted(record, text);
      AssetKey key = names.key(record, text);
      judge.requireOriginal(key);
      requireReadable(record);
      IngestOutcome outcome = unfold(record, name, key);
      failures = 0;
      return outcome;
    } catch (IngestException e) {
      return refused(name, e);
    } catch (IOException e) {
      failures++;
      return new IngestOutcome.Refused(
          name,
          IngestReason.STORE_FAILED,
          "it could not be stored: " + Shown.text(String.valueOf(e.getMessage())));
    }
  }

  private static IngestOutcome refused(String name, IngestException e) {
    return switch (e.reason()) {
      case FOLDER, LINK, HIDDEN, SYSTEM_FILE, NOT_A_PICTURE, NESTED_ARCHIVE ->
          new IngestOutcome.Skipped(name, e.reason(), e.sentence());
      default -> new IngestOutcome.Refused(name, e.reason(), e.sentence());
    };
  }

  /** Passes over what nobody means when they pack a folder of pictures. */
  private static void requireWanted(ZipRecord record, String name) {
    if (name.endsWith("/")) {
      throw new IngestException(IngestReason.FOLDER, "it is a folder");
    }
    if (record.special()) {
      throw new IngestException(IngestReason.LINK, "it is a link or a device, and is not followed");
    }
    List<String> segments = List.of(name.split("/", -1));
    if (segments.contains("__MACOSX")) {
      throw new IngestException(IngestReason.SYSTEM_FILE, "it is what a system keeps for itself");
    }
    if (segments.stream().anyMatch(segment -> segment.startsWith("."))) {
      throw new IngestException(IngestReason.HIDDEN, "its name begins with a dot");
    }
  }

  /** Refuses what can be told from the directory alone. */
  private void requireReadable(ZipRecord record) {
    record
        .lie()
        .ifPresent(
            lie -> {
              throw new IngestException(IngestReason.ENTRY_LIES, lie);
            });
    if (record.encrypted()) {
      throw new IngestException(
          IngestReason.ENCRYPTED, "it is encrypted; pack it without a password");
    }
    if (record.method() != ZipRecord.STORED && record.method() != ZipRecord.DEFLATED) {
      throw new IngestException(
          IngestReason.METHOD_UNSUPPORTED,
          "it is packed by method " + record.method() + "; pack it by deflate");
    }
    if (record.size() > rules.maxBytes()) {
      throw Gauge.tooLarge("it", rules.maxBytes());
    }
    if (record.size() > ZipRules.RATIO_FREE
        && record.size() / rules.zips().maxRatio() > record.compressed()) {
      throw new IngestException(
          IngestReason.RATIO_EXCEEDED,
          "it unfolds " + record.compressed() + " bytes to " + record.size());
    }
    if (record.size() > rules.zips().maxTotalBytes() - unfolded) {
      throw new IngestException(
          IngestReason.TOTAL_EXCEEDED,
          "with it the archive unfolds to more than "
              + rules.zips().maxTotalBytes()
              + " bytes; divide it, or raise the limit");
    }
  }

  private IngestOutcome unfold(ZipRecord record, String name, AssetKey key) throws IOException {
    try (EntryStream in = new EntryStream(archive, record);
        Spool spool = new Spool(rules.maxBytes(), key.toString(), rules.temporaryFolder())) {
      try {
        // What is no picture is known by its first bytes, and not unfolded further.
        byte[] head = in.readNBytes(MediaType.SIGNATURE_BYTES);
        if (head.length > 0) {
          var unused = judge.type(Shown.text(name), head);
        }
        spool.write(head, head.length);
        byte[] buffer = new byte[32 << 10];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          spool.write(buffer, n);
        }
        spool.finish();
      } finally {
        unfolded += in.given();
      }
      String declared = MediaType.ofExtension(key.extension());
      return new IngestOutcome.Stored(
          name, intake.take(key, declared, spool.gauge(), spool::open, Expected.ANYTHING));
    }
  }
}
