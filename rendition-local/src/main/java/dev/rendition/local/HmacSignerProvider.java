package dev.rendition.local;

import dev.rendition.asset.UrlSigner;
import dev.rendition.config.ConfigException;
import dev.rendition.config.ConfigKey;
import dev.rendition.config.Settings;
import dev.rendition.spi.UrlSignerProvider;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Makes an {@link HmacUrlSigner} for {@code rendition.urls.signer=hmac}. */
public final class HmacSignerProvider implements UrlSignerProvider {
  static final ConfigKey<String> BASE =
      ConfigKey.text(
          "rendition.urls.hmac.base",
          "",
          "With rendition.urls.signer=hmac: what private links begin with, an address or a path such as /assets/."
              + " Required.");
  static final ConfigKey<String> KEYS =
      ConfigKey.text(
          "rendition.urls.hmac.keys",
          "",
          "With rendition.urls.signer=hmac: id:secret,id:secret…, each secret 16 bytes or more in base64url; the"
              + " first signs, all verify. A secret: it appears in no message. Required.");
  static final ConfigKey<Duration> MAX_VALIDITY =
      ConfigKey.duration(
          "rendition.urls.hmac.max-validity",
          "7d",
          Duration.ofSeconds(1),
          Duration.ofDays(36_500),
          "With rendition.urls.signer=hmac: the longest a private link may hold.");

  @Override
  public String name() {
    return "hmac";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(BASE, KEYS, MAX_VALIDITY);
  }

  @Override
  public UrlSigner create(Settings settings) {
    List<String> problems = new ArrayList<>();
    HmacUrlSigner.Builder builder = HmacUrlSigner.builder(base(settings.get(BASE), problems));
    String keys = settings.get(KEYS);
    if (keys.isEmpty()) {
      problems.add(KEYS + " is not set; write id:secret, the secret 16 bytes or more in base64url");
    } else {
      addKeys(builder, keys, problems);
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return builder.maxValidity(settings.get(MAX_VALIDITY)).build();
  }

  private static URI base(String text, List<String> problems) {
    URI fallback = URI.create("/");
    if (text.isEmpty()) {
      problems.add(BASE + " is not set; write an address or a path such as /assets/");
      return fallback;
    }
    try {
      URI base = URI.create(text);
      HmacUrlSigner.builder(base);
      return base;
    } catch (IllegalArgumentException e) {
      problems.add(BASE + ": " + e.getMessage());
      return fallback;
    }
  }

  /** Adds the keys one by one; a message names a key by its place, for its id may be a secret. */
  private static void addKeys(HmacUrlSigner.Builder builder, String keys, List<String> problems) {
    int number = 0;
    for (String key : keys.split(",", -1)) {
      number++;
      String trimmed = key.strip();
      int colon = trimmed.indexOf(':');
      String problem = colon < 1 ? "expected id:secret" : add(builder, trimmed, colon);
      if (!problem.isEmpty()) {
        problems.add(KEYS + ": entry " + number + ": " + problem);
      }
    }
  }

  private static String add(HmacUrlSigner.Builder builder, String key, int colon) {
    byte[] secret;
    try {
      secret = Base64.getUrlDecoder().decode(key.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      return "the secret is not base64url (RFC 4648, section 5)";
    }
    if (secret.length < HmacUrlSigner.MIN_SECRET_BYTES) {
      return "the secret is at least "
          + HmacUrlSigner.MIN_SECRET_BYTES
          + " bytes, was "
          + secret.length;
    }
    try {
      builder.key(key.substring(0, colon), secret);
      return "";
    } catch (IllegalArgumentException e) {
      return "the id is 1 to 32 letters, digits, '.', '_' or '-', and given once";
    }
  }
}
