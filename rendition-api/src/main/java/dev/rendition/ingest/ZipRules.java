package dev.rendition.ingest;

/**
 * How much an archive may hold. What one entry may hold is {@link IngestRules#maxBytes}.
 *
 * @param maxBytes the most bytes an archive may have, 1 or more
 * @param maxEntries the most entries, folders and skipped ones included, 1 to {@value
 *     #MOST_ENTRIES}
 * @param maxRatio how many times its compressed bytes an entry may unfold to, 1 or more; entries up
 *     to {@value #RATIO_FREE} bytes may unfold as they like
 * @param maxTotalBytes the most bytes all entries together may unfold to, 1 or more
 * @param foldCase whether names that differ in case only count as one, for places that cannot tell
 *     them apart
 */
public record ZipRules(
    long maxBytes, int maxEntries, int maxRatio, long maxTotalBytes, boolean foldCase) {
  /** The most entries any rule may allow. */
  public static final int MOST_ENTRIES = 1_000_000;

  /** Up to so many bytes the ratio of an entry is not looked at: 1 MiB. */
  public static final long RATIO_FREE = 1L << 20;

  /** 2 GiB with 10,000 entries that unfold 200 times to 8 GiB; case counts. */
  public static final ZipRules DEFAULT = new ZipRules(2L << 30, 10_000, 200, 8L << 30, false);

  public ZipRules {
    if (maxBytes < 1 || maxTotalBytes < 1) {
      throw new IllegalArgumentException(
          "limits in bytes are 1 or more, were " + maxBytes + " and " + maxTotalBytes);
    }
    if (maxEntries < 1 || maxEntries > MOST_ENTRIES) {
      throw new IllegalArgumentException(
          "maxEntries is 1.." + MOST_ENTRIES + ", was " + maxEntries);
    }
    if (maxRatio < 1) {
      throw new IllegalArgumentException("maxRatio is 1 or more, was " + maxRatio);
    }
  }

  /** Returns these rules with another limit for the archive's own bytes. */
  public ZipRules withMaxBytes(long bytes) {
    return new ZipRules(bytes, maxEntries, maxRatio, maxTotalBytes, foldCase);
  }

  /** Returns these rules with another limit for entries. */
  public ZipRules withMaxEntries(int count) {
    return new ZipRules(maxBytes, count, maxRatio, maxTotalBytes, foldCase);
  }

  /** Returns these rules with another limit for how much an entry unfolds. */
  public ZipRules withMaxRatio(int times) {
    return new ZipRules(maxBytes, maxEntries, times, maxTotalBytes, foldCase);
  }

  /** Returns these rules with another limit for what all entries unfold to. */
  public ZipRules withMaxTotalBytes(long bytes) {
    return new ZipRules(maxBytes, maxEntries, maxRatio, bytes, foldCase);
  }

  /** Returns these rules with names told apart by case or not. */
  public ZipRules foldingCase(boolean fold) {
    return new ZipRules(maxBytes, maxEntries, maxRatio, maxTotalBytes, fold);
  }
}
