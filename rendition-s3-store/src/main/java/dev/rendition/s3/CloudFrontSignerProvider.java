package dev.rendition.s3;

import dev.rendition.asset.UrlSigner;
import dev.rendition.config.ConfigException;
import dev.rendition.config.ConfigKey;
import dev.rendition.config.Settings;
import dev.rendition.spi.UrlSignerProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a {@link CloudFrontUrlSigner} for {@code rendition.urls.signer=cloudfront}, and for {@code
 * rendition.urls.originals.signer=cloudfront}.
 */
public final class CloudFrontSignerProvider implements UrlSignerProvider {
  static final ConfigKey<String> BASE =
      ConfigKey.text(
          "rendition.urls.cloudfront.base",
          "",
          "With rendition.urls.signer=cloudfront: what private links begin with; ends with a slash. Required.");
  static final ConfigKey<String> ORIGINALS_BASE =
      ConfigKey.text(
          "rendition.urls.cloudfront.originals-base",
          "",
          "With rendition.urls.originals.signer=cloudfront: what private links to originals begin with; ends with a"
              + " slash. Required.");
  static final ConfigKey<String> KEY_PAIR =
      ConfigKey.text(
          "rendition.urls.cloudfront.key-pair-id",
          "",
          "With rendition.urls.signer=cloudfront: the id of the public key in the distribution's key group. Required.");
  static final ConfigKey<String> PRIVATE_KEY =
      ConfigKey.text(
          "rendition.urls.cloudfront.private-key",
          "",
          "With rendition.urls.signer=cloudfront: the RSA key in PEM, or file:/path of one. A secret: it appears in no"
              + " message. Required.");

  @Override
  public String name() {
    return "cloudfront";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(BASE, ORIGINALS_BASE, KEY_PAIR, PRIVATE_KEY);
  }

  @Override
  public UrlSigner create(Settings settings) {
    return signer(BASE, settings);
  }

  @Override
  public UrlSigner createForOriginals(Settings settings) {
    return signer(ORIGINALS_BASE, settings);
  }

  private static UrlSigner signer(ConfigKey<String> base, Settings settings) {
    List<String> problems = new ArrayList<>();
    for (ConfigKey<String> key : List.of(base, KEY_PAIR, PRIVATE_KEY)) {
      if (settings.get(key).isEmpty()) {
        problems.add(key + " is not set");
      }
    }
    if (problems.isEmpty()) {
      try {
        return CloudFrontUrlSigner.of(
            URI.create(settings.get(base)), settings.get(KEY_PAIR), pem(settings.get(PRIVATE_KEY)));
      } catch (IllegalArgumentException e) {
        problems.add("rendition.urls.cloudfront: " + e.getMessage());
      }
    }
    throw new ConfigException(problems);
  }

  private static String pem(String text) {
    if (!text.startsWith("file:")) {
      return text;
    }
    try {
      return Files.readString(Path.of(text.substring("file:".length())), StandardCharsets.US_ASCII);
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException("the file of the private key cannot be read: " + e, e);
    }
  }
}
