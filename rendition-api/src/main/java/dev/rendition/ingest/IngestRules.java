package dev.rendition.ingest;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.MediaType;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is taken in, and on which terms.
 *
 * @param maxBytes the most bytes one original may have, 1 or more
 * @param accepted the media types that are taken, by content
 * @param mismatch what happens where a declared type or an extension says otherwise
 * @param existing what happens where the key already holds an asset
 * @param validator asked last
 * @param quarantine the folder refused uploads are moved to, inside their tenant; empty to delete
 *     them
 * @param temporaryFolder where bytes wait that are too many for memory; it exists
 * @param urls how URLs are fetched
 * @param zips how archives are read
 */
public record IngestRules(
    long maxBytes,
    Set<String> accepted,
    Mismatch mismatch,
    Existing existing,
    IngestValidator validator,
    String quarantine,
    Path temporaryFolder,
    UrlRules urls,
    ZipRules zips) {
  /** The most bytes of an original unless told otherwise: 256 MiB. */
  public static final long DEFAULT_MAX_BYTES = 256L << 20;

  /** The formats the built-in engine reads. */
  public static final Set<String> READABLE =
      Set.of(
          "image/jpeg",
          "image/png",
          "image/gif",
          "image/webp",
          "image/bmp",
          "image/tiff",
          "image/vnd.adobe.photoshop");

  /** 256 MiB, readable formats, types as found, replacing; the system's temporary folder. */
  public static final IngestRules DEFAULT =
      new IngestRules(
          DEFAULT_MAX_BYTES,
          READABLE,
          Mismatch.STORE_AS_FOUND,
          Existing.REPLACE,
          IngestValidator.ACCEPT_ALL,
          "",
          Path.of(System.getProperty("java.io.tmpdir", ".")),
          UrlRules.DEFAULT,
          ZipRules.DEFAULT);

  public IngestRules {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes is 1 or more, was " + maxBytes);
    }
    Set<String> types = new TreeSet<>();
    accepted.forEach(type -> types.add(MediaType.require(type)));
    if (types.isEmpty()) {
      throw new IllegalArgumentException("at least one media type is accepted, there was none");
    }
    accepted = Set.copyOf(types);
    requireNonNull(mismatch, "mismatch");
    requireNonNull(existing, "existing");
    requireNonNull(validator, "validator");
    if (!quarantine.isEmpty()) {
      quarantine = AssetKey.of("tenant", quarantine).path();
    }
    requireNonNull(temporaryFolder, "temporaryFolder");
    requireNonNull(urls, "urls");
    requireNonNull(zips, "zips");
  }

  /** Returns these rules with another limit for one original. */
  public IngestRules withMaxBytes(long bytes) {
    return new IngestRules(
        bytes, accepted, mismatch, existing, validator, quarantine, temporaryFolder, urls, zips);
  }

  /** Returns these rules for other media types. */
  public IngestRules accepting(Collection<String> types) {
    return new IngestRules(
        maxBytes,
        Set.copyOf(types),
        mismatch,
        existing,
        validator,
        quarantine,
        temporaryFolder,
        urls,
        zips);
  }

  /** Returns these rules with another way to meet a wrong type. */
  public IngestRules on(Mismatch policy) {
    return new IngestRules(
        maxBytes, accepted, policy, existing, validator, quarantine, temporaryFolder, urls, zips);
  }

  /** Returns these rules with another way to meet a key that is taken. */
  public IngestRules on(Existing policy) {
    return new IngestRules(
        maxBytes, accepted, mismatch, policy, validator, quarantine, temporaryFolder, urls, zips);
  }

  /** Returns these rules with one more validator, asked after those there are. */
  public IngestRules validatedBy(IngestValidator another) {
    return new IngestRules(
        maxBytes,
        accepted,
        mismatch,
        existing,
        validator.equals(IngestValidator.ACCEPT_ALL) ? another : validator.and(another),
        quarantine,
        temporaryFolder,
        urls,
        zips);
  }

  /** Returns these rules with a folder refused uploads are moved to; empty to delete them. */
  public IngestRules quarantining(String folder) {
    return new IngestRules(
        maxBytes, accepted, mismatch, existing, validator, folder, temporaryFolder, urls, zips);
  }

  /** Returns these rules with another temporary folder. */
  public IngestRules withTemporaryFolder(Path folder) {
    return new IngestRules(
        maxBytes, accepted, mismatch, existing, validator, quarantine, folder, urls, zips);
  }

  /** Returns these rules with others for URLs. */
  public IngestRules with(UrlRules other) {
    return new IngestRules(
        maxBytes,
        accepted,
        mismatch,
        existing,
        validator,
        quarantine,
        temporaryFolder,
        other,
        zips);
  }

  /** Returns these rules with others for archives. */
  public IngestRules with(ZipRules other) {
    return new IngestRules(
        maxBytes,
        accepted,
        mismatch,
        existing,
        validator,
        quarantine,
        temporaryFolder,
        urls,
        other);
  }
}
