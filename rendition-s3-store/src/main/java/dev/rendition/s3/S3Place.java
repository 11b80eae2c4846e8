package dev.rendition.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetKey;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where in S3 the assets of every tenant lie: a bucket and a prefix, either of which may contain
 * {@code {tenant}}.
 *
 * <p>With {@code {tenant}} somewhere, an object is named {@code prefix/path}; without it, {@code
 * prefix/tenant/path}. So no two tenants share an object, and no key names an object outside its
 * tenant.
 *
 * @param bucket a bucket's name, or the pattern of one for each tenant
 * @param prefix what objects' names begin with, without a slash at either end; may be empty
 */
record S3Place(String bucket, String prefix) {
  static final String TENANT = "{tenant}";

  /** Bucket naming rules of the S3 user guide; AWS itself makes only lower-case ones since 2018. */
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  S3Place {
    requireNonNull(bucket, "bucket");
    requireNonNull(prefix, "prefix");
    if (!BUCKET.matcher(bucket.replace(TENANT, "tenant")).matches() || bucket.contains("..")) {
      throw new IllegalArgumentException(
          "a bucket is 3 to 63 lower-case letters, digits, '.' or '-', maybe with {tenant}, was \""
              + shown(bucket)
              + '"');
    }
    if (!prefix.isEmpty()) {
      String sample = prefix.replace(TENANT, "tenant");
      try {
        if (!AssetKey.of("tenant", sample).path().equals(sample) || sample.matches(".*[{}].*")) {
          throw new IllegalArgumentException("it has other braces, or is not in normal form C");
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "a prefix is segments joined by '/', maybe with {tenant}, was \""
                + shown(prefix)
                + "\": "
                + e.getMessage(),
            e);
      }
    }
  }

  /** Reads {@code bucket/prefix}; a slash at the end is left out. */
  static S3Place parse(String text) {
    int slash = text.indexOf('/');
    String bucket = slash < 0 ? text : text.substring(0, slash);
    String prefix = slash < 0 ? "" : text.substring(slash + 1);
    return new S3Place(
        bucket, prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix);
  }

  /** Returns whether each tenant has a bucket of its own. */
  boolean bucketPerTenant() {
    return bucket.contains(TENANT);
  }

  /**
   * Returns the bucket of a tenant.
   *
   * @throws IOException if the tenant's name makes no bucket's name
   */
  String bucket(String tenant) throws IOException {
    if (!bucketPerTenant()) {
      return bucket;
    }
    String name = bucket.replace(TENANT, tenant);
    if (!BUCKET.matcher(name).matches() || name.contains("..")) {
      throw new IOException(
          "the tenant \""
              + tenant
              + "\" has no bucket: \""
              + name
              + "\" is not 3 to 63 lower-case letters, digits, '.' or '-'; rename the tenant or use"
              + " {tenant} in the prefix");
    }
    return name;
  }

  /**
   * Returns the name of a key's object.
   *
   * @throws IOException if it is longer than S3 takes
   */
  String object(AssetKey key) throws IOException {
    String name = beginning(key.tenant()) + key.path();
    int bytes = name.getBytes(UTF_8).length;
    if (bytes > AssetKey.MAX_BYTES) {
      throw new IOException(
          "the object of "
              + key
              + " would be named with "
              + bytes
              + " bytes, and S3 takes "
              + AssetKey.MAX_BYTES
              + "; use a shorter key or a shorter prefix");
    }
    return name;
  }

  /**
   * Returns what the names of all objects of a tenant begin with: empty, or with a slash at its
   * end.
   */
  String beginning(String tenant) {
    String folder = prefix.isEmpty() ? "" : prefix.replace(TENANT, tenant) + '/';
    return bucketPerTenant() || prefix.contains(TENANT) ? folder : folder + tenant + '/';
  }

  /** Returns the key an object of a tenant is found by, or empty if it is nobody's asset. */
  Optional<AssetKey> key(String tenant, String object) {
    String beginning = beginning(tenant);
    if (!object.startsWith(beginning)) {
      return Optional.empty();
    }
    String path = object.substring(beginning.length());
    try {
      return Optional.of(AssetKey.of(tenant, path)).filter(key -> key.path().equals(path));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the key of an object in some bucket, whoever its tenant is, or empty if it lies in
   * another place or is nobody's asset.
   */
  Optional<AssetKey> keyIn(String someBucket, String object) {
    Optional<String> tenant =
        bucketPerTenant() ? tenantIn(bucket, someBucket) : tenantOfObject(object);
    try {
      return tenant.isPresent() && bucket(tenant.get()).equals(someBucket)
          ? key(tenant.get(), object)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // the tenant has no bucket, so the object is not in it
    }
  }

  private Optional<String> tenantOfObject(String object) {
    int segments = prefix.isEmpty() ? 0 : prefix.split("/", -1).length;
    if (prefix.contains(TENANT)) {
      int end = -1;
      for (int i = 0; i < segments; i++) {
        end = object.indexOf('/', end + 1);
        if (end < 0) {
          return Optional.empty();
        }
      }
      return tenantIn(prefix, object.substring(0, end));
    }
    int begin = prefix.isEmpty() ? 0 : prefix.length() + 1;
    int end = object.indexOf('/', begin);
    return end < 0 ? Optional.empty() : Optional.of(object.substring(begin, end));
  }

  /** Returns what stands where a pattern says {tenant}; the caller looks whether the rest fits. */
  private static Optional<String> tenantIn(String pattern, String text) {
    int times = (pattern.length() - pattern.replace(TENANT, "").length()) / TENANT.length();
    int length = text.length() - pattern.length() + times * TENANT.length();
    int begin = pattern.indexOf(TENANT);
    return length > 0 && length % times == 0 && begin + length / times <= text.length()
        ? Optional.of(text.substring(begin, begin + length / times))
        : Optional.empty();
  }

  /** Returns the place as it is written in a configuration. */
  @Override
  public String toString() {
    return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
  }

  private static String shown(String text) {
    String safe = text.replaceAll("[^ -~]", "?");
    return safe.length() > 80 ? safe.substring(0, 80) + "…" : safe;
  }
}
