package dev.rendition.lambda;

import dev.rendition.config.ConfigException;
import dev.rendition.config.ConfigKey;
import dev.rendition.config.Settings;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.spi.GeneratorContext;
import dev.rendition.spi.RenditionGeneratorProvider;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Makes a {@link LambdaRenditionGenerator} for {@code rendition.generator=lambda}. */
public final class LambdaGeneratorProvider implements RenditionGeneratorProvider {
  static final ConfigKey<String> FUNCTION =
      ConfigKey.text(
          "rendition.lambda.function",
          "",
          "With rendition.generator=lambda: the function's name or ARN. Required.");
  static final ConfigKey<String> QUALIFIER =
      ConfigKey.text(
          "rendition.lambda.qualifier",
          "",
          "The version or alias that is invoked, such as live; empty for what the name says.");
  static final ConfigKey<String> REGION =
      ConfigKey.text(
          "rendition.lambda.region",
          "",
          "The region of the function, such as eu-central-1; empty for what the AWS SDK finds.");
  static final ConfigKey<String> ENDPOINT =
      ConfigKey.text(
          "rendition.lambda.endpoint",
          "",
          "Another address of the service, such as an emulator's; empty for AWS.");
  static final ConfigKey<String> ACCESS_KEY =
      ConfigKey.text(
          "rendition.lambda.access-key",
          "",
          "The id of the access key; empty for the credentials the AWS SDK finds (variables, profile, role).");
  static final ConfigKey<String> SECRET_KEY =
      ConfigKey.text(
          "rendition.lambda.secret-key",
          "",
          "The secret of rendition.lambda.access-key. A secret: it appears in no message.");
  private static final RemoteKeys REMOTE =
      new RemoteKeys("rendition.lambda.", "function", "invocation");

  @Override
  public String name() {
    return "lambda";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    List<ConfigKey<?>> keys =
        new ArrayList<>(List.of(FUNCTION, QUALIFIER, REGION, ENDPOINT, ACCESS_KEY, SECRET_KEY));
    keys.addAll(REMOTE.all());
    return keys;
  }

  /**
   * Makes the generator, as {@link RenditionGeneratorProvider#create} says. AWS is not asked
   * anything. The stores of the context are not used: the function has its own, which have to be
   * the same places.
   */
  @Override
  public RenditionGenerator create(GeneratorContext context) {
    Settings settings = context.settings();
    List<String> problems = new ArrayList<>();
    String function = settings.get(FUNCTION);
    if (function.isEmpty()) {
      problems.add(FUNCTION + " is not set; write the name of the function that makes renditions");
    }
    LambdaRenditionGenerator.Builder builder =
        named(function, problems)
            .connectTimeout(REMOTE.connectTimeout(settings))
            .settings(REMOTE.read(settings));
    set(QUALIFIER, settings, problems, builder::qualifier);
    set(REGION, settings, problems, builder::region);
    set(ENDPOINT, settings, problems, text -> builder.endpoint(URI.create(text)));
    String access = settings.get(ACCESS_KEY);
    String secret = settings.get(SECRET_KEY);
    if (access.isEmpty() != secret.isEmpty()) {
      problems.add((access.isEmpty() ? ACCESS_KEY : SECRET_KEY) + " is not set; set both or none");
    } else if (!access.isEmpty()) {
      builder.credentials(
          StaticCredentialsProvider.create(AwsBasicCredentials.create(access, secret)));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return REMOTE.guarded(builder.build(), settings);
  }

  private static LambdaRenditionGenerator.Builder named(String function, List<String> problems) {
    try {
      return LambdaRenditionGenerator.builder(function.isEmpty() ? "unset" : function);
    } catch (IllegalArgumentException e) {
      problems.add(FUNCTION + ": " + e.getMessage());
      return LambdaRenditionGenerator.builder("unset");
    }
  }

  private static void set(
      ConfigKey<String> key, Settings settings, List<String> problems, Setter setter) {
    String text = settings.get(key);
    if (text.isEmpty()) {
      return;
    }
    try {
      var unused = setter.set(text);
    } catch (IllegalArgumentException e) {
      problems.add(key + ": " + e.getMessage());
    }
  }

  /** Reads a text into the builder. */
  @FunctionalInterface
  private interface Setter {
    LambdaRenditionGenerator.Builder set(String text);
  }
}
