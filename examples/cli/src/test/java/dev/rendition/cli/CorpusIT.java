package dev.rendition.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs where RENDITION_CORPUS names the corpus, with 512 MB of heap. */
class CorpusIT {
  @TempDir Path folder;

  @Test
  void everyFileOfTheCorpusIsRightOrRefusedWithAReason() throws IOException {
    Optional<Corpus> corpus = Corpus.find();
    assumeTrue(corpus.isPresent(), "RENDITION_CORPUS names no corpus: nothing is compared");

    CorpusRunner.Report report = new CorpusRunner(corpus.get()).run(folder);

    Files.writeString(Path.of("target", "corpus.txt"), report.toString());
    System.out.println(report);
    assertThat(report.sum(CorpusRunner.Verdict.UNTYPED)).as("untyped failures").isZero();
    assertThat(report.sum(CorpusRunner.Verdict.UNREADABLE)).as("unreadable results").isZero();
    assertThat(report.sum(CorpusRunner.Verdict.SLOW)).as("files over 10 s").isZero();
    assertThat(report.sum(CorpusRunner.Verdict.WRONGLY_ACCEPTED)).as("bad files made").isZero();
    String judged = Files.readString(Path.of("..", "..", "docs", "formats.md"));
    assertThat(report.wrong())
        .as(
            "wrong of %d, and not shown in docs/formats.md to have another truth",
            report.assertable())
        .allSatisfy(path -> assertThat(judged).contains("| `" + path + "` |"));
  }
}
