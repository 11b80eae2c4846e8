package dev.rendition.lambda.emulator;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a function is: its code, its handler and the settings Lambda keeps with it. Immutable.
 *
 * <p>Defaults are those of the service: 128 MB, 3 seconds, two repetitions of a failed event.
 * Ranges are those of the service too, except that durations may be shorter than a second.
 */
public final class FunctionDefinition {
  /** The version every function has: the code as it was deployed last. */
  public static final String LATEST = "$LATEST";

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9-_]{1,64}");
  private static final Pattern VERSION = Pattern.compile("\\$LATEST|[0-9]{1,19}");
  private static final Pattern VARIABLE = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]+");
  private static final int MAX_HANDLER = 128;
  private static final int MAX_VARIABLES_BYTES = 4_096;

  /**
   * The variables only the service sets: AWS Lambda developer guide, "Defined runtime environment
   * variables".
   */
  private static final Set<String> RESERVED =
      Set.of(
          "_HANDLER",
          "_X_AMZN_TRACE_ID",
          "AWS_DEFAULT_REGION",
          "AWS_REGION",
          "AWS_EXECUTION_ENV",
          "AWS_LAMBDA_FUNCTION_NAME",
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          "AWS_LAMBDA_FUNCTION_VERSION",
          "AWS_LAMBDA_INITIALIZATION_TYPE",
          "AWS_LAMBDA_LOG_GROUP_NAME",
          "AWS_LAMBDA_LOG_STREAM_NAME",
          "AWS_ACCESS_KEY",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_LAMBDA_RUNTIME_API",
          "LAMBDA_TASK_ROOT",
          "LAMBDA_RUNTIME_DIR");

  private final String name;
  private final String version;
  private final Path code;
  private final String handler;
  private final int memoryMegabytes;
  private final boolean memoryEnforced;
  private final Duration timeout;
  private final Map<String, String> environment;
  private final OptionalInt reservedConcurrency;
  private final int maxRetries;
  private final Duration maxEventAge;
  private final boolean snapStart;
  private final Path javaHome;
  private final List<String> jvmOptions;

  private FunctionDefinition(Builder from) {
    this.name = from.name;
    this.version = from.version;
    this.code = from.code;
    this.handler = from.handler;
    this.memoryMegabytes = from.memoryMegabytes;
    this.memoryEnforced = from.memoryEnforced;
    this.timeout = from.timeout;
    this.environment = Map.copyOf(from.environment);
    this.reservedConcurrency = from.reservedConcurrency;
    this.maxRetries = from.maxRetries;
    this.maxEventAge = from.maxEventAge;
    this.snapStart = from.snapStart;
    this.javaHome = from.javaHome;
    this.jvmOptions = List.copyOf(from.jvmOptions);
  }

  /**
   * Begins a definition.
   *
   * @param name 1 to 64 letters, digits, hyphens and underscores
   * @param code the zip as it would be deployed, or a folder that holds what such a zip unpacks to
   * @param handler {@code package.Class} or {@code package.Class::method}
   * @throws IllegalArgumentException if a part is not acceptable
   */
  public static Builder of(String name, Path code, String handler) {
    return new Builder(name, code, handler);
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Returns the version this code answers to: {@value #LATEST} or a number. */
  public String version() {
    return version;
  }

  /** Returns the zip or folder. */
  public Path code() {
    return code;
  }

  /** Returns the handler. */
  public String handler() {
    return handler;
  }

  /** Returns the memory size in MiB (Lambda writes MB). */
  public int memoryMegabytes() {
    return memoryMegabytes;
  }

  /** Returns whether a process that grows beyond its memory size is killed. */
  public boolean memoryEnforced() {
    return memoryEnforced;
  }

  /** Returns the longest an invocation may take. */
  public Duration timeout() {
    return timeout;
  }

  /** Returns the variables of the function, without those the service sets. */
  public Map<String, String> environment() {
    return environment;
  }

  /** Returns how many invocations may run at a time, if the function has a reservation. */
  public OptionalInt reservedConcurrency() {
    return reservedConcurrency;
  }

  /** Returns how often an event is repeated after the function failed: 0 to 2. */
  public int maxRetries() {
    return maxRetries;
  }

  /** Returns how long an event is kept, before the time scale is applied. */
  public Duration maxEventAge() {
    return maxEventAge;
  }

  /** Returns whether the runtime client runs the hooks of SnapStart while it initialises. */
  public boolean snapStart() {
    return snapStart;
  }

  /** Returns the folder of the Java runtime that runs the function. */
  public Path javaHome() {
    return javaHome;
  }

  /** Returns the options put after those of the managed runtime, so that they win. */
  public List<String> jvmOptions() {
    return jvmOptions;
  }

  /** Collects the settings of a function. Not safe for use by several threads. */
  public static final class Builder {
    private final String name;
    private final Path code;
    private final String handler;
    private String version = LATEST;
    private int memoryMegabytes = 128;
    private boolean memoryEnforced = true;
    private Duration timeout = Duration.ofSeconds(3);
    private final Map<String, String> environment = new LinkedHashMap<>();
    private OptionalInt reservedConcurrency = OptionalInt.empty();
    private int maxRetries = 2;
    private Duration maxEventAge = Duration.ofHours(6);
    private boolean snapStart;
    private Path javaHome = Path.of(System.getProperty("java.home"));
    private final List<String> jvmOptions = new ArrayList<>();

    private Builder(String name, Path code, String handler) {
      require(NAME.matcher(name).matches(), "name must match " + NAME + ", was " + name);
      require(Files.exists(code), "code must be a zip or a folder, there is nothing at " + code);
      require(
          !handler.isBlank() && handler.length() <= MAX_HANDLER && !handler.startsWith("-"),
          "handler must have 1.."
              + MAX_HANDLER
              + " characters and not begin with -, was "
              + handler);
      this.name = name;
      this.code = code;
      this.handler = handler;
    }

    /**
     * Sets the version, {@value FunctionDefinition#LATEST} unless set: several versions of a
     * function may be deployed side by side.
     */
    public Builder version(String number) {
      require(VERSION.matcher(number).matches(), "version must be a number, was " + number);
      this.version = number;
      return this;
    }

    /**
     * Sets the memory size, 128 to 10,240 MiB. The heap takes 85 percent of it, as in the managed
     * runtimes.
     */
    public Builder memory(int megabytes) {
      require(
          megabytes >= 128 && megabytes <= 10_240, "memory must be 128..10240, was " + megabytes);
      this.memoryMegabytes = megabytes;
      return this;
    }

    /**
     * Sets whether a process whose resident memory exceeds the memory size is killed, as the
     * service does. On unless set.
     */
    public Builder memoryEnforced(boolean enforced) {
      this.memoryEnforced = enforced;
      return this;
    }

    /**
     * Sets the longest an invocation may take, 1 ms to 900 s. Starting the process does not count.
     */
    public Builder timeout(Duration longest) {
      require(
          longest.compareTo(Duration.ofMillis(1)) >= 0
              && longest.compareTo(Duration.ofMinutes(15)) <= 0,
          "timeout must be 1 ms..900 s, was " + longest);
      this.timeout = longest;
      return this;
    }

    /**
     * Adds a variable.
     *
     * @throws IllegalArgumentException if only the service may set it, or all of them exceed 4 KB
     */
    public Builder environment(String key, String value) {
      require(
          VARIABLE.matcher(key).matches(),
          "a variable's name must match " + VARIABLE + ", was " + key);
      require(!RESERVED.contains(key), "the variable " + key + " is reserved: Lambda sets it");
      require(value.indexOf('\0') < 0, "the value of " + key + " holds a NUL character");
      environment.put(key, value);
      int bytes =
          environment.entrySet().stream()
              .mapToInt(entry -> bytes(entry.getKey()) + bytes(entry.getValue()))
              .sum();
      require(
          bytes <= MAX_VARIABLES_BYTES,
          "all variables together may take "
              + MAX_VARIABLES_BYTES
              + " bytes, with "
              + key
              + " it is "
              + bytes);
      return this;
    }

    /** Adds variables, see {@link #environment(String, String)}. */
    public Builder environment(Map<String, String> variables) {
      variables.forEach(this::environment);
      return this;
    }

    /**
     * Reserves concurrency: as many invocations run at a time and no more. 0 switches the function
     * off.
     */
    public Builder reservedConcurrency(int invocations) {
      require(
          invocations >= 0 && invocations <= 1_000,
          "reserved concurrency must be 0..1000, was " + invocations);
      this.reservedConcurrency = OptionalInt.of(invocations);
      return this;
    }

    /** Sets how often an event is repeated after the function failed, 0 to 2. */
    public Builder maxRetries(int retries) {
      require(retries >= 0 && retries <= 2, "retries must be 0..2, was " + retries);
      this.maxRetries = retries;
      return this;
    }

    /** Sets how long an event is kept, 1 ms to 6 hours of emulated time. */
    public Builder maxEventAge(Duration age) {
      require(
          age.compareTo(Duration.ofMillis(1)) >= 0 && age.compareTo(Duration.ofHours(6)) <= 0,
          "event age must be 1 ms..6 h, was " + age);
      this.maxEventAge = age;
      return this;
    }

    /**
     * Lets the runtime client run the function's SnapStart hooks. No snapshot is taken: each
     * process runs them by itself.
     */
    public Builder snapStart(boolean wanted) {
      this.snapStart = wanted;
      return this;
    }

    /** Sets the Java runtime that runs the function; the one that runs the emulator unless set. */
    public Builder javaHome(Path folder) {
      require(Files.isExecutable(folder.resolve("bin/java")), "there is no bin/java in " + folder);
      this.javaHome = folder;
      return this;
    }

    /**
     * Adds options of the Java virtual machine. {@code JAVA_TOOL_OPTIONS} in the environment works
     * too, as in the service.
     */
    public Builder jvmOptions(List<String> options) {
      jvmOptions.addAll(options);
      return this;
    }

    /** Returns the definition. */
    public FunctionDefinition build() {
      return new FunctionDefinition(this);
    }

    private static int bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void require(boolean holds, String message) {
      if (!holds) {
        throw new IllegalArgumentException(Objects.requireNonNull(message, "message"));
      }
    }
  }
}
