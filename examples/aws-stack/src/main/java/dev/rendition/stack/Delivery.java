package dev.rendition.stack;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.cloudfront.AccessLevel;
import software.amazon.awscdk.services.cloudfront.AllowedMethods;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.CacheCookieBehavior;
import software.amazon.awscdk.services.cloudfront.CacheHeaderBehavior;
import software.amazon.awscdk.services.cloudfront.CachePolicy;
import software.amazon.awscdk.services.cloudfront.CacheQueryStringBehavior;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.ErrorResponse;
import software.amazon.awscdk.services.cloudfront.FunctionUrlOriginAccessControl;
import software.amazon.awscdk.services.cloudfront.HttpVersion;
import software.amazon.awscdk.services.cloudfront.IOrigin;
import software.amazon.awscdk.services.cloudfront.PriceClass;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersPolicy;
import software.amazon.awscdk.services.cloudfront.S3OriginAccessControl;
import software.amazon.awscdk.services.cloudfront.SecurityPolicyProtocol;
import software.amazon.awscdk.services.cloudfront.ViewerProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.origins.FunctionUrlOrigin;
import software.amazon.awscdk.services.cloudfront.origins.OriginGroup;
import software.amazon.awscdk.services.cloudfront.origins.S3BucketOrigin;
import software.amazon.awscdk.services.cloudfront.origins.S3BucketOriginWithOACProps;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.FunctionUrl;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.lambda.Permission;
import software.constructs.Construct;

/**
 * The network in front: a rendition comes from the cache, else from the bucket, else from the
 * function, which makes it. Links are private unless their tenant is listed as public.
 */
final class Delivery extends Construct {
  private final SigningKeys keys;
  private final CachePolicy cache;
  private final ResponseHeadersPolicy headers;
  private final Distribution distribution;
  private final String base;

  Delivery(Construct stack, Buckets buckets, RenderFunction function, StackSettings settings) {
    super(stack, "Delivery");
    keys = new SigningKeys(this);
    headers = SafeHeaders.policy(this);
    cache = cache();
    IOrigin origin = origin(buckets, function);
    Distribution.Builder building =
        Distribution.Builder.create(this, "Distribution")
            .comment("Renditions of " + settings.name())
            .defaultBehavior(privateLinks(origin))
            .additionalBehaviors(publicLinks(origin, settings.publicTenants()))
            .errorResponses(errorsAreForgotten())
            .httpVersion(HttpVersion.HTTP2_AND_3)
            .enableIpv6(true)
            // Edges of North America, Europe and Israel: a matter of price, for you to change.
            .priceClass(PriceClass.PRICE_CLASS_100);
    if (!settings.domain().isEmpty()) {
      building
          .domainNames(List.of(settings.domain().get(0)))
          .certificate(
              Certificate.fromCertificateArn(this, "Certificate", settings.domain().get(1)))
          .minimumProtocolVersion(SecurityPolicyProtocol.TLS_V1_2_2021);
    }
    distribution = building.build();
    base =
        "https://"
            + (settings.domain().isEmpty()
                ? distribution.getDistributionDomainName()
                : settings.domain().get(0))
            + "/";
    letIn(function);
  }

  SigningKeys keys() {
    return keys;
  }

  Distribution distribution() {
    return distribution;
  }

  /** Returns what links begin with. */
  String base() {
    return base;
  }

  /** Names of the network are one for all regions: these differ from one region to the next. */
  static String name(String what) {
    return Aws.STACK_NAME + "-" + Aws.REGION + "-" + what;
  }

  /** First the bucket; the function for what is not there. */
  private IOrigin origin(Buckets buckets, RenderFunction function) {
    FunctionUrl url =
        function
            .alias()
            // Nobody gets in without a signature of AWS's, which CloudFront makes.
            .addFunctionUrl(
                FunctionUrlOptions.builder().authType(FunctionUrlAuthType.AWS_IAM).build());
    FunctionUrlOriginAccessControl signing =
        FunctionUrlOriginAccessControl.Builder.create(this, "SigningForTheFunction")
            .originAccessControlName(name("function"))
            .build();
    S3OriginAccessControl signingForS3 =
        S3OriginAccessControl.Builder.create(this, "SigningForTheBucket")
            .originAccessControlName(name("bucket"))
            .build();
    return OriginGroup.Builder.create()
        .primaryOrigin(
            S3BucketOrigin.withOriginAccessControl(
                buckets.renditions(),
                S3BucketOriginWithOACProps.builder()
                    // No LIST: what is in the bucket is nobody's business.
                    .originAccessLevels(List.of(AccessLevel.READ))
                    .originAccessControl(signingForS3)
                    .originPath(Buckets.RENDITIONS_PATH)
                    .build()))
        .fallbackOrigin(
            FunctionUrlOrigin.Builder.create(url)
                .originAccessControlId(signing.getOriginAccessControlId())
                .readTimeout(RenderFunction.TIMEOUT)
                .build())
        // Who may not list is told 403 for what is not there.
        .fallbackStatusCodes(List.of(403, 404))
        .build();
  }

  /** Both rights are needed since October 2025; the second holds by way of the address only. */
  private void letIn(RenderFunction function) {
    ServicePrincipal network = new ServicePrincipal("cloudfront.amazonaws.com");
    function
        .alias()
        .addPermission(
            "ByItsAddress",
            Permission.builder()
                .principal(network)
                .action("lambda:InvokeFunctionUrl")
                .functionUrlAuthType(FunctionUrlAuthType.AWS_IAM)
                .sourceArn(distribution.getDistributionArn())
                .build());
    function
        .alias()
        .addPermission(
            "Itself",
            Permission.builder()
                .principal(network)
                .action("lambda:InvokeFunction")
                .invokedViaFunctionUrl(true)
                .sourceArn(distribution.getDistributionArn())
                .build());
  }

  private BehaviorOptions privateLinks(IOrigin origin) {
    return behavior(origin)
        .trustedKeyGroups(List.of(keys.group()))
        // Not redirected: by then the link has crossed the network in the clear.
        .viewerProtocolPolicy(ViewerProtocolPolicy.HTTPS_ONLY)
        .build();
  }

  private Map<String, BehaviorOptions> publicLinks(IOrigin origin, List<String> tenants) {
    BehaviorOptions everybody =
        behavior(origin).viewerProtocolPolicy(ViewerProtocolPolicy.REDIRECT_TO_HTTPS).build();
    Map<String, BehaviorOptions> behaviors = new TreeMap<>();
    tenants.forEach(tenant -> behaviors.put("/" + tenant + "/*", everybody));
    return behaviors;
  }

  private BehaviorOptions.Builder behavior(IOrigin origin) {
    return BehaviorOptions.builder()
        .origin(origin)
        // An origin group answers nothing else, and there is nothing to be written here.
        .allowedMethods(AllowedMethods.ALLOW_GET_HEAD)
        .cachePolicy(cache)
        // No request policy: a header or a query of the viewer's has no say in what is made, and
        // the viewer's Host would break the signature for the function.
        .responseHeadersPolicy(headers)
        // Pictures are compressed.
        .compress(false);
  }

  /** The path alone names a rendition; how long it lasts is what it was stored with. */
  private CachePolicy cache() {
    return CachePolicy.Builder.create(this, "Cache")
        .cachePolicyName(name("cache"))
        .comment("A year for fingerprinted renditions, a minute for what cannot be made.")
        // Zero, so that no-store is obeyed.
        .minTtl(Duration.seconds(0))
        // For objects somebody else put there: ours say how long they last.
        .defaultTtl(Duration.days(1))
        .maxTtl(Duration.days(365))
        .queryStringBehavior(CacheQueryStringBehavior.none())
        .headerBehavior(CacheHeaderBehavior.none())
        .cookieBehavior(CacheCookieBehavior.none())
        .enableAcceptEncodingGzip(false)
        .enableAcceptEncodingBrotli(false)
        .build();
  }

  /**
   * By default an error is shown for ten seconds to everybody. One second still has each edge ask
   * once a second at most, however many viewers wait.
   */
  private static List<ErrorResponse> errorsAreForgotten() {
    return Stream.of(500, 502, 503, 504)
        .map(status -> ErrorResponse.builder().httpStatus(status).ttl(Duration.seconds(1)).build())
        .toList();
  }
}
