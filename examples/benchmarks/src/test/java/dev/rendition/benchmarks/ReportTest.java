package dev.rendition.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendition.benchmarks.candidate.Target;
import dev.rendition.benchmarks.candidate.Workload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Target WIDE = new Target(1600, Target.Format.JPEG);

  @TempDir Path folder;

  private static Outcome outcome(String id, double psnr, double... cpu) {
    return new Outcome(
        new Contender(id, "<" + id + ">", List.of("true"), Set.of(Workload.W2)),
        Arrays.stream(cpu).mapToObj(each -> new Sample(each, each, 1_000, 2_000_000)).toList(),
        List.of(),
        Map.of(WIDE, psnr),
        Map.of(WIDE, 1_000L),
        3_000_000);
  }

  private static Result result() {
    Task task = new Task("W2", "12 MP", Workload.W2, List.of(Path.of("a.jpg")));
    return new Result(
        task,
        List.of(
            outcome(Contender.OURS, 38, 0.1, 0.2, 0.3), outcome("sharp-each", 39, 0.4, 0.4, 2)));
  }

  /** Round by round: 0.25, 0.5, 0.15. */
  @Test
  void theRatioIsTheMedianOverRounds() {
    assertThat(result().ratio("sharp-each")).hasValue(0.25);
    assertThat(result().ratio("nobody")).isEmpty();
  }

  @Test
  void aGoalIsBeatenMetOrMissedAndAWorsePictureIsTold() {
    Report report = new Report();
    report.goals(List.of(result()));
    report.result(result());
    assertThat(report.markdown())
        .contains("| W2 | <sharp-each> | 0.38 | 0.30 | **0.25** | beaten |")
        .contains("Quality missed: 1600.jpg is 1.00 dB below sharp's.");
  }

  @Test
  void thePlotIsXml() throws Exception {
    Plot plot = new Plot();
    plot.bars(result());
    plot.growth(List.of(result()));
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(plot.svg().getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(2);
  }

  @Test
  void onlyWhatStandsBetweenTheMarkersIsReplaced() throws IOException {
    Path file = folder.resolve("page.md");
    Files.writeString(file, "before\n" + Page.BEGIN + "\nold\n" + Page.END + "\nafter\n");
    Page.fill(file, "new\n");
    assertThat(file)
        .content()
        .isEqualTo("before\n" + Page.BEGIN + "\n\nnew\n\n" + Page.END + "\nafter\n");
  }

  @Test
  void aPageWithoutMarkersIsLeftAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("page.md"), "mine");
    assertThatThrownBy(() -> Page.fill(file, "new"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has no lines");
    assertThat(file).content().isEqualTo("mine");
  }
}
