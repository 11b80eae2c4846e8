package dev.rendition.stack;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/** The two buckets: one whose objects cannot be made again, and one whose objects can. */
final class Buckets extends Construct {
  /** Where the tenants' folders of originals lie. Beside it the bucket may hold other things. */
  static final String ORIGINALS_PATH = "/originals";

  /** Where the tenants' folders of renditions lie. */
  static final String RENDITIONS_PATH = "/renditions";

  private final Bucket originals;
  private final Bucket renditions;
  private final String originalsArn;

  Buckets(Construct stack, String name) {
    super(stack, "Buckets");
    // Names of our own: the topic's policy has to know the bucket before the bucket is made.
    String originalsName = name + "-originals-${AWS::AccountId}-${AWS::Region}";
    originalsArn = Fn.sub("arn:${AWS::Partition}:s3:::" + originalsName);
    originals =
        confined("Originals", originalsName)
            // An original overwritten or deleted by mistake can be had back for 90 days.
            .versioned(true)
            .lifecycleRules(
                List.of(
                    abandonedParts(),
                    LifecycleRule.builder()
                        .id("OldVersions")
                        .noncurrentVersionExpiration(Duration.days(90))
                        .expiredObjectDeleteMarker(true)
                        .build()))
            .build();
    renditions =
        confined("Renditions", name + "-renditions-${AWS::AccountId}-${AWS::Region}")
            // No versions: what is gone is made again when somebody asks for it.
            .versioned(false)
            .lifecycleRules(List.of(abandonedParts()))
            .build();
  }

  Bucket originals() {
    return originals;
  }

  Bucket renditions() {
    return renditions;
  }

  /** Returns the ARN of the originals' bucket, without naming that resource. */
  String originalsArn() {
    return originalsArn;
  }

  private Bucket.Builder confined(String id, String name) {
    return Bucket.Builder.create(this, id)
        .bucketName(Fn.sub(name))
        .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
        // Rights come from policies alone, never from what a writer attaches to an object.
        .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
        // S3's own keys: a KMS key costs a request for each object and has to let CloudFront in.
        .encryption(BucketEncryption.S3_MANAGED)
        .enforceSsl(true)
        .minimumTlsVersion(1.2)
        // Whoever deletes the stack keeps the pictures.
        .removalPolicy(RemovalPolicy.RETAIN);
  }

  /** What a killed process left of an upload in parts is invisible, and paid for. */
  private static LifecycleRule abandonedParts() {
    return LifecycleRule.builder()
        .id("AbandonedParts")
        .abortIncompleteMultipartUploadAfter(Duration.days(1))
        .build();
  }
}
