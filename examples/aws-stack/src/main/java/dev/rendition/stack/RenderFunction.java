package dev.rendition.stack;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.VersionOptions;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** The function, the one name everybody calls it by, what it may do, and where its failures go. */
final class RenderFunction extends Construct {
  /** What everybody invokes, so that a deployment and its way back change one pointer. */
  static final String ALIAS = "live";

  /** Also how long CloudFront waits for the function: its default quota ends there. */
  static final Duration TIMEOUT = Duration.seconds(60);

  private final Queue deadLetters;
  private final Function function;
  private final Alias alias;

  RenderFunction(Construct stack, Buckets buckets, StackSettings settings) {
    super(stack, "Render");
    deadLetters =
        Queue.Builder.create(this, "DeadLetters")
            .encryption(QueueEncryption.SQS_MANAGED)
            .enforceSsl(true)
            // The longest there is: a weekend, and time to mend what is wrong.
            .retentionPeriod(Duration.days(14))
            .build();
    LogGroup log =
        LogGroup.Builder.create(this, "Log")
            .retention(RetentionDays.ONE_MONTH)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    Role role = role(buckets, log);
    function =
        Function.Builder.create(this, "Function")
            .description("Makes renditions: for requests, for uploads, and on demand.")
            .code(Code.fromAsset(settings.zip().toString()))
            .handler("dev.rendition.lambda.function.RenditionFunction")
            .runtime(Runtime.JAVA_21)
            // Nothing in the zip is native, so the processor is a matter of price.
            .architecture(settings.arm64() ? Architecture.ARM_64 : Architecture.X86_64)
            .memorySize(settings.memory())
            .timeout(TIMEOUT)
            // Reserved: this function never takes more from the account, and always has as much.
            .reservedConcurrentExecutions(settings.concurrency())
            // Restores a warmed process, instead of starting a cold one.
            .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
            .environment(environment(buckets, settings))
            .role(role)
            .logGroup(log)
            // Old versions stay: they are the way back.
            .currentVersionOptions(
                VersionOptions.builder().removalPolicy(RemovalPolicy.RETAIN).build())
            .build();
    alias =
        Alias.Builder.create(this, "Live")
            .aliasName(ALIAS)
            .version(function.getCurrentVersion())
            // Events wait for a free place for up to six hours, the longest there is; what fails is
            // tried twice more, and then set aside with the reason.
            .maxEventAge(Duration.hours(6))
            .retryAttempts(2)
            .onFailure(new SqsDestination(deadLetters))
            .build();
  }

  Queue deadLetters() {
    return deadLetters;
  }

  Function function() {
    return function;
  }

  Alias alias() {
    return alias;
  }

  private static Map<String, String> environment(Buckets buckets, StackSettings settings) {
    Map<String, String> variables = new TreeMap<>();
    variables.put(
        "RENDITION_ORIGINALS",
        "s3://" + buckets.originals().getBucketName() + Buckets.ORIGINALS_PATH);
    variables.put(
        "RENDITION_RENDITIONS",
        "s3://" + buckets.renditions().getBucketName() + Buckets.RENDITIONS_PATH);
    // Both compilers: the runtimes for Java 17 and 21 stop at the first, and pay for it with every
    // picture (docs/decisions/0069-both-compilers.md).
    variables.put("JAVA_TOOL_OPTIONS", "-XX:+TieredCompilation -XX:TieredStopAtLevel=4");
    // A rendition too large for an answer of Lambda is redirected to a link of S3.
    variables.put("RENDITION_URLS_SIGNER", "s3");
    settings
        .recipes()
        .forEach(
            (name, text) ->
                variables.put(
                    "RENDITION_RECIPE_" + name.toUpperCase(Locale.ROOT).replace('-', '_'), text));
    return variables;
  }

  /** Exactly what is called, written out: the managed policies name every log and every bucket. */
  private Role role(Buckets buckets, LogGroup log) {
    Role role =
        Role.Builder.create(this, "Role")
            .description("What the function that makes renditions may do.")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    role.addToPolicy(
        ours("ReadOriginals", "s3:GetObject")
            .resources(List.of(buckets.originals().arnForObjects(path(Buckets.ORIGINALS_PATH))))
            .build());
    role.addToPolicy(
        ours("ReadAndWriteRenditions", "s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload")
            .resources(List.of(buckets.renditions().arnForObjects(path(Buckets.RENDITIONS_PATH))))
            .build());
    // Without it S3 answers 403 for what is not there, and a right that is missing would count as
    // an original that is gone: events would be done with, and nothing made. A condition on the
    // prefix would not help, because a GET carries none.
    role.addToPolicy(
        ours("TellAbsentFromForbidden", "s3:ListBucket")
            .resources(
                List.of(buckets.originals().getBucketArn(), buckets.renditions().getBucketArn()))
            .build());
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .sid("Log")
            .actions(List.of("logs:CreateLogStream", "logs:PutLogEvents"))
            .resources(List.of(log.getLogGroupArn()))
            .build());
    return role;
  }

  private static String path(String folder) {
    return folder.substring(1) + "/*";
  }

  /** A statement for this account's buckets: none that somebody else took over their names with. */
  private static PolicyStatement.Builder ours(String sid, String... actions) {
    return PolicyStatement.Builder.create()
        .sid(sid)
        .actions(List.of(actions))
        .conditions(Map.of("StringEquals", Map.of("aws:ResourceAccount", Aws.ACCOUNT_ID)));
  }
}
