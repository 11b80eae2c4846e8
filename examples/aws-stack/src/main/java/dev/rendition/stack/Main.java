package dev.rendition.stack;

import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awscdk.App;

/**
 * Writes the templates. Settings are arguments {@code name=value}, or the context of the CDK's
 * command line ({@code -c rendition:name=value}); what can be set is in docs/aws.md.
 */
public final class Main {
  private static final String CONTEXT = "rendition:";

  private Main() {}

  /** Writes the templates to the folder {@code CDK_OUTDIR} names, or {@code cdk.out}. */
  public static void main(String[] args) {
    App app =
        App.Builder.create()
            .outdir(System.getenv().getOrDefault("CDK_OUTDIR", "cdk.out"))
            // Nothing about the stack is told to anybody.
            .analyticsReporting(false)
            .build();
    Map<String, String> given = context(app);
    for (String argument : args) {
      int equals = argument.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "arguments are name=value, such as memory=1024, was " + argument);
      }
      given.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    describe(app, StackSettings.of(given));
    app.synth();
  }

  /** Puts both stacks into an application. */
  static RenditionStack describe(App app, StackSettings settings) {
    new EdgeAlarmStack(app, settings.name() + "-edge");
    return new RenditionStack(app, settings);
  }

  private static Map<String, String> context(App app) {
    Map<String, String> found = new LinkedHashMap<>();
    if (app.getNode().getAllContext() instanceof Map<?, ?> all) {
      all.forEach(
          (name, value) -> {
            if (String.valueOf(name).startsWith(CONTEXT)) {
              found.put(String.valueOf(name).substring(CONTEXT.length()), String.valueOf(value));
            }
          });
    }
    return found;
  }
}
