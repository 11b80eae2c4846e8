package dev.rendition.s3;

import dev.rendition.config.ConfigException;
import dev.rendition.config.ConfigKey;
import dev.rendition.config.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * A place as configurations write it, {@code s3://bucket/prefix?region=eu-central-1}, and the
 * settings that hold where it says nothing. Collects every mistake.
 */
final class S3Location {
  private static final String SCHEME = "s3://";
  private static final Map<String, ConfigKey<String>> PARAMETERS =
      Map.of(
          "region", S3Keys.REGION,
          "endpoint", S3Keys.ENDPOINT,
          "path-style", S3Keys.PATH_STYLE,
          "acl", S3Keys.ACL,
          "encryption", S3Keys.ENCRYPTION,
          "kms-key", S3Keys.KMS_KEY,
          "treat-forbidden-as-missing", S3Keys.FORBIDDEN);

  private final String shown;
  private final String place;
  private final Settings settings;
  private final Map<String, String> parameters = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  private S3Location(String text, Settings settings) {
    this.settings = settings;
    int question = text.indexOf('?');
    this.shown = withoutUser(question < 0 ? text : text.substring(0, question));
    this.place = shown.startsWith(SCHEME) ? shown.substring(SCHEME.length()) : "";
    if (place.isEmpty()) {
      problems.add("a place in S3 is written s3://bucket/prefix?region=eu-central-1, was " + shown);
    }
    if (question >= 0) {
      for (String parameter : text.substring(question + 1).split("&", -1)) {
        read(parameter);
      }
    }
  }

  /** Who writes credentials into a place is not shown them, and told where they belong. */
  private String withoutUser(String text) {
    int slash = text.indexOf('/', SCHEME.length());
    String bucket = slash < 0 ? text : text.substring(0, slash);
    boolean user = bucket.indexOf('@') >= 0 || bucket.indexOf(':', SCHEME.length()) >= 0;
    if (!text.startsWith(SCHEME) || !user) {
      return text;
    }
    String rest = SCHEME + text.substring(text.lastIndexOf('@') + 1);
    problems.add(
        "the place "
            + (text.indexOf('@') < 0 ? SCHEME + "…" : rest)
            + " has a user or a port: set rendition.s3.access-key, rendition.s3.secret-key and"
            + " rendition.s3.endpoint instead");
    return text.indexOf('@') < 0 ? SCHEME + "bucket" : rest;
  }

  static S3Location read(String text, Settings settings) {
    return new S3Location(text, settings);
  }

  /** The messages leave out what follows the equals sign of an unknown name: it may be a secret. */
  private void read(String parameter) {
    int equals = parameter.indexOf('=');
    String name = equals < 0 ? parameter : parameter.substring(0, equals);
    String value = equals < 0 ? "" : parameter.substring(equals + 1);
    if (!PARAMETERS.containsKey(name)) {
      problems.add(
          "the place "
              + shown
              + " has the parameter \""
              + name
              + "\"; there are "
              + new TreeMap<>(PARAMETERS).keySet());
    } else if (parameters.put(name, value) != null) {
      problems.add("the place " + shown + " has the parameter " + name + " twice");
    }
  }

  /** Returns the bucket and prefix, as the builders take them. */
  String place() {
    return place;
  }

  /** Returns how S3 is reached. */
  S3Connection connection() {
    S3Connection way =
        S3Connection.DEFAULT
            .attempts(settings.get(S3Keys.ATTEMPTS))
            .timeouts(settings.get(S3Keys.TIMEOUT), settings.get(S3Keys.SILENCE))
            .pathStyle(word("path-style", S3Keys.BOOLEANS).equals("true"));
    try {
      String region = text("region");
      way = region.isEmpty() ? way : way.region(region);
      String endpoint = text("endpoint");
      way = endpoint.isEmpty() ? way : way.endpoint(address(endpoint));
    } catch (IllegalArgumentException e) {
      problems.add("the place " + shown + ": " + e.getMessage());
    }
    String access = settings.get(S3Keys.ACCESS_KEY);
    String secret = settings.get(S3Keys.SECRET_KEY);
    if (access.isEmpty() != secret.isEmpty()) {
      problems.add(
          (access.isEmpty() ? S3Keys.ACCESS_KEY : S3Keys.SECRET_KEY)
              + " is not set, and the other half of the credentials is");
    } else if (!access.isEmpty()) {
      way =
          way.credentials(
              StaticCredentialsProvider.create(AwsBasicCredentials.create(access, secret)));
    }
    return way;
  }

  /** The message of {@link URI#create} would quote what may be a password. */
  private static URI address(String endpoint) {
    try {
      return new URI(endpoint);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "an endpoint is written like https://s3.example.com; this one is no URI: "
              + e.getReason());
    }
  }

  /** Returns a store there, not built yet. */
  S3AssetStore.Builder store() {
    S3AssetStore.Builder builder;
    try {
      builder = S3AssetStore.builder(place);
    } catch (IllegalArgumentException e) {
      problems.add("the place " + shown + ": " + e.getMessage());
      builder = S3AssetStore.builder("bucket");
    }
    String encryption = word("encryption", S3Keys.ENCRYPTIONS);
    String kmsKey = text("kms-key");
    if (!kmsKey.isEmpty() && !encryption.startsWith("aws:kms")) {
      problems.add(S3Keys.KMS_KEY + " is set; set " + S3Keys.ENCRYPTION + "=aws:kms too");
    }
    String acl = word("acl", S3Keys.ACLS);
    return builder
        .connection(connection())
        .acl(acl.equals(S3Keys.NO_ACL) ? "" : acl)
        .encryption(encryption.equals(S3Keys.AS_THE_BUCKET) ? "" : encryption, kmsKey)
        .treatForbiddenAsMissing(word("treat-forbidden-as-missing", S3Keys.BOOLEANS).equals("true"))
        .partSize(Math.toIntExact(settings.get(S3Keys.PART_SIZE)))
        .parallelParts(settings.get(S3Keys.PARALLEL_PARTS));
  }

  /** Throws every mistake found so far. */
  void requireUsable() {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  private String text(String parameter) {
    ConfigKey<String> key = PARAMETERS.getOrDefault(parameter, S3Keys.REGION);
    return parameters.getOrDefault(parameter, settings.get(key));
  }

  private String word(String parameter, List<String> words) {
    String text = text(parameter);
    if (!words.contains(text)) {
      problems.add(
          "the place "
              + shown
              + ": "
              + parameter
              + " is one of "
              + words
              + ", was \""
              + text
              + '"');
      return words.get(0);
    }
    return text;
  }
}
