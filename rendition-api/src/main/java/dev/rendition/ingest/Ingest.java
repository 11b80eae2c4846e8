package dev.rendition.ingest;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;

/**
 * Takes originals in: from bytes, files, streams, URLs, archives, and what browsers uploaded into
 * the store themselves. All of them are hostile until judged: how many bytes there are is counted,
 * what they are is told by their content, their digest is computed on the way, and the validators
 * are asked, before anything is stored. What is refused leaves nothing behind.
 *
 * <p>Every method blocks. A refusal is an {@link IngestException} with a reason from a closed list;
 * an {@link IOException} means that a source of the caller's, a temporary file or the store failed.
 * Safe for use by many threads; holds nothing that has to be closed.
 */
public final class Ingest {
  private final IngestRules rules;
  private final Judge judge;
  private final Intake intake;
  private final Confirmation confirmation;
  private final Fetcher fetcher;

  private Ingest(
      AssetStore originals,
      Predicate<AssetKey> isRendition,
      IngestRules rules,
      HostResolver resolver,
      Supplier<SSLSocketFactory> tls) {
    this.rules = rules;
    this.judge = new Judge(rules, isRendition);
    this.intake = new Intake(originals, rules, judge);
    this.confirmation = new Confirmation(originals, rules, judge, intake);
    this.fetcher = new Fetcher(rules.urls(), new Lookups(resolver), tls, System::nanoTime);
  }

  /**
   * Takes originals into a store, which stays the caller's.
   *
   * @param isRendition tells keys that are refused because renditions lie there
   */
  public static Ingest into(
      AssetStore originals, Predicate<AssetKey> isRendition, IngestRules rules) {
    // Reading the system's trusted certificates takes a while, so only the first fetch does it.
    return new Ingest(
        requireNonNull(originals, "originals"),
        requireNonNull(isRendition, "isRendition"),
        requireNonNull(rules, "rules"),
        HostResolver.SYSTEM,
        () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  /**
   * Takes originals into a store, with a way of its own to look names up and to trust servers.
   *
   * @param isRendition tells keys that are refused because renditions lie there
   */
  public static Ingest into(
      AssetStore originals,
      Predicate<AssetKey> isRendition,
      IngestRules rules,
      HostResolver resolver,
      SSLSocketFactory tls) {
    requireNonNull(tls, "tls");
    return new Ingest(
        requireNonNull(originals, "originals"),
        requireNonNull(isRendition, "isRendition"),
        requireNonNull(rules, "rules"),
        requireNonNull(resolver, "resolver"),
        () -> tls);
  }

  /** Returns the rules. */
  public IngestRules rules() {
    return rules;
  }

  /** Takes bytes in. */
  public AssetInfo bytes(AssetKey key, byte[] bytes) throws IOException {
    return source(key, AssetSource.ofBytes(bytes, "application/octet-stream"));
  }

  /**
   * Takes a file in. It is read twice if it is larger than 1 MiB; one that changes meanwhile is
   * refused with {@link IngestReason#SOURCE_CHANGED}.
   */
  public AssetInfo file(AssetKey key, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is no file, or may not be read");
    }
    return source(key, AssetSource.ofFile(file));
  }

  /** Takes a source in; see {@link #source(AssetKey, AssetSource, Expected)}. */
  public AssetInfo source(AssetKey key, AssetSource source) throws IOException {
    return source(key, source, Expected.ANYTHING);
  }

  /**
   * Takes a source in, on the calling thread. It is opened twice, unless it tells a length of up to
   * 1 MiB: give {@link #stream} what can be read only once.
   */
  public AssetInfo source(AssetKey key, AssetSource source, Expected expected) throws IOException {
    judge.requireOriginal(key);
    long declared = source.length().orElse(-1);
    judge.requireLength(key.toString(), declared, expected);
    if (declared >= 0 && declared <= Spool.IN_MEMORY) {
      try (InputStream in = source.open()) {
        return stream(key, in, source.mediaType(), expected.withLength(declared));
      }
    }
    Gauge gauge = new Gauge(rules.maxBytes(), key.toString());
    try (InputStream in = source.open()) {
      gauge.addAll(in);
    }
    Expected known = declared < 0 ? expected : expected.withLength(declared);
    return intake.take(key, source.mediaType(), gauge, source::open, known);
  }

  /**
   * Takes a stream in, which is read to its end once and stays the caller's to close. What is more
   * than 1 MiB waits in a temporary file.
   *
   * @param declaredType what somebody says the bytes are, such as a browser
   */
  public AssetInfo stream(AssetKey key, InputStream in, String declaredType, Expected expected)
      throws IOException {
    judge.requireOriginal(key);
    try (Spool spool = Spool.of(in, rules.maxBytes(), key.toString(), rules.temporaryFolder())) {
      return intake.take(key, declaredType, spool.gauge(), spool::open, expected);
    }
  }

  /** Takes in what a URL gives; see {@link #url(AssetKey, String, Expected)}. */
  public AssetInfo url(AssetKey key, String url) throws IOException {
    return url(key, url, Expected.ANYTHING);
  }

  /**
   * Takes in what a URL gives, asked by GET with {@link IngestRules#urls}. It may come from
   * anybody: it cannot reach addresses that are not public, by no spelling, redirect or change of a
   * name's address.
   */
  public AssetInfo url(AssetKey key, String url, Expected expected) throws IOException {
    judge.requireOriginal(key);
    String type;
    Spool waiting;
    try (Remote remote = fetcher.open(url)) {
      judge.requireLength(remote.url().shown(), remote.length(), expected);
      type = remote.mediaType();
      waiting =
          Spool.of(
              remote.stream(), rules.maxBytes(), remote.url().shown(), rules.temporaryFolder());
    }
    try (Spool spool = waiting) {
      return intake.take(key, type, spool.gauge(), spool::open, expected);
    }
  }

  /**
   * Takes the pictures of a zip archive in, one original each, in the order of its directory. Its
   * names become keys below a folder. Whatever is wrong with one entry is told of that entry; an
   * archive that cannot be read without guessing is refused as a whole, and nothing of it is taken.
   *
   * @param folder what the paths of the keys begin with, without a slash at its end; empty for none
   * @throws IngestException if the archive is refused as a whole
   * @throws IOException if the file cannot be read
   */
  public ZipReport zip(String tenant, String folder, Path archive, ZipListener listener)
      throws IOException {
    ZipNames names = new ZipNames(tenant, folder, rules.zips().foldCase());
    try (ZipArchive zip = ZipArchive.open(archive, rules.zips())) {
      return new ZipIntake(zip, names, rules, judge, intake, listener).run();
    }
  }

  /**
   * Takes the pictures of a zip archive in from a stream, which is read to its end and stays the
   * caller's to close. The archive waits in a temporary file. See {@link #zip(String, String, Path,
   * ZipListener)}.
   */
  public ZipReport zip(String tenant, String folder, InputStream archive, ZipListener listener)
      throws IOException {
    try (Spool spool =
        Spool.of(archive, rules.zips().maxBytes(), "the archive", rules.temporaryFolder())) {
      return zip(tenant, folder, spool.file(), listener);
    }
  }

  /** Takes the pictures of a zip archive in from bytes. */
  public ZipReport zip(String tenant, String folder, byte[] archive, ZipListener listener)
      throws IOException {
    return zip(tenant, folder, new ByteArrayInputStream(archive), listener);
  }

  /**
   * Judges what was uploaded into the store by somebody else, such as a browser with a signed link,
   * and leaves it where it is. What is refused is deleted, or moved to {@link
   * IngestRules#quarantine}. As long as the link holds, it can upload other bytes later: {@link
   * #confirm(AssetKey, AssetKey, Expected)} closes that door.
   *
   * @return what is stored now; its media type is that of its content
   */
  public AssetInfo confirm(AssetKey key, Expected expected) throws IOException {
    return confirm(key, key, expected);
  }

  /**
   * Judges what was uploaded under one key, and moves it to another, which no link for uploading
   * ever named. The bytes that are moved are those that were judged.
   *
   * @param uploaded where it was uploaded to; held by nothing afterwards
   * @param key where it goes
   */
  public AssetInfo confirm(AssetKey uploaded, AssetKey key, Expected expected) throws IOException {
    judge.requireOriginal(key);
    return confirmation.run(uploaded, key, requireNonNull(expected, "expected"));
  }
}
