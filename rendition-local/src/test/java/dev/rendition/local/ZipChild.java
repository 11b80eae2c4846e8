package dev.rendition.local;

import dev.rendition.ingest.Ingest;
import dev.rendition.ingest.IngestRules;
import dev.rendition.ingest.ZipListener;
import dev.rendition.ingest.ZipReport;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process of its own that takes an archive in, from a stream, and prints what became of it. */
final class ZipChild {
  private ZipChild() {}

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    long begin = System.nanoTime();
    try (FileAssetStore store = FileAssetStore.open(Path.of(args[0]));
        InputStream archive = Files.newInputStream(Path.of(args[1]))) {
      IngestRules rules = IngestRules.DEFAULT.withTemporaryFolder(Path.of(args[2]));
      ZipReport report =
          Ingest.into(store, key -> false, rules).zip("t", "in", archive, ZipListener.SILENT);
      out.println(
          report.stored().size()
              + " of "
              + report.outcomes().size()
              + " stored in a heap of "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MiB, ms: "
              + (System.nanoTime() - begin) / 1_000_000);
    }
  }
}
