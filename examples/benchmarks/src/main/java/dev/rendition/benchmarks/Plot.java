package dev.rendition.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Draws two charts as one SVG: bars of CPU per asset, and lines of CPU over the size of the source,
 * both axes of the latter logarithmic.
 */
final class Plot {
  private static final int WIDTH = 900;
  private static final int LABELS = 340;
  private static final int BAR = 24;
  private static final int CHART = 360;
  private static final String OURS = "#0b6e4f";
  private static final List<String> COLOURS =
      List.of("#c44536", "#3a6ea5", "#e09f3e", "#7a5195", "#555555");

  private final StringBuilder body = new StringBuilder();
  private int height;

  /** Adds the bars of a task, cheapest first. */
  void bars(Result result) {
    heading("CPU seconds per asset: " + result.task().title());
    List<Outcome> sorted = new ArrayList<>(result.outcomes());
    sorted.sort(Comparator.comparingDouble(Outcome::cpu));
    double most = sorted.get(sorted.size() - 1).cpu();
    for (Outcome outcome : sorted) {
      double length = Math.max(1, (WIDTH - LABELS - 90) * outcome.cpu() / most);
      boolean ours = outcome.contender().id().equals(Contender.OURS);
      text(LABELS - 8, height + 16, "end", outcome.contender().title());
      body.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
              LABELS,
              height + 4,
              length,
              BAR - 8,
              ours ? OURS : "#8d99ae"));
      text(LABELS + length + 6, height + 16, "start", figure(outcome.cpu()));
      height += BAR;
    }
    height += 24;
  }

  /** Adds a line per contender over the size of the source. */
  void growth(List<Result> results) {
    heading("CPU seconds per asset of the five renditions as the source grows");
    double[] sizes =
        results.stream()
            .mapToDouble(result -> Double.parseDouble(result.task().title().split(" ", 2)[0]))
            .toArray();
    double least = Double.MAX_VALUE;
    double most = 0;
    for (Result result : results) {
      for (Outcome outcome : result.outcomes()) {
        least = Math.min(least, outcome.cpu());
        most = Math.max(most, outcome.cpu());
      }
    }
    Scale across = new Scale(sizes[0], sizes[sizes.length - 1], 70, WIDTH - 290);
    Scale up = new Scale(least, most, height + CHART - 40, height + 10);
    for (double size : sizes) {
      line(across.at(size), height + 10, across.at(size), height + CHART - 40, "#dddddd");
      text(across.at(size), height + CHART - 22, "middle", Math.round(size) + " MP");
    }
    for (double decade = Math.pow(10, Math.ceil(Math.log10(least))); decade <= most; decade *= 10) {
      line(70, up.at(decade), WIDTH - 290, up.at(decade), "#dddddd");
      text(64, up.at(decade) + 4, "end", figure(decade));
    }
    List<Contender> contenders =
        results.get(0).outcomes().stream().map(Outcome::contender).toList();
    for (int i = 0; i < contenders.size(); i++) {
      Contender contender = contenders.get(i);
      boolean ours = contender.id().equals(Contender.OURS);
      String colour = ours ? OURS : COLOURS.get(i % COLOURS.size());
      StringBuilder points = new StringBuilder();
      double end = 0;
      for (int s = 0; s < sizes.length; s++) {
        double cpu = results.get(s).of(contender.id()).map(Outcome::cpu).orElse(least);
        end = up.at(cpu);
        points.append(String.format(Locale.ROOT, "%.1f,%.1f ", across.at(sizes[s]), end));
      }
      body.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"")
          .append(colour)
          .append("\" points=\"")
          .append(points.toString().strip())
          .append("\"/>\n");
      text(WIDTH - 282, end + 4, "start", contender.title());
    }
    height += CHART;
  }

  /** Returns the drawing as an SVG document. */
  String svg() {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "
        + WIDTH
        + " "
        + height
        + "\" font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\""
        + " fill=\"white\"/>\n"
        + body
        + "</svg>\n";
  }

  private void heading(String title) {
    body.append(
        String.format(
            Locale.ROOT,
            "<text x=\"16\" y=\"%d\" font-size=\"15\" font-weight=\"bold\">%s</text>%n",
            height + 24,
            escaped(title)));
    height += 36;
  }

  private void text(double x, double y, String anchor, String content) {
    body.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            escaped(content)));
  }

  private void line(double x1, double y1, double x2, double y2, String colour) {
    body.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
            x1,
            y1,
            x2,
            y2,
            colour));
  }

  private static String figure(double seconds) {
    return String.format(Locale.ROOT, "%.3f s", seconds);
  }

  private static String escaped(String content) {
    return content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Maps a range of figures, logarithmically, to a range of the drawing. */
  private record Scale(double least, double most, double start, double end) {
    double at(double value) {
      double span = Math.log(most / least);
      return span == 0 ? start : start + (end - start) * Math.log(value / least) / span;
    }
  }
}
