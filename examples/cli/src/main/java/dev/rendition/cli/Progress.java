package dev.rendition.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * One line on a terminal that says how far a run is, how fast, and when it will be done. Prints
 * nothing where there is no terminal. Used by one thread at a time.
 */
final class Progress {
  private static final int BAR = 24;
  private static final long STEP_NANOS = 100_000_000;

  private final PrintWriter err;
  private final boolean shown;
  private final int total;
  private final LongSupplier nanoTime;
  private final long start;
  private long drawn;

  Progress(PrintWriter err, boolean shown, int total, LongSupplier nanoTime) {
    this.err = err;
    this.shown = shown;
    this.total = total;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.drawn = start - STEP_NANOS;
  }

  /** Returns whether somebody watches. */
  @SuppressWarnings("SystemConsoleNull") // null means none until JDK 21; later ones are asked below
  static boolean onTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // From JDK 22 on there is a console without a terminal, and a method that tells.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** Takes the line away, so that something else can be printed. */
  void clear() {
    if (shown) {
      err.print("\r\033[K");
      err.flush();
      drawn = nanoTime.getAsLong() - STEP_NANOS;
    }
  }

  /** Draws the line anew, at most ten times a second. */
  void draw(int done) {
    long now = nanoTime.getAsLong();
    if (shown && now - drawn >= STEP_NANOS) {
      err.print("\r" + line(done, now - start) + "\033[K");
      err.flush();
      drawn = now;
    }
  }

  String line(int done, long nanos) {
    int filled = total == 0 ? BAR : (int) ((long) BAR * done / total);
    double seconds = Math.max(1e-3, nanos / 1e9);
    double rate = done / seconds;
    String left = done == 0 ? "--:--" : clock(Math.round((total - done) / rate));
    return String.format(
        Locale.ROOT,
        "[%s%s] %d of %d, %.1f/s, %s left",
        "#".repeat(filled),
        ".".repeat(BAR - filled),
        done,
        total,
        rate,
        left);
  }

  private static String clock(long seconds) {
    return seconds >= 3600
        ? String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
        : String.format(Locale.ROOT, "%02d:%02d", seconds / 60, seconds % 60);
  }
}
