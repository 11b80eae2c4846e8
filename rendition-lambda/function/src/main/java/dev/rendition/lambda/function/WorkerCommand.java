package dev.rendition.lambda.function;

import dev.rendition.config.ConfigException;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the words of the command line and starts a {@link RenditionWorker}. */
final class WorkerCommand {
  private static final Logger log = LoggerFactory.getLogger(WorkerCommand.class);
  private static final String USAGE = "serve [--port 8080] [--host 0.0.0.0]";

  /** Returns 0 if a worker runs now, which ends with the process. */
  int run(String[] words, Map<String, String> environment) {
    int port = 8080;
    String host = "0.0.0.0";
    boolean understood = words.length % 2 == 1 && words[0].equals("serve");
    for (int i = 1; understood && i < words.length; i += 2) {
      if (words[i].equals("--port") && words[i + 1].matches("[0-9]{1,5}")) {
        port = Integer.parseInt(words[i + 1]);
      } else if (words[i].equals("--host")) {
        host = words[i + 1];
      } else {
        understood = false;
      }
    }
    if (!understood || port > 65_535) {
      log.error("the words are: {}", USAGE);
      return 2;
    }
    return start(environment, host, port);
  }

  private static int start(Map<String, String> environment, String host, int port) {
    try {
      RenditionWorker worker = RenditionWorker.start(environment, host, port);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(worker), "rendition-stopping"));
      log.info("ready at {}:{}", host, worker.port());
      return 0;
    } catch (ConfigException | IOException e) {
      log.error("cannot start: {}", Shown.line(String.valueOf(e.getMessage())));
      return 1;
    }
  }

  private static void stop(RenditionWorker worker) {
    try {
      worker.close();
    } catch (IOException e) {
      log.warn("stopping: {}", Shown.line(String.valueOf(e.getMessage())));
    }
  }
}
