package dev.rendition.lambda.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How much memory a process has resident, from {@code /proc}: proc(5), status. */
final class ProcessMemory {
  private ProcessMemory() {}

  /**
   * Returns the resident set now, in kB; nothing if the process has ended or the system has no
   * {@code /proc}.
   */
  static Optional<Long> residentKilobytes(long pid) {
    return read(pid, "VmRSS:");
  }

  /** Returns the largest resident set so far, in kB. */
  static Optional<Long> peakKilobytes(long pid) {
    return read(pid, "VmHWM:");
  }

  private static Optional<Long> read(long pid, String field) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith(field))
          .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst();
    } catch (IOException e) {
      // It has ended.
      return Optional.empty();
    }
  }
}
