package dev.rendition.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;

/**
 * Writes the templates. Settings are arguments {@code name=value}, or the context of the CDK's
 * command line ({@code -c rendition:name=value}); what can be set is in docs/aws.md.
 */
public final class Main {
  private static final String CONTEXT = "rendition:";

  private Main() {}

  /**
   * Writes the templates to the folder {@code CDK_OUTDIR} names, or {@code cdk.out}, and ends the
   * process with 1 if the settings cannot be used.
   */
  public static void main(String[] args) {
    App app = app(System.getenv().getOrDefault("CDK_OUTDIR", "cdk.out"));
    try {
      describe(app, StackSettings.of(settings(app, args)));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
    app.synth();
  }

  /** Returns an application that is not a part of anything yet. */
  static App app(String folder) {
    return App.Builder.create()
        .outdir(folder)
        // Nothing about the stack is told to anybody.
        .analyticsReporting(false)
        .build();
  }

  /** Puts both stacks into an application. */
  static List<Stack> describe(App app, StackSettings settings) {
    return List.of(new RenditionStack(app, settings), new EdgeAlarmStack(app, settings));
  }

  /** Returns what the command line of the CDK says, and then what the arguments say. */
  static Map<String, String> settings(App app, String... args) {
    Map<String, String> found = new LinkedHashMap<>();
    if (app.getNode().getAllContext() instanceof Map<?, ?> all) {
      all.forEach(
          (name, value) -> {
            if (String.valueOf(name).startsWith(CONTEXT)) {
              found.put(String.valueOf(name).substring(CONTEXT.length()), String.valueOf(value));
            }
          });
    }
    for (String argument : args) {
      int equals = argument.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "arguments are name=value, such as memory=1024, was " + argument);
      }
      found.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    return found;
  }
}
