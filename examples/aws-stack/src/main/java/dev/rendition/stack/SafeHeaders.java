package dev.rendition.stack;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudfront.ResponseCustomHeader;
import software.amazon.awscdk.services.cloudfront.ResponseCustomHeadersBehavior;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersContentSecurityPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersContentTypeOptions;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersStrictTransportSecurity;
import software.amazon.awscdk.services.cloudfront.ResponseSecurityHeadersBehavior;
import software.constructs.Construct;

/** What viewers are told beside the picture, and what they are not. */
final class SafeHeaders {
  /** What S3 tells of an object: the digest of its original, for one, is nobody's business. */
  private static final List<String> BACK_END =
      List.of(
          "server",
          "x-amz-meta-rendition-height",
          "x-amz-meta-rendition-output-version",
          "x-amz-meta-rendition-recipe",
          "x-amz-meta-rendition-source-version",
          "x-amz-meta-rendition-width",
          "x-amz-meta-rv",
          "x-amz-server-side-encryption");

  private SafeHeaders() {}

  static ResponseHeadersPolicy policy(Construct delivery) {
    return ResponseHeadersPolicy.Builder.create(delivery, "Headers")
        .responseHeadersPolicyName(Delivery.name("headers"))
        .comment("A picture is a picture and nothing else.")
        .securityHeadersBehavior(
            ResponseSecurityHeadersBehavior.builder()
                // Never taken for a page, whatever its bytes look like.
                .contentTypeOptions(
                    ResponseHeadersContentTypeOptions.builder().override(true).build())
                // And if it were one, it could do nothing.
                .contentSecurityPolicy(
                    ResponseHeadersContentSecurityPolicy.builder()
                        .contentSecurityPolicy("default-src 'none'; sandbox")
                        .override(true)
                        .build())
                .strictTransportSecurity(
                    ResponseHeadersStrictTransportSecurity.builder()
                        .accessControlMaxAge(Duration.days(365))
                        .includeSubdomains(false)
                        .override(true)
                        .build())
                .build())
        .customHeadersBehavior(
            ResponseCustomHeadersBehavior.builder()
                .customHeaders(
                    List.of(
                        // Pages of other hosts show these pictures: that is what they are for.
                        ResponseCustomHeader.builder()
                            .header("cross-origin-resource-policy")
                            .value("cross-origin")
                            .override(true)
                            .build()))
                .build())
        .removeHeaders(BACK_END)
        .build();
  }
}
