package dev.rendition.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.SignedUrl;
import dev.rendition.asset.UrlSigner;
import java.net.URI;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs links with HMAC-SHA-256 (RFC 2104), and checks them. A link is written
 *
 * <pre>{@code {base}{tenant}/{path}?expires={seconds}&kid={key id}&sig={signature}}</pre>
 *
 * <p>with the key percent-encoded (RFC 3986, everything but unreserved characters), the expiry in
 * seconds since 1970, and the signature in base64url without padding (RFC 4648, section 5). The
 * signature covers the path with the base's, the expiry and the key id; it does not cover scheme
 * and host, so that a link survives a proxy. Every link has exactly one text that is accepted.
 *
 * <p>Several keys may be given: the first signs, all of them verify. To change keys, add the new
 * one in front, and drop the old one when its last link has expired. Safe for use by many threads.
 */
public final class HmacUrlSigner implements UrlSigner {
  /** The longest validity unless told otherwise. */
  public static final Duration DEFAULT_MAX_VALIDITY = Duration.ofDays(7);

  /** The shortest secret, in bytes: half of what RFC 2104, section 3 recommends. */
  public static final int MIN_SECRET_BYTES = 16;

  private static final int MAX_LINK = 8_192;
  private static final String ALGORITHM = "HmacSHA256";

  /** Keeps these signatures apart from any other use of the same secret. */
  private static final String PURPOSE = "rendition link 1\n";

  private static final Pattern QUERY =
      Pattern.compile(
          "expires=([1-9][0-9]{0,10})&kid=([A-Za-z0-9._-]{1,32})&sig=([A-Za-z0-9_-]{43})");

  private final String origin;
  private final String basePath;
  private final Map<String, SecretKeySpec> keys;
  private final String signingKey;
  private final Duration maxValidity;
  private final Clock clock;

  private HmacUrlSigner(Builder from) {
    this.origin = from.origin;
    this.basePath = from.basePath;
    this.keys = new LinkedHashMap<>(from.keys);
    this.signingKey = keys.keySet().iterator().next();
    this.maxValidity = from.maxValidity;
    this.clock = from.clock;
  }

  /**
   * Begins a signer.
   *
   * @param base what every link begins with, such as {@code https://img.example.com/} or {@code
   *     /assets/}; a slash is added at its end if there is none
   * @throws IllegalArgumentException if it is neither an http or https address nor a path from the
   *     root, or has a query, a fragment or dot segments
   */
  public static Builder builder(URI base) {
    return new Builder(base);
  }

  @Override
  public SignedUrl sign(AssetKey key, Duration validity) {
    if (validity.isZero() || validity.isNegative() || validity.compareTo(maxValidity) > 0) {
      throw new IllegalArgumentException(
          "a link is valid for more than zero and at most " + maxValidity + ", was " + validity);
    }
    Instant end = clock.instant().plus(validity);
    // Up to the whole second, so that a link is never valid for less than was asked.
    long expires = end.getNano() == 0 ? end.getEpochSecond() : end.getEpochSecond() + 1;
    String path = basePath + UriPath.encode(key.toString());
    String signature = signature(signingKey, expires, path);
    URI uri =
        URI.create(
            origin + path + "?expires=" + expires + "&kid=" + signingKey + "&sig=" + signature);
    return new SignedUrl(uri, Instant.ofEpochSecond(expires));
  }

  /** Checks a whole link; one with another scheme or host is malformed. */
  public LinkCheck verify(URI link) {
    String text = link.toString();
    return text.startsWith(origin)
        ? verify(text.substring(origin.length()))
        : refused(LinkCheck.Reason.MALFORMED);
  }

  /**
   * Checks the path and query of a request as they came over the wire, nothing decoded: {@code
   * /acme/a.jpg?expires=…}. Never throws, whatever the text.
   */
  public LinkCheck verify(String pathAndQuery) {
    int question = pathAndQuery.indexOf('?');
    if (pathAndQuery.length() > MAX_LINK || question < 0) {
      return refused(LinkCheck.Reason.MALFORMED);
    }
    String path = pathAndQuery.substring(0, question);
    Matcher query = QUERY.matcher(pathAndQuery.substring(question + 1));
    if (!path.startsWith(basePath) || !query.matches()) {
      return refused(LinkCheck.Reason.MALFORMED);
    }
    AssetKey key;
    try {
      // What it decodes leniently, the comparison with the one right form refuses.
      String text = path.substring(basePath.length());
      key = AssetKey.parse(URLDecoder.decode(text, UTF_8));
      if (!UriPath.encode(key.toString()).equals(text)) {
        return refused(LinkCheck.Reason.MALFORMED);
      }
    } catch (IllegalArgumentException e) {
      return refused(LinkCheck.Reason.MALFORMED);
    }
    String keyId = query.group(2);
    if (!keys.containsKey(keyId)) {
      return refused(LinkCheck.Reason.UNKNOWN_KEY);
    }
    long expires = Long.parseLong(query.group(1));
    byte[] right = signature(keyId, expires, path).getBytes(US_ASCII);
    if (!MessageDigest.isEqual(right, query.group(3).getBytes(US_ASCII))) {
      return refused(LinkCheck.Reason.BAD_SIGNATURE);
    }
    Instant expiresAt = Instant.ofEpochSecond(expires);
    return clock.instant().isBefore(expiresAt)
        ? new LinkCheck.Accepted(key, expiresAt)
        : refused(LinkCheck.Reason.EXPIRED);
  }

  /** Names the base and the ids of the keys, not the keys. */
  @Override
  public String toString() {
    return "HmacUrlSigner[" + origin + basePath + ", keys " + keys.keySet() + "]";
  }

  private static LinkCheck refused(LinkCheck.Reason reason) {
    return new LinkCheck.Refused(reason);
  }

  private String signature(String keyId, long expires, String path) {
    String text = PURPOSE + keyId + '\n' + expires + '\n' + path;
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(requireNonNull(keys.get(keyId)));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** Collects what a signer needs. Not safe for use by many threads. */
  public static final class Builder {
    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9._-]{1,32}");

    private final String origin;
    private final String basePath;
    private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
    private Duration maxValidity = DEFAULT_MAX_VALIDITY;
    private Clock clock = Clock.systemUTC();

    private Builder(URI base) {
      String path = base.getRawPath() == null ? "" : base.getRawPath();
      boolean web = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
      boolean whole = web && base.getHost() != null && base.getRawUserInfo() == null;
      boolean pathOnly =
          base.getScheme() == null && base.getRawAuthority() == null && path.startsWith("/");
      if (!whole && !pathOnly || base.getRawQuery() != null || base.getRawFragment() != null) {
        throw new IllegalArgumentException(
            "a base is an http or https address or a path from the root, without user, query and"
                + " fragment, was \""
                + base
                + '"');
      }
      if ((path + "/").contains("/./") || (path + "/").contains("/../") || path.contains("//")) {
        throw new IllegalArgumentException(
            "a base's path has no empty segment, '.' or '..', was \"" + base + '"');
      }
      this.origin = whole ? base.getScheme() + "://" + base.getRawAuthority() : "";
      this.basePath = path.endsWith("/") ? path : path + "/";
    }

    /**
     * Adds a key. The first one added signs.
     *
     * @param id goes into links in the clear: 1 to 32 letters, digits, {@code . _ -}
     * @param secret at least {@value HmacUrlSigner#MIN_SECRET_BYTES} random bytes; copied
     */
    public Builder key(String id, byte[] secret) {
      if (!KEY_ID.matcher(id).matches()) {
        throw new IllegalArgumentException(
            "a key id is 1 to 32 letters, digits, '.', '_' or '-', was \"" + id + '"');
      }
      if (secret.length < MIN_SECRET_BYTES) {
        throw new IllegalArgumentException(
            "the secret of key \""
                + id
                + "\" is at least "
                + MIN_SECRET_BYTES
                + " bytes, was "
                + secret.length);
      }
      if (keys.putIfAbsent(id, new SecretKeySpec(secret, ALGORITHM)) != null) {
        throw new IllegalArgumentException("key \"" + id + "\" is given twice");
      }
      return this;
    }

    /**
     * Sets the longest validity a link may be given.
     *
     * @param longest at least a second
     */
    public Builder maxValidity(Duration longest) {
      if (longest.compareTo(Duration.ofSeconds(1)) < 0
          || longest.compareTo(Duration.ofDays(36_500)) > 0) {
        throw new IllegalArgumentException(
            "the longest validity is 1 second to 36500 days, was " + longest);
      }
      this.maxValidity = longest;
      return this;
    }

    /** Sets the clock that links expire by. */
    public Builder clock(Clock time) {
      this.clock = requireNonNull(time, "clock");
      return this;
    }

    /**
     * Makes the signer.
     *
     * @throws IllegalStateException if no key was given
     */
    public HmacUrlSigner build() {
      if (keys.isEmpty()) {
        throw new IllegalStateException("a signer needs at least one key");
      }
      return new HmacUrlSigner(this);
    }
  }
}
