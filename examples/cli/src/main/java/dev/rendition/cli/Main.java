package dev.rendition.cli;

import dev.rendition.config.ConfigException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Where the program begins. What it prints is UTF-8, whatever the locale. */
public final class Main {
  /** Everything that was asked for is done. */
  static final int DONE = 0;

  /** The program could not run: arguments or configuration cannot be used. */
  static final int COULD_NOT_RUN = 1;

  /** The program ran, and some of what was asked for failed. */
  static final int SOME_FAILED = 2;

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
    System.exit(run(utf8(FileDescriptor.out), utf8(FileDescriptor.err), args));
  }

  /** Runs a command and returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line = new CommandLine(new RenditionCommand());
    line.setOut(out).setErr(err);
    line.setExecutionExceptionHandler((problem, command, parsed) -> refuse(problem, err));
    int code = line.execute(args);
    out.flush();
    err.flush();
    return code;
  }

  /** Prints why nothing could be done: one line for each mistake, a trace only for a defect. */
  private static int refuse(Exception problem, PrintWriter err) {
    if (problem instanceof ConfigException config) {
      config.problems().forEach(sentence -> err.println("rendition: " + sentence));
    } else if (problem instanceof UsageException) {
      err.println("rendition: " + problem.getMessage());
    } else if (problem instanceof IOException io) {
      err.println("rendition: " + Sentences.of(io));
    } else {
      err.println("rendition: a defect of this program:");
      problem.printStackTrace(err);
    }
    return COULD_NOT_RUN;
  }

  private static PrintWriter utf8(FileDescriptor stream) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), true);
  }
}
