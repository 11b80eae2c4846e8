package dev.rendition;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.UrlSigner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes links to the assets of one store. */
final class Links {
  private static final String UNRESERVED = "-._~!$&'(),;=:@/";

  private final String keys;
  private final @Nullable URI publicBase;
  private final @Nullable UrlSigner signer;

  /**
   * Makes links of what is configured.
   *
   * @param keys what the configuration's keys for this store begin with
   */
  Links(String keys, @Nullable URI publicBase, @Nullable UrlSigner signer) {
    this.keys = keys;
    this.publicBase = publicBase == null ? null : requireBase(publicBase);
    this.signer = signer;
  }

  URI to(AssetKey key, UrlPolicy policy) {
    if (policy instanceof UrlPolicy.Signed signed) {
      if (signer == null) {
        throw new IllegalStateException(
            "there is no signer for private links; set " + keys + "signer");
      }
      return signer.sign(key, signed.validity()).uri();
    }
    if (publicBase == null) {
      throw new IllegalStateException(
          "there is no base for public links; set " + keys + "public-base");
    }
    return URI.create(publicBase + encode(key.toString()));
  }

  boolean hasPublicBase() {
    return publicBase != null;
  }

  boolean hasSigner() {
    return signer != null;
  }

  /** Checks that a base is absolute, without query and fragment, and ends with a slash. */
  static URI requireBase(URI base) {
    String text = base.toString();
    if (base.getScheme() == null
        || base.isOpaque()
        || base.getRawQuery() != null
        || base.getRawFragment() != null
        || !text.endsWith("/")) {
      throw new IllegalArgumentException(
          "a base for links is absolute, ends with '/' and has neither query nor fragment, was \""
              + text
              + '"');
    }
    return base;
  }

  /**
   * Writes a key as the path of a URI (RFC 3986, section 3.3): bytes of UTF-8 that may not stand
   * there become %HH, and so do {@code +}, which some servers read as a space, and {@code *}, which
   * some read as a wildcard.
   */
  static String encode(String key) {
    StringBuilder encoded = new StringBuilder(key.length() + 16);
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if ((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || UNRESERVED.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(hex(c >> 4)).append(hex(c & 15));
      }
    }
    return encoded.toString();
  }

  private static String hex(int digit) {
    return Integer.toHexString(digit).toUpperCase(Locale.ROOT);
  }
}
