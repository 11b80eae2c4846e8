package dev.rendition.local;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetNotFoundException;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.ingest.Ingest;
import dev.rendition.ingest.IngestRules;
import dev.rendition.ingest.ZipListener;
import dev.rendition.ingest.ZipReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/** A process of its own that takes an archive in, from a stream, and prints what became of it. */
final class ZipChild {
  private ZipChild() {}

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    long begin = System.nanoTime();
    try (InputStream archive = Files.newInputStream(Path.of(args[0]))) {
      IngestRules rules = IngestRules.DEFAULT.withTemporaryFolder(Path.of(args[1]));
      ZipReport report =
          Ingest.into(new Nowhere(), key -> false, rules)
              .zip("t", "in", archive, ZipListener.SILENT);
      out.println(
          report.stored().size()
              + " of "
              + report.outcomes().size()
              + " stored, "
              + report.stored().stream().map(each -> each.info().version()).distinct().count()
              + " different, in a heap of "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MiB, ms: "
              + (System.nanoTime() - begin) / 1_000_000);
    }
  }

  /** Reads what it is given to its end, and forgets it: the disk is not what is looked at here. */
  private static final class Nowhere implements AssetStore {
    @Override
    public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
        throws IOException {
      MessageDigest digest = Hashes.sha256();
      long length;
      try (InputStream in = new DigestInputStream(source.open(), digest)) {
        length = in.transferTo(OutputStream.nullOutputStream());
      }
      String version = HexFormat.of().formatHex(digest.digest());
      return new AssetInfo(key, length, source.mediaType(), version, Instant.EPOCH, attributes);
    }

    @Override
    public Optional<AssetInfo> putIfAbsent(
        AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
      return Optional.of(put(key, source, attributes));
    }

    @Override
    public AssetContent open(AssetKey key) throws IOException {
      throw new AssetNotFoundException(key);
    }

    @Override
    public Optional<AssetInfo> stat(AssetKey key) {
      return Optional.empty();
    }

    @Override
    public Stream<AssetInfo> list(String tenant, String pathPrefix) {
      return Stream.empty();
    }

    @Override
    public boolean delete(AssetKey key) {
      return false;
    }

    @Override
    public void close() {}
  }
}
