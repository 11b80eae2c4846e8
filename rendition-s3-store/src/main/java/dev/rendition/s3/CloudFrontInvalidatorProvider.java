package dev.rendition.s3;

import dev.rendition.asset.CdnInvalidator;
import dev.rendition.config.ConfigException;
import dev.rendition.config.ConfigKey;
import dev.rendition.config.Settings;
import dev.rendition.spi.CdnInvalidatorProvider;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Makes a {@link CloudFrontInvalidator} for {@code rendition.cdn=cloudfront}. */
public final class CloudFrontInvalidatorProvider implements CdnInvalidatorProvider {
  static final ConfigKey<String> DISTRIBUTION =
      ConfigKey.text(
          "rendition.cloudfront.distribution",
          "",
          "With rendition.cdn=cloudfront: the id of the distribution, such as EDFDVBD6EXAMPLE. Required.");
  static final ConfigKey<String> FOLDER =
      ConfigKey.text(
          "rendition.cloudfront.folder",
          "/",
          "With rendition.cdn=cloudfront: the path of links before the key, with a slash at both ends.");
  static final ConfigKey<Integer> WILDCARD_FROM =
      ConfigKey.count(
          "rendition.cloudfront.wildcard-from",
          "10",
          2,
          1_000_000,
          "With rendition.cdn=cloudfront: from how many keys in one folder on the whole folder is forgotten.");
  static final ConfigKey<String> ENDPOINT =
      ConfigKey.text(
          "rendition.cloudfront.endpoint",
          "",
          "With rendition.cdn=cloudfront: another address of the service, for tests; empty for AWS.");

  @Override
  public String name() {
    return "cloudfront";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(
        DISTRIBUTION, FOLDER, WILDCARD_FROM, ENDPOINT, S3Keys.ACCESS_KEY, S3Keys.SECRET_KEY);
  }

  @Override
  public CdnInvalidator create(Settings settings) {
    String distribution = settings.get(DISTRIBUTION);
    if (distribution.isEmpty()) {
      throw new ConfigException(List.of(DISTRIBUTION + " is not set"));
    }
    String access = settings.get(S3Keys.ACCESS_KEY);
    String secret = settings.get(S3Keys.SECRET_KEY);
    String endpoint = settings.get(ENDPOINT);
    try {
      return CloudFrontInvalidator.connect(
          endpoint.isEmpty() ? null : URI.create(endpoint),
          access.isEmpty() || secret.isEmpty()
              ? null
              : StaticCredentialsProvider.create(AwsBasicCredentials.create(access, secret)),
          distribution,
          settings.get(FOLDER),
          settings.get(WILDCARD_FROM));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(List.of("rendition.cdn: " + e.getMessage()));
    } catch (NoClassDefFoundError e) {
      throw new ConfigException(
          List.of(
              "rendition.cdn: cloudfront needs the artifact software.amazon.awssdk:cloudfront as well; add it"));
    }
  }
}
