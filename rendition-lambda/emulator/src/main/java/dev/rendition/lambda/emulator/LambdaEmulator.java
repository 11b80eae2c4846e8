package dev.rendition.lambda.emulator;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * AWS Lambda on localhost, without Docker: Lambda's REST interface in front, its runtime interface
 * behind, and between them the genuine runtime client, which runs each function in processes of its
 * own. SDK clients are given {@link #endpoint()}; credentials are not looked at. Everything listens
 * on 127.0.0.1 only.
 *
 * <p>Runs on Linux. Safe for use by many threads. Closing it ends every process and thread, and
 * deletes its folder.
 */
public final class LambdaEmulator implements AutoCloseable {
  private final Fleet fleet;
  private final Functions functions;
  private final InvokeApi api;
  private final List<SqsQueue> queues = new ArrayList<>();
  private boolean closed;

  private LambdaEmulator(Builder from) throws IOException {
    Settings settings = from.settings();
    Path folder = Fleet.createFolder();
    Optional<Fleet> started = Optional.empty();
    try {
      RuntimeClient client =
          from.runtimeClient.isEmpty()
              ? RuntimeClient.onClassPath(folder)
              : RuntimeClient.of(from.runtimeClient, folder);
      started = Optional.of(new Fleet(settings, folder, client));
      this.fleet = started.get();
      this.functions = new Functions(settings);
      this.api = new InvokeApi(functions, fleet, from.port);
    } catch (IOException | RuntimeException e) {
      started.ifPresent(Fleet::close);
      TaskRoot.delete(folder);
      throw e;
    }
  }

  /** Begins an emulator with the defaults of the service, but for at most 16 processes. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns what an SDK client takes as its endpoint override. */
  public URI endpoint() {
    return api.location();
  }

  /** Returns the name of the region it plays. */
  public String region() {
    return fleet.settings().region();
  }

  /**
   * Deploys a function. A definition with the same name and version takes the place of an earlier
   * one: what runs ends first, what is idle ends now.
   *
   * @throws IllegalArgumentException if the zip holds more than Lambda takes, or names that lead
   *     out of its folder
   * @throws IOException if it cannot be unpacked
   */
  public EmulatedFunction deploy(FunctionDefinition definition) throws IOException {
    Path taskRoot = TaskRoot.of(definition.code(), fleet.newFolder("task-"));
    Launch launch = new Launch(definition, fleet.settings(), fleet.client(), taskRoot);
    EmulatedFunction function = new EmulatedFunction(definition, fleet, launch);
    functions.put(function).ifPresent(EmulatedFunction::replace);
    return function;
  }

  /**
   * Lets an alias name a version that is deployed; an earlier meaning of the alias is forgotten.
   *
   * @throws IllegalArgumentException if that version is not deployed
   */
  public void alias(String function, String alias, String version) {
    if (!Pattern.matches("(?![0-9]+$)[a-zA-Z0-9-_]{1,128}", alias)) {
      throw new IllegalArgumentException(
          "an alias has letters, digits, - and _ and is no number, was " + alias);
    }
    functions.alias(function, alias, version);
  }

  /**
   * Returns a function by name, resource name, and qualifier if it has one.
   *
   * @throws IllegalStateException if there is none
   */
  public EmulatedFunction function(String reference) {
    return functions.find(FunctionReference.of(reference, Optional.empty()));
  }

  /** Begins a queue as SQS has them, with a function behind it. */
  public SqsQueue.Builder queue(String name) {
    return new SqsQueue.Builder(name, fleet, this::keep);
  }

  private void keep(SqsQueue queue) {
    synchronized (queues) {
      queues.add(queue);
    }
  }

  @Override
  public void close() {
    synchronized (queues) {
      if (closed) {
        return;
      }
      closed = true;
      queues.forEach(SqsQueue::close);
    }
    functions.all().forEach(EmulatedFunction::close);
    try {
      fleet.endEnvironments();
    } finally {
      api.close();
      fleet.close();
    }
  }

  /** Collects the settings of an emulator. Not safe for use by several threads. */
  public static final class Builder {
    private String region = "us-east-1";
    private String account = "123456789012";
    private String accessKey = "emulated-role";
    private String secretKey = "emulated-secret";
    private int maxEnvironments = 16;
    private Duration idleExpiry = Duration.ofMinutes(5);
    private Duration initTimeout = Duration.ofMinutes(1);
    private Duration requestTimeout = Duration.ofSeconds(30);
    private double timeScale = 1;
    private BiConsumer<String, String> logs = (function, text) -> {};
    private List<Path> runtimeClient = List.of();
    private int port;

    private Builder() {}

    /** Sets the region functions see, {@code us-east-1} unless set. */
    public Builder region(String name) {
      require(Pattern.matches("[a-z]{2}(-[a-z]+)+-[0-9]", name), "not a region: " + name);
      this.region = name;
      return this;
    }

    /** Sets the twelve digits of the account, {@code 123456789012} unless set. */
    public Builder account(String digits) {
      require(Pattern.matches("[0-9]{12}", digits), "an account has 12 digits, was " + digits);
      this.account = digits;
      return this;
    }

    /** Sets the credentials functions find in their environment, as those of their role. */
    public Builder credentials(String accessKeyId, String secretAccessKey) {
      this.accessKey = accessKeyId;
      this.secretKey = secretAccessKey;
      return this;
    }

    /**
     * Sets how many processes there may be at a time, 1 to 1,000, for all functions together. 16
     * unless set.
     */
    public Builder maxEnvironments(int most) {
      require(most >= 1 && most <= 1_000, "environments must be 1..1000, was " + most);
      this.maxEnvironments = most;
      return this;
    }

    /**
     * Sets how long a process waits for work before it is ended, 1 ms to 1 day. 5 minutes unless
     * set.
     */
    public Builder idleExpiry(Duration longest) {
      this.idleExpiry = positive(longest, Duration.ofDays(1));
      return this;
    }

    /**
     * Sets how long a process may take until it asks for work, 1 ms to 15 minutes. 60 s unless set:
     * the service allows 10 s, but has more processors for many cold starts at a time.
     */
    public Builder initTimeout(Duration longest) {
      this.initTimeout = positive(longest, Duration.ofMinutes(15));
      return this;
    }

    /**
     * Sets how long a caller may take to send the body of a request, 1 ms to 15 minutes. 30 s
     * unless set.
     */
    public Builder requestTimeout(Duration longest) {
      this.requestTimeout = positive(longest, Duration.ofMinutes(15));
      return this;
    }

    /**
     * Sets what the waiting times of queues are multiplied with: 0.001 makes a minute 60 ms. 1
     * unless set. It applies to the repetition and age of events and the visibility of messages,
     * not to what functions do.
     *
     * @param factor above 0, at most 1
     */
    public Builder timeScale(double factor) {
      require(factor > 0 && factor <= 1, "time scale must be above 0 and at most 1, was " + factor);
      this.timeScale = factor;
      return this;
    }

    /**
     * Has every invocation's log told, by function name, in the order invocations end. The consumer
     * is called by many threads.
     */
    public Builder logs(BiConsumer<String, String> consumer) {
      this.logs = consumer;
      return this;
    }

    /**
     * Sets the jars of the runtime interface client and what it depends on. Found on the class path
     * unless set, where this artifact brings them along.
     */
    public Builder runtimeClient(List<Path> jars) {
      this.runtimeClient = List.copyOf(jars);
      return this;
    }

    /** Sets the port of {@link LambdaEmulator#endpoint()}; any free one unless set. */
    public Builder port(int number) {
      require(number >= 0 && number <= 65_535, "port must be 0..65535, was " + number);
      this.port = number;
      return this;
    }

    /**
     * Starts it.
     *
     * @throws IllegalStateException if the runtime client is not to be found, or does not run on
     *     this system
     * @throws IOException if its folder cannot be made
     */
    public LambdaEmulator start() throws IOException {
      return new LambdaEmulator(this);
    }

    private Settings settings() {
      return new Settings(
          region,
          account,
          accessKey,
          secretKey,
          maxEnvironments,
          idleExpiry,
          initTimeout,
          requestTimeout,
          timeScale,
          logs);
    }

    private static Duration positive(Duration value, Duration most) {
      require(
          value.compareTo(Duration.ofMillis(1)) >= 0 && value.compareTo(most) <= 0,
          "must be 1 ms.." + most + ", was " + value);
      return value;
    }

    private static void require(boolean holds, String message) {
      if (!holds) {
        throw new IllegalArgumentException(message);
      }
    }
  }
}
