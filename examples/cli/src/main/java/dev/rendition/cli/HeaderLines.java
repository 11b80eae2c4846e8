package dev.rendition.cli;

import dev.rendition.local.engine.SourceHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says a header in words, one line for each property. */
final class HeaderLines {
  private HeaderLines() {}

  static List<String> of(SourceHeader header) {
    List<String> lines = new ArrayList<>();
    String variant = header.variant().isEmpty() ? "" : ", " + header.variant();
    lines.add(row("format", header.format().displayName() + variant));
    lines.add(row("stored", header.width() + " x " + header.height()));
    lines.add(row("upright", header.uprightWidth() + " x " + header.uprightHeight()));
    lines.add(row("orientation", Integer.toString(header.orientation())));
    lines.add(row("colour", header.colour().toString()));
    lines.add(
        row("icc", header.iccProfile().map(icc -> icc.remaining() + " bytes").orElse("none")));
    lines.add(row("frames", Long.toString(header.frames())));
    header.damage().forEach(damage -> lines.add(row("damage", damage)));
    header.warnings().forEach(warning -> lines.add(row("remark", warning)));
    return lines;
  }

  private static String row(String name, String value) {
    return String.format(Locale.ROOT, "%-12s %s", name, value);
  }
}
