package dev.rendition.compose;

import dev.rendition.config.ConfigException;
import dev.rendition.config.ConfigKey;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.spi.GeneratorContext;
import dev.rendition.spi.RenditionGeneratorProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes a {@link FailoverGenerator} for {@code rendition.generator=failover}. */
public final class FailoverProvider implements RenditionGeneratorProvider {
  static final ConfigKey<String> ORDER =
      ConfigKey.text(
          "rendition.failover.order",
          "lambda,local",
          "With rendition.generator=failover: the generators to ask, in order, separated by commas.");

  @Override
  public String name() {
    return "failover";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(ORDER);
  }

  @Override
  public RenditionGenerator create(GeneratorContext context) throws IOException {
    List<String> names = List.of(context.settings().get(ORDER).split(" *, *", -1));
    if (names.size() < 2
        || names.contains(name())
        || names.stream().distinct().count() != names.size()) {
      throw new ConfigException(
          List.of(
              ORDER.name()
                  + ": expected two or more different generators other than failover, was "
                  + names));
    }
    List<RenditionGenerator> made = new ArrayList<>();
    try {
      for (String name : names) {
        made.add(context.generator(name));
      }
      return new FailoverGenerator(made);
    } catch (IOException | RuntimeException | LinkageError e) {
      for (RenditionGenerator generator : made) {
        try {
          generator.close();
        } catch (RuntimeException second) {
          e.addSuppressed(second);
        }
      }
      throw e;
    }
  }
}
