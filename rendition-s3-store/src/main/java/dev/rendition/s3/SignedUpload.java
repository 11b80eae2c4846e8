package dev.rendition.s3;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.SignedUrl;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A link to which somebody else, such as a browser, may PUT one asset.
 *
 * @param url the link; a secret until it expires
 * @param headers what the request must send exactly so, beside what every client sends by itself
 */
public record SignedUpload(SignedUrl url, Map<String, String> headers) {
  public SignedUpload {
    requireNonNull(url, "url");
    headers = Collections.unmodifiableMap(new TreeMap<>(headers));
  }
}
