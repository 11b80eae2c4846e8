package dev.rendition;

import dev.rendition.config.ConfigException;
import dev.rendition.config.ConfigKey;
import dev.rendition.config.Settings;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Settings as texts, not looked at yet: from properties or from the environment. Immutable. {@link
 * Renditions#fromConfig} reads them and reports every mistake at once; docs/configuration.md lists
 * the keys. {@link #toString()} shows no values, for some are secrets.
 */
public final class RenditionConfig {
  private static final String PREFIX = "rendition.";
  private static final char BYTE_ORDER_MARK = '\ufeff';
  private static final String ENVIRONMENT_PREFIX = "RENDITION_";

  private final Map<String, String> properties;
  private final Map<String, String> environment;

  private RenditionConfig(Map<String, String> properties, Map<String, String> environment) {
    this.properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    this.environment = Collections.unmodifiableMap(new TreeMap<>(environment));
  }

  /**
   * Returns the settings whose names begin with {@code rendition.}; others belong to somebody else
   * and are ignored.
   */
  public static RenditionConfig of(Properties properties) {
    Map<String, String> texts = new TreeMap<>();
    properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
    return of(texts);
  }

  /**
   * Returns the settings whose names begin with {@code rendition.}; others belong to somebody else
   * and are ignored.
   */
  public static RenditionConfig of(Map<String, String> properties) {
    Map<String, String> ours = new TreeMap<>();
    properties.forEach(
        (name, text) -> {
          if (name.startsWith(PREFIX)) {
            ours.put(name, text);
          }
        });
    return new RenditionConfig(ours, Map.of());
  }

  /**
   * Reads a properties file in UTF-8, with a byte order mark or without.
   *
   * @throws IOException if it cannot be read
   */
  public static RenditionConfig ofFile(Path file) throws IOException {
    Properties properties = new Properties();
    try (PushbackReader reader =
        new PushbackReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      int first = reader.read();
      if (first >= 0 && first != BYTE_ORDER_MARK) {
        reader.unread(first);
      }
      properties.load(reader);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is no properties file: " + e.getMessage(), e);
    }
    return of(properties);
  }

  /**
   * Returns the settings in environment form: upper case, {@code .} and {@code -} written {@code
   * _}, as in {@code RENDITION_GENERATOR} and {@code RENDITION_RECIPE_CARD}. Variables that do not
   * begin with {@code RENDITION_} are ignored.
   */
  public static RenditionConfig ofEnvironment(Map<String, String> environment) {
    Map<String, String> ours = new TreeMap<>();
    environment.forEach(
        (name, text) -> {
          if (name.startsWith(ENVIRONMENT_PREFIX)) {
            ours.put(name, text);
          }
        });
    return new RenditionConfig(Map.of(), ours);
  }

  /** Returns these settings and others; where both have a key, the other's text holds. */
  public RenditionConfig overriddenBy(RenditionConfig other) {
    Map<String, String> texts = new TreeMap<>(properties);
    texts.putAll(other.properties);
    Map<String, String> variables = new TreeMap<>(environment);
    variables.putAll(other.environment);
    other.properties.keySet().forEach(name -> variables.remove(environmentName(name)));
    return new RenditionConfig(texts, variables);
  }

  /**
   * Returns these settings with one more.
   *
   * @throws IllegalArgumentException if the name does not begin with {@code rendition.}
   */
  public RenditionConfig with(String name, String text) {
    if (!name.startsWith(PREFIX)) {
      throw new IllegalArgumentException(
          "the name of a setting begins with " + PREFIX + ", was \"" + Shown.text(name) + '"');
    }
    return overriddenBy(of(Map.of(name, text)));
  }

  /**
   * Reads some keys, for a tool that needs them without opening anything. Other settings are passed
   * over, unknown ones too; {@link Renditions#fromConfig} is who reports those.
   *
   * @throws ConfigException with every mistake in the texts of these keys
   */
  public Settings read(Collection<ConfigKey<?>> keys) {
    Map<String, String> texts = texts(keys, List.of());
    texts.keySet().retainAll(keys.stream().map(ConfigKey::name).toList());
    List<String> problems = new ArrayList<>();
    Settings settings = Settings.read(texts, keys, List.of(), problems);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return settings;
  }

  /**
   * Returns name to text, the names of variables brought to the names of keys where a key, a family
   * or a property fits, and left as they are elsewhere; variables win over properties.
   */
  Map<String, String> texts(Iterable<ConfigKey<?>> keys, Iterable<String> families) {
    Map<String, String> names = new TreeMap<>();
    properties.keySet().forEach(name -> names.putIfAbsent(environmentName(name), name));
    keys.forEach(key -> names.put(key.environmentName(), key.name()));
    Map<String, String> texts = new TreeMap<>(properties);
    environment.forEach((variable, text) -> texts.put(name(variable, names, families), text));
    return texts;
  }

  @Override
  public String toString() {
    return "settings for " + properties.keySet() + environment.keySet();
  }

  private static String name(
      String variable, Map<String, String> names, Iterable<String> families) {
    if (names.containsKey(variable)) {
      return names.get(variable);
    }
    for (String family : families) {
      String begin = environmentName(family);
      if (variable.startsWith(begin)) {
        return family
            + variable.substring(begin.length()).toLowerCase(Locale.ROOT).replace('_', '-');
      }
    }
    return variable;
  }

  static String environmentName(String name) {
    return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
