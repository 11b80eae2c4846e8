package dev.rendition.ingest;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetInfo;

/** What became of one entry of an archive. */
public sealed interface IngestOutcome {
  /**
   * Returns the entry's name as the archive gives it, cut to 1,024 characters. It is hostile: it
   * may hold anything.
   */
  String name();

  /**
   * The entry is an original now.
   *
   * @param name the entry's name
   * @param info what is stored
   */
  record Stored(String name, AssetInfo info) implements IngestOutcome {
    public Stored {
      requireNonNull(name, "name");
      requireNonNull(info, "info");
    }
  }

  /**
   * The entry is nothing that was to be taken: a folder, a system's file, no picture.
   *
   * @param name the entry's name
   * @param reason why, from the closed list
   * @param detail one sentence
   */
  record Skipped(String name, IngestReason reason, String detail) implements IngestOutcome {
    public Skipped {
      requireNonNull(name, "name");
      requireNonNull(reason, "reason");
      requireNonNull(detail, "detail");
    }
  }

  /**
   * The entry was to be taken and could not.
   *
   * @param name the entry's name
   * @param reason why, from the closed list
   * @param detail one sentence: what, which value, what to do
   */
  record Refused(String name, IngestReason reason, String detail) implements IngestOutcome {
    public Refused {
      requireNonNull(name, "name");
      requireNonNull(reason, "reason");
      requireNonNull(detail, "detail");
    }
  }
}
