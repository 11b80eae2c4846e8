package dev.rendition.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one day, region and secret, and what is signed with it: AWS signature version 4 (AWS
 * General Reference, "Signature Version 4 for API requests"). Deriving it costs four hashes, so it
 * is kept while it holds. Immutable.
 */
final class SigningKey {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private static final String MAC = "HmacSHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final String secret;
  private final String day;
  private final String region;
  private final SecretKeySpec key;

  private SigningKey(String secret, String day, String region, SecretKeySpec key) {
    this.secret = secret;
    this.day = day;
    this.region = region;
    this.key = key;
  }

  /** Returns the key for a moment written as {@link #time} does. */
  static SigningKey derive(String secret, String time, String region) {
    String day = time.substring(0, 8);
    byte[] first = ("AWS4" + secret).getBytes(UTF_8);
    byte[] last = first;
    for (String step : new String[] {day, region, "s3", "aws4_request"}) {
      last = mac(new SecretKeySpec(last, MAC), step);
    }
    return new SigningKey(secret, day, region, new SecretKeySpec(last, MAC));
  }

  /** Returns a moment in UTC to the second, such as {@code 20240229T235959Z}. */
  static String time(Instant moment) {
    return TIME.format(moment);
  }

  boolean holds(String otherSecret, String time, String otherRegion) {
    return time.startsWith(day) && secret.equals(otherSecret) && region.equals(otherRegion);
  }

  /** Returns {@code 20240229/eu-central-1/s3/aws4_request}. */
  String scope() {
    return day + '/' + region + "/s3/aws4_request";
  }

  /** Returns the signature of a canonical request in hex. */
  String sign(String time, String canonicalRequest) {
    String hash = Digests.hex(Digests.sha256().digest(canonicalRequest.getBytes(UTF_8)));
    return Digests.hex(mac(key, ALGORITHM + '\n' + time + '\n' + scope() + '\n' + hash));
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return "SigningKey[" + scope() + "]";
  }

  private static byte[] mac(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + MAC, e);
    }
  }
}
