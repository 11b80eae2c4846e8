package dev.rendition.local.jpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Recodes the coefficients of a stream with {@code jpegtran}, an independent coder. */
final class ArithmeticRecoder {
  private ArithmeticRecoder() {}

  static boolean isInstalled() throws InterruptedException {
    try {
      return new ProcessBuilder("jpegtran", "-version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns the stream recoded; empty where {@code jpegtran} finds something wrong with it. */
  static byte[] recode(byte[] stream, Path folder, String... options)
      throws IOException, InterruptedException {
    Path in = Files.write(folder.resolve("in.jpg"), stream);
    Path out = folder.resolve("out.jpg");
    List<String> command = new ArrayList<>(List.of("jpegtran", "-arithmetic"));
    command.addAll(List.of(options));
    command.addAll(List.of("-outfile", out.toString(), in.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor() == 0 ? Files.readAllBytes(out) : new byte[0];
  }
}
