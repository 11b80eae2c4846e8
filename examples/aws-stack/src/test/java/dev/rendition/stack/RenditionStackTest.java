package dev.rendition.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** One test for each promise of docs/aws.md, against the template as CloudFormation gets it. */
class RenditionStackTest {
  private static final Path PROJECT = Path.of("..", "..");

  private final Template template = Synthesis.DEFAULT.regional();
  private final JsonNode json = Synthesis.DEFAULT.regionalJson();

  @Test
  void bucketsArePrivateEncryptedAndWithoutAccessControlLists() {
    template.resourceCountIs("AWS::S3::Bucket", 2);
    template.allResourcesProperties(
        "AWS::S3::Bucket",
        Map.of(
            "PublicAccessBlockConfiguration",
                Map.of(
                    "BlockPublicAcls", true,
                    "BlockPublicPolicy", true,
                    "IgnorePublicAcls", true,
                    "RestrictPublicBuckets", true),
            "BucketEncryption",
                Map.of(
                    "ServerSideEncryptionConfiguration",
                    List.of(
                        Map.of("ServerSideEncryptionByDefault", Map.of("SSEAlgorithm", "AES256")))),
            "OwnershipControls",
                Map.of("Rules", List.of(Map.of("ObjectOwnership", "BucketOwnerEnforced")))));
  }

  @Test
  void bucketsRefuseWhoComesWithoutTls() {
    template.resourceCountIs("AWS::S3::BucketPolicy", 2);
    template.allResourcesProperties(
        "AWS::S3::BucketPolicy",
        Map.of(
            "PolicyDocument",
            Map.of(
                "Statement",
                Match.arrayWith(
                    List.of(
                        Match.objectLike(
                            Map.of(
                                "Effect",
                                "Deny",
                                "Action",
                                "s3:*",
                                "Principal",
                                Map.of("AWS", "*"),
                                "Condition",
                                Map.of("Bool", Map.of("aws:SecureTransport", "false")))),
                        Match.objectLike(
                            Map.of(
                                "Effect", "Deny",
                                "Action", "s3:*",
                                "Condition",
                                    Map.of("NumericLessThan", Map.of("s3:TlsVersion", 1.2)))))))));
  }

  @Test
  void queuesAndTopicsAreEncryptedOnTheWay() {
    template.hasResourceProperties("AWS::SQS::Queue", Map.of("SqsManagedSseEnabled", true));
    for (String type : List.of("AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy")) {
      template.allResourcesProperties(
          type,
          Map.of(
              "PolicyDocument",
              Map.of(
                  "Statement",
                  Match.arrayWith(
                      List.of(
                          Match.objectLike(
                              Map.of(
                                  "Effect",
                                  "Deny",
                                  "Condition",
                                  Map.of("Bool", Map.of("aws:SecureTransport", "false")))))))));
    }
  }

  @Test
  void bucketsOutliveTheStackAndPartsOfUploadsDoNotOutliveADay() {
    template.allResources(
        "AWS::S3::Bucket", Map.of("DeletionPolicy", "Retain", "UpdateReplacePolicy", "Retain"));
    template.allResourcesProperties(
        "AWS::S3::Bucket",
        Map.of(
            "LifecycleConfiguration",
            Map.of(
                "Rules",
                Match.arrayWith(
                    List.of(
                        Match.objectLike(
                            Map.of(
                                "AbortIncompleteMultipartUpload",
                                Map.of("DaysAfterInitiation", 1))))))));
  }

  @Test
  void onlyOriginalsHaveVersions() {
    template.resourcePropertiesCountIs(
        "AWS::S3::Bucket", Map.of("VersioningConfiguration", Map.of("Status", "Enabled")), 1);
    template.hasResourceProperties(
        "AWS::S3::Bucket",
        Map.of(
            "BucketName",
            Map.of("Fn::Sub", "rendition-originals-${AWS::AccountId}-${AWS::Region}"),
            "VersioningConfiguration",
            Map.of("Status", "Enabled")));
  }

  @Test
  void uploadsOfOriginalsAreToldToATopicThatLetsThatBucketInOnly() {
    template.hasResourceProperties(
        "AWS::S3::Bucket",
        Map.of(
            "NotificationConfiguration",
            Map.of(
                "TopicConfigurations",
                List.of(
                    Map.of(
                        "Event",
                        "s3:ObjectCreated:*",
                        "Filter",
                        Map.of(
                            "S3Key",
                            Map.of(
                                "Rules",
                                List.of(Map.of("Name", "prefix", "Value", "originals/")))))))));
    template.hasResourceProperties(
        "AWS::SNS::TopicPolicy",
        Map.of(
            "PolicyDocument",
            Map.of(
                "Statement",
                Match.arrayWith(
                    List.of(
                        Match.objectLike(
                            Map.of(
                                "Effect",
                                "Allow",
                                "Action",
                                "sns:Publish",
                                "Principal",
                                Map.of("Service", "s3.amazonaws.com"),
                                "Condition",
                                Map.of(
                                    "ArnEquals",
                                    Map.of(
                                        "aws:SourceArn",
                                        Map.of(
                                            "Fn::Sub",
                                            "arn:${AWS::Partition}:s3:::rendition-originals-"
                                                + "${AWS::AccountId}-${AWS::Region}")),
                                    "StringEquals",
                                    Map.of(
                                        "aws:SourceAccount",
                                        Map.of("Ref", "AWS::AccountId"))))))))));
  }

  /** S3 tries a topic when it is told of it, so the bucket has to come after the policy. */
  @Test
  void theBucketOfOriginalsWaitsForTheTopicsPolicy() {
    assertThat(
            Synthesis.ofType(json, "AWS::S3::Bucket").values().stream()
                .filter(bucket -> bucket.at("/Properties").has("NotificationConfiguration")))
        .singleElement()
        .satisfies(
            bucket ->
                assertThat(bucket.get("DependsOn").toString()).contains("UploadsTopicPolicy"));
  }

  @Test
  void nothingButOurFunctionIsAFunction() {
    template.resourceCountIs("AWS::Lambda::Function", 1);
  }

  @Test
  void theFunctionIsWarmedBoundedAndOnArm() {
    template.hasResourceProperties(
        "AWS::Lambda::Function",
        Map.of(
            "Runtime",
            "java21",
            "Handler",
            "dev.rendition.lambda.function.RenditionFunction",
            "Architectures",
            List.of("arm64"),
            "MemorySize",
            1_769,
            "Timeout",
            60,
            "ReservedConcurrentExecutions",
            20,
            "SnapStart",
            Map.of("ApplyOn", "PublishedVersions")));
    template.hasResourceProperties("AWS::Logs::LogGroup", Map.of("RetentionInDays", 30));
  }

  @Test
  void theFunctionHasBothCompilers() {
    template.hasResourceProperties(
        "AWS::Lambda::Function",
        Map.of(
            "Handler",
            "dev.rendition.lambda.function.RenditionFunction",
            "Environment",
            Map.of(
                "Variables",
                Match.objectLike(
                    Map.of(
                        "JAVA_TOOL_OPTIONS", "-XX:+TieredCompilation -XX:TieredStopAtLevel=4")))));
  }

  @Test
  void oldVersionsStayForTheWayBack() {
    template.hasResource(
        "AWS::Lambda::Version",
        Map.of("DeletionPolicy", "Retain", "UpdateReplacePolicy", "Retain"));
    template.hasResourceProperties("AWS::Lambda::Alias", Map.of("Name", "live"));
  }

  @Test
  void whatFailsForGoodIsSetAsideBothWays() {
    JsonNode queue =
        Synthesis.only(json, "AWS::Lambda::EventInvokeConfig")
            .at("/Properties/DestinationConfig/OnFailure/Destination/Fn::GetAtt/0");
    assertThat(queue.asText()).startsWith("RenderDeadLetters");
    assertThat(
            Synthesis.only(json, "AWS::SNS::Subscription")
                .at("/Properties/RedrivePolicy/deadLetterTargetArn/Fn::GetAtt/0"))
        .isEqualTo(queue);
    template.hasResourceProperties(
        "AWS::Lambda::EventInvokeConfig",
        Map.of("MaximumRetryAttempts", 2, "MaximumEventAgeInSeconds", 21_600));
    template.hasResourceProperties(
        "AWS::SQS::Queue", Map.of("MessageRetentionPeriod", 14 * 24 * 3_600));
  }

  @Test
  void everySettingOfTheFunctionIsDocumented() throws IOException {
    String documented = Files.readString(PROJECT.resolve("docs/configuration.md"));
    JsonNode variables =
        Synthesis.only(json, "AWS::Lambda::Function").at("/Properties/Environment/Variables");
    assertThat(variables.size()).isGreaterThan(3);
    assertThat(Files.readString(PROJECT.resolve("docs/function.md")))
        .contains("`JAVA_TOOL_OPTIONS=" + variables.path("JAVA_TOOL_OPTIONS").asText() + "`");
    variables
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!name.startsWith("RENDITION_RECIPE_") && !name.startsWith("JAVA_")) {
                assertThat(documented).contains("`" + name + "`");
              }
            });
  }

  @Test
  void theHandlerIsAClassOfTheFunction() {
    Path sources = PROJECT.resolve("rendition-lambda/function/src/main/java");
    assumeThat(sources).as("the function's module is here").isDirectory();
    String handler =
        Synthesis.only(json, "AWS::Lambda::Function").at("/Properties/Handler").asText();
    assertThat(sources.resolve(handler.replace('.', '/') + ".java")).isRegularFile();
  }

  @Test
  void theFunctionsAddressTakesSignedRequestsOfTheDistributionOnly() {
    template.hasResourceProperties(
        "AWS::Lambda::Url", Map.of("AuthType", "AWS_IAM", "Qualifier", "live"));
    for (String action : List.of("lambda:InvokeFunctionUrl", "lambda:InvokeFunction")) {
      template.resourcePropertiesCountIs(
          "AWS::Lambda::Permission",
          Map.of("Action", action, "Principal", "cloudfront.amazonaws.com"),
          1);
    }
    template.hasResourceProperties(
        "AWS::Lambda::Permission",
        Map.of(
            "Action", "lambda:InvokeFunction",
            "Principal", "cloudfront.amazonaws.com",
            "InvokedViaFunctionUrl", true));
  }

  @Test
  void bothOriginsAreSignedForAndTheBucketGrantsReadingOnly() {
    for (String type : List.of("s3", "lambda")) {
      template.hasResourceProperties(
          "AWS::CloudFront::OriginAccessControl",
          Map.of(
              "OriginAccessControlConfig",
              Map.of(
                  "OriginAccessControlOriginType", type,
                  "SigningBehavior", "always",
                  "SigningProtocol", "sigv4")));
    }
    assertThat(distribution().get("Origins"))
        .hasSize(2)
        .allSatisfy(origin -> assertThat(origin.has("OriginAccessControlId")).isTrue());
    assertThat(
            Synthesis.ofType(json, "AWS::S3::BucketPolicy").values().stream()
                .flatMap(policy -> Wildcards.statements(policy).stream())
                .filter(statement -> statement.get("Effect").asText().equals("Allow")))
        .singleElement()
        .satisfies(
            statement -> assertThat(statement.get("Action").asText()).isEqualTo("s3:GetObject"));
  }

  @Test
  void whatIsNotInTheBucketIsAskedOfTheFunction() {
    JsonNode group = distribution().at("/OriginGroups/Items/0");
    assertThat(group.at("/FailoverCriteria/StatusCodes/Items").toString()).isEqualTo("[403,404]");
    JsonNode first = origin(group.at("/Members/Items/0/OriginId").asText());
    JsonNode second = origin(group.at("/Members/Items/1/OriginId").asText());
    assertThat(first.get("OriginPath").asText()).isEqualTo("/renditions");
    assertThat(first.has("S3OriginConfig")).isTrue();
    assertThat(second.at("/CustomOriginConfig/OriginProtocolPolicy").asText())
        .isEqualTo("https-only");
    assertThat(second.at("/CustomOriginConfig/OriginReadTimeout").asInt()).isEqualTo(60);
    assertThat(second.has("OriginPath")).isFalse();
  }

  @Test
  void linksArePrivateUnlessTheirTenantIsPublic() {
    JsonNode everything = distribution().get("DefaultCacheBehavior");
    assertThat(everything.get("TrustedKeyGroups")).hasSize(1);
    assertThat(everything.get("ViewerProtocolPolicy").asText()).isEqualTo("https-only");
    assertThat(distribution().get("CacheBehaviors"))
        .singleElement()
        .satisfies(
            behavior -> {
              assertThat(behavior.get("PathPattern").asText()).isEqualTo("/public/*");
              assertThat(behavior.has("TrustedKeyGroups")).isFalse();
              assertThat(behavior.get("ViewerProtocolPolicy").asText())
                  .isEqualTo("redirect-to-https");
            });
  }

  @Test
  void everyLinkIsReadOnlyCachedByItsPathAndShownWithSafeHeaders() {
    Stream.concat(
            Stream.of(distribution().get("DefaultCacheBehavior")),
            Stream.of(distribution().at("/CacheBehaviors/0")))
        .forEach(
            behavior -> {
              assertThat(behavior.get("AllowedMethods").toString()).isEqualTo("[\"GET\",\"HEAD\"]");
              assertThat(behavior.has("OriginRequestPolicyId")).isFalse();
              assertThat(behavior.at("/CachePolicyId/Ref").asText()).startsWith("DeliveryCache");
              assertThat(behavior.at("/ResponseHeadersPolicyId/Ref").asText())
                  .startsWith("DeliveryHeaders");
            });
    template.hasResourceProperties(
        "AWS::CloudFront::CachePolicy",
        Map.of(
            "CachePolicyConfig",
            Map.of(
                "MinTTL",
                0,
                "MaxTTL",
                365 * 24 * 3_600,
                "ParametersInCacheKeyAndForwardedToOrigin",
                Map.of(
                    "QueryStringsConfig", Map.of("QueryStringBehavior", "none"),
                    "HeadersConfig", Map.of("HeaderBehavior", "none"),
                    "CookiesConfig", Map.of("CookieBehavior", "none")))));
    template.hasResourceProperties(
        "AWS::CloudFront::ResponseHeadersPolicy",
        Map.of(
            "ResponseHeadersPolicyConfig",
            Map.of(
                "RemoveHeadersConfig",
                    Map.of(
                        "Items",
                        Match.arrayWith(
                            List.of(
                                Map.of("Header", "x-amz-meta-rendition-source-version"),
                                Map.of("Header", "x-amz-meta-rv")))),
                "SecurityHeadersConfig",
                    Map.of(
                        "ContentTypeOptions", Map.of("Override", true),
                        "StrictTransportSecurity", Map.of("Override", true)))));
  }

  @Test
  void everyAlarmTellsSomebodyAndSaysWhatToDo() {
    Map<String, JsonNode> alarms = Synthesis.ofType(json, "AWS::CloudWatch::Alarm");
    assertThat(alarms.values().stream().map(alarm -> alarm.at("/Properties/MetricName").asText()))
        .containsExactlyInAnyOrder(
            "ApproximateNumberOfMessagesVisible",
            "AsyncEventAge",
            "ConcurrentExecutions",
            "DestinationDeliveryFailures",
            "Duration",
            "Errors",
            "Throttles",
            "Url5xxCount");
    template.allResourcesProperties(
        "AWS::CloudWatch::Alarm",
        Map.of("AlarmActions", Match.anyValue(), "AlarmDescription", Match.anyValue()));
    // Four fifths of a minute, in milliseconds; and of twenty places.
    template.hasResourceProperties(
        "AWS::CloudWatch::Alarm",
        Map.of("MetricName", "Duration", "ExtendedStatistic", "p99", "Threshold", 48_000));
    template.hasResourceProperties(
        "AWS::CloudWatch::Alarm", Map.of("MetricName", "ConcurrentExecutions", "Threshold", 16));
    Synthesis.DEFAULT
        .edge()
        .hasResourceProperties(
            "AWS::CloudWatch::Alarm",
            Map.of("MetricName", "5xxErrorRate", "AlarmActions", Match.anyValue()));
    template.resourceCountIs("AWS::CloudWatch::Dashboard", 1);
  }

  @Test
  void noAccountAndNoRegionStandInTheTemplate() {
    assertThat(json.toString()).doesNotContainPattern("[^0-9a-f][0-9]{12}[^0-9a-f]");
    assertThat(json.toString().split("us-east-1", -1))
        .as("the network's numbers are in that region, wherever the stack is: 3 graphs")
        .hasSize(4);
  }

  @Test
  void theOneOtherSetOfSettingsIsTakenUpEverywhere() {
    Synthesis other =
        Synthesis.of(
            Map.of(
                "name", "dam",
                "architecture", "x86_64",
                "memory", "1024",
                "concurrency", "5",
                "recipes", "small-card=fit:80,jpeg:81",
                "public-tenants", "a,b",
                "assets-bucket", "my-assets",
                "domain", "img.example.com",
                "certificate",
                    "arn:aws:acm:us-east-1:111122223333:certificate/"
                        + "12345678-1234-1234-1234-123456789012"));
    other
        .regional()
        .hasResourceProperties(
            "AWS::Lambda::Function",
            Map.of(
                "Architectures", List.of("x86_64"),
                "MemorySize", 1_024,
                "ReservedConcurrentExecutions", 5,
                "Code", Map.of("S3Bucket", "my-assets"),
                "Environment",
                    Map.of("Variables", Map.of("RENDITION_RECIPE_SMALL_CARD", "fit:80,jpeg:81"))));
    other
        .regional()
        .hasResourceProperties(
            "AWS::CloudFront::Distribution",
            Map.of(
                "DistributionConfig",
                Map.of(
                    "Aliases", List.of("img.example.com"),
                    "CacheBehaviors",
                        List.of(
                            Match.objectLike(Map.of("PathPattern", "/a/*")),
                            Match.objectLike(Map.of("PathPattern", "/b/*"))),
                    "ViewerCertificate", Map.of("MinimumProtocolVersion", "TLSv1.2_2021"))));
    assertThat(other.regionalJson().has("Rules")).isTrue();
    assertThat(other.regionalJson().get("Rules").has("CheckBootstrapVersion")).isFalse();
    other.regional().hasOutput("Base", Map.of("Value", "https://img.example.com/"));
  }

  private JsonNode distribution() {
    return Synthesis.only(json, "AWS::CloudFront::Distribution")
        .at("/Properties/DistributionConfig");
  }

  private JsonNode origin(String id) {
    for (JsonNode origin : distribution().get("Origins")) {
      if (origin.get("Id").asText().equals(id)) {
        return origin;
      }
    }
    throw new AssertionError("there is no origin " + id);
  }
}
