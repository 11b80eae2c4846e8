package dev.rendition.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.SignedUrl;
import dev.rendition.asset.UrlSigner;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Signs links which CloudFront honours (CloudFront Developer Guide, "Use signed URLs"): with a
 * canned policy, which holds an end, or a custom one, which may hold a beginning and an address
 * too.
 *
 * <p>Signing does no I/O; it costs one RSA operation, about a millisecond with a key of 2,048 bits.
 * For many links at a time there is {@link #signFolder}. Asterisks of a key are percent-encoded:
 * CloudFront would take them for wildcards, and the signature of one link for that of many. Safe
 * for use by many threads.
 */
public final class CloudFrontUrlSigner implements UrlSigner {
  /** The longest validity of a link. CloudFront itself has no limit. */
  public static final Duration MAX_VALIDITY = Duration.ofDays(365);

  private static final Pattern KEY_PAIR = Pattern.compile("[A-Za-z0-9]{1,64}");
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}(/[0-9]{1,2})?");

  private final String base;
  private final String keyPairId;
  private final PrivateKey key;
  private final Clock clock;

  private CloudFrontUrlSigner(String base, String keyPairId, PrivateKey key, Clock clock) {
    this.base = base;
    this.keyPairId = keyPairId;
    this.key = key;
    this.clock = clock;
  }

  /**
   * Returns a signer.
   *
   * @param base what every link begins with: the distribution, such as {@code
   *     https://d111111abcdef8.cloudfront.net/}, and the folder in which the keys lie
   * @param keyPairId the id of the public key in the distribution's key group
   * @param pem the private key, RSA in PEM
   * @throws IllegalArgumentException if the base is no web address that ends with a slash, or the
   *     key cannot be read; the message shows nothing of the key
   */
  public static CloudFrontUrlSigner of(URI base, String keyPairId, String pem) {
    return of(base, keyPairId, PrivateKeys.read(pem), Clock.systemUTC());
  }

  /** Returns a signer with a key that is kept elsewhere, such as in a key store. */
  public static CloudFrontUrlSigner of(URI base, String keyPairId, PrivateKey key, Clock clock) {
    boolean web = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
    if (!web
        || base.getHost() == null
        || base.getRawUserInfo() != null
        || base.getRawQuery() != null
        || base.getRawFragment() != null
        || !base.toString().endsWith("/")) {
      throw new IllegalArgumentException(
          "a base for links of CloudFront is an http or https address that ends with '/', without"
              + " user, query and fragment");
    }
    if (!KEY_PAIR.matcher(keyPairId).matches()) {
      throw new IllegalArgumentException("a key pair id is 1 to 64 letters and digits");
    }
    return new CloudFrontUrlSigner(
        base.toString(), keyPairId, requireNonNull(key, "key"), requireNonNull(clock, "clock"));
  }

  /**
   * Makes a link for everybody that holds from now on, as {@link UrlSigner#sign} says.
   *
   * @param validity to the second, the rest rounded up; at most {@link #MAX_VALIDITY}
   */
  @Override
  public SignedUrl sign(AssetKey asset, Duration validity) {
    long end = end(clock.instant(), validity);
    String url = base + UriText.path(asset.toString());
    String query = "Expires=" + end + signed(policy(url, end, ""));
    return new SignedUrl(URI.create(url + '?' + query), Instant.ofEpochSecond(end));
  }

  /**
   * Makes a link that holds from a moment on, and only for some addresses.
   *
   * @param from when it begins to hold
   * @param validity how long it holds from then on, as for {@link #sign}
   * @param addresses an IPv4 address or range such as {@code 192.0.2.0/24}; empty for everybody
   */
  public SignedUrl sign(AssetKey asset, Instant from, Duration validity, String addresses) {
    if (!addresses.isEmpty() && !ADDRESS.matcher(addresses).matches()) {
      throw new IllegalArgumentException(
          "addresses are written like 192.0.2.7 or 192.0.2.0/24, or not at all");
    }
    long end = end(from, validity);
    String url = base + UriText.path(asset.toString());
    String more =
        ",\"DateGreaterThan\":{\"AWS:EpochTime\":"
            + from.getEpochSecond()
            + '}'
            + (addresses.isEmpty()
                ? ""
                : ",\"IpAddress\":{\"AWS:SourceIp\":\"" + addresses + "\"}");
    return new SignedUrl(
        URI.create(url + '?' + custom(policy(url, end, more))), Instant.ofEpochSecond(end));
  }

  /**
   * Signs once for all assets of a folder: what a page with hundreds of pictures needs, or the
   * renditions of one original. Whoever holds one of the links can open all of the folder.
   *
   * @param folder the beginning of the keys' paths, whole segments without a slash at the end;
   *     empty for all of the tenant
   * @param validity as for {@link #sign}
   */
  public SignedFolder signFolder(String tenant, String folder, Duration validity) {
    String beginning =
        folder.isEmpty()
            ? AssetKey.requireTenant(tenant) + '/'
            : AssetKey.of(tenant, folder).toString() + '/';
    long end = end(clock.instant(), validity);
    String policy = policy(base + UriText.path(beginning) + '*', end, "");
    return new SignedFolder(base, beginning, custom(policy), Instant.ofEpochSecond(end));
  }

  /** Names base and key pair, not the key. */
  @Override
  public String toString() {
    return "CloudFrontUrlSigner[" + base + ", key pair " + keyPairId + "]";
  }

  private static String policy(String resource, long end, String moreConditions) {
    return "{\"Statement\":[{\"Resource\":\""
        + resource
        + "\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":"
        + end
        + '}'
        + moreConditions
        + "}}]}";
  }

  private String custom(String policy) {
    return "Policy=" + text(policy.getBytes(UTF_8)) + signed(policy);
  }

  /** Signs over SHA-1, which CloudFront takes an RSA signature for unless a link says otherwise. */
  private String signed(String policy) {
    try {
      Signature signature = Signature.getInstance("SHA1withRSA");
      signature.initSign(key);
      signature.update(policy.getBytes(UTF_8));
      return "&Signature=" + text(signature.sign()) + "&Key-Pair-Id=" + keyPairId;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this key cannot sign with SHA1withRSA", e);
    }
  }

  private static long end(Instant from, Duration validity) {
    if (validity.isNegative() || validity.isZero() || validity.compareTo(MAX_VALIDITY) > 0) {
      throw new IllegalArgumentException(
          "a link is valid for more than zero and at most " + MAX_VALIDITY + ", was " + validity);
    }
    Instant end = from.plus(validity);
    return end.getNano() == 0 ? end.getEpochSecond() : end.getEpochSecond() + 1;
  }

  /** Base64, with the characters a query cannot hold replaced as CloudFront asks for. */
  private static String text(byte[] bytes) {
    return Base64.getEncoder()
        .encodeToString(bytes)
        .replace('+', '-')
        .replace('=', '_')
        .replace('/', '~');
  }
}
