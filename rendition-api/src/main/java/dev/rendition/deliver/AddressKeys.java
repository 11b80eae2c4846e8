package dev.rendition.deliver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs with the first of its keys and checks with all of them (HMAC-SHA-256, RFC 2104). */
final class AddressKeys {
  static final int MIN_SECRET_BYTES = 16;
  static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");

  private static final String ALGORITHM = "HmacSHA256";

  /** Keeps these signatures apart from any other use of the same secret. */
  private static final String PURPOSE = "rendition address 1\n";

  private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();

  void add(String id, byte[] secret) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "a key id is 1 to 32 letters, digits, '_' or '-', had " + id.length() + " characters");
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
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  boolean has(String id) {
    return keys.containsKey(id);
  }

  String first() {
    return keys.keySet().iterator().next();
  }

  /** Returns a signature of 43 characters of base64url, without padding. */
  String sign(String id, long expires, String text) {
    SecretKeySpec key = keys.get(id);
    if (key == null) {
      throw new IllegalArgumentException("there is no such key");
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] signature = mac.doFinal((PURPOSE + id + '\n' + expires + '\n' + text).getBytes(UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** Compares texts, not bytes, so that only one text is right; in constant time. */
  boolean verify(String id, long expires, String text, String signature) {
    return MessageDigest.isEqual(
        sign(id, expires, text).getBytes(US_ASCII), signature.getBytes(US_ASCII));
  }

  /** Names the ids. */
  @Override
  public String toString() {
    return keys.keySet().toString();
  }
}
