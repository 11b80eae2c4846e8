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

/** Makes an {@link HttpRenditionGenerator} for {@code rendition.generator=http}. */
public final class HttpGeneratorProvider implements RenditionGeneratorProvider {
  static final ConfigKey<String> ADDRESS =
      ConfigKey.text(
          "rendition.http.address",
          "",
          "With rendition.generator=http: where the worker is, such as http://renditions:8080. Required.");
  private static final RemoteKeys REMOTE = new RemoteKeys("rendition.http.", "worker", "message");

  @Override
  public String name() {
    return "http";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    List<ConfigKey<?>> keys = new ArrayList<>(List.of(ADDRESS));
    keys.addAll(REMOTE.all());
    return keys;
  }

  /**
   * Makes the generator, as {@link RenditionGeneratorProvider#create} says. The worker is not asked
   * anything. The stores of the context are not used: the worker has its own, which have to be the
   * same places.
   */
  @Override
  public RenditionGenerator create(GeneratorContext context) {
    Settings settings = context.settings();
    String address = settings.get(ADDRESS);
    if (address.isEmpty()) {
      throw new ConfigException(
          List.of(
              ADDRESS + " is not set; write where the worker is, such as http://renditions:8080"));
    }
    try {
      return REMOTE.guarded(
          HttpRenditionGenerator.builder(URI.create(address))
              .connectTimeout(REMOTE.connectTimeout(settings))
              .settings(REMOTE.read(settings))
              .build(),
          settings);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(List.of(ADDRESS + ": " + e.getMessage()));
    }
  }
}
