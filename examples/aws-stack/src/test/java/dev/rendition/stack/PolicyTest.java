package dev.rendition.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who may do what, all policies of both stacks together. */
class PolicyTest {
  /** Every asterisk there is, and why it may be there. One that is gone has to go from here. */
  private static final Map<String, String> LISTED =
      Map.of(
          "AWS::S3::BucketPolicy: Deny Action s3:*", "refuses everybody without TLS 1.2",
          "AWS::S3::BucketPolicy: Deny Principal *", "refuses everybody without TLS 1.2",
          "AWS::SQS::QueuePolicy: Deny Action sqs:*", "refuses everybody without TLS",
          "AWS::SQS::QueuePolicy: Deny Principal *", "refuses everybody without TLS",
          "AWS::SNS::TopicPolicy: Deny Principal *", "refuses publishers without TLS");

  private final JsonNode regional = Synthesis.DEFAULT.regionalJson();
  private final JsonNode edge = Synthesis.DEFAULT.edgeJson();

  @Test
  void noPolicySaysEverythingOrEverybodyUnlessListed() {
    Set<String> found = Wildcards.in(regional);
    found.addAll(Wildcards.in(edge));
    assertThat(found).containsExactlyElementsOf(new TreeSet<>(LISTED.keySet()));
  }

  @Test
  void theSearchForAsterisksFindsThemWhereverTheyAre() throws IOException {
    JsonNode bad =
        new ObjectMapper()
            .readTree(
                """
                {"Resources": {"A": {"Type": "T", "Properties": {"Policies": [{"PolicyDocument": {
                  "Statement": [
                    {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"},
                    {"Effect": "Allow", "Action": ["a:B", "*"], "Resource": ["x", "*"]},
                    {"Effect": "Allow", "NotAction": "s3:*", "Principal": "*"},
                    {"Effect": "Allow", "Action": "a:B", "Principal": {"AWS": ["x", "*"]},
                      "Resource": {"Fn::Join": ["", ["arn", "*"]]}}]}}]}}}}
                """);
    assertThat(Wildcards.in(bad))
        .containsExactlyInAnyOrder(
            "T: Allow Action s3:Get*",
            "T: Allow Resource *",
            "T: Allow Action *",
            "T: Allow NotAction s3:*",
            "T: Allow Principal *");
  }

  /** The whole of it, worked out by hand from what docs/aws.md says the function calls. */
  @Test
  void theFunctionMayDoThisAndNothingElse() {
    Map<String, String> rights = new TreeMap<>();
    for (JsonNode statement : Wildcards.statements(Synthesis.only(regional, "AWS::IAM::Policy"))) {
      assertThat(statement.get("Effect").asText()).isEqualTo("Allow");
      for (String action : Wildcards.texts(statement.get("Action"))) {
        rights.merge(action, resource(statement.get("Resource")), (a, b) -> a + " and " + b);
      }
    }
    assertThat(rights)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "s3:GetObject",
                "BucketsOriginals/originals/* and BucketsRenditions/renditions/*",
                "s3:PutObject",
                "BucketsRenditions/renditions/*",
                "s3:AbortMultipartUpload",
                "BucketsRenditions/renditions/*",
                "s3:ListBucket",
                "BucketsOriginals, BucketsRenditions",
                "logs:CreateLogStream",
                "RenderLog",
                "logs:PutLogEvents",
                "RenderLog",
                "sqs:SendMessage",
                "RenderDeadLetters",
                "sqs:GetQueueAttributes",
                "RenderDeadLetters",
                "sqs:GetQueueUrl",
                "RenderDeadLetters"));
  }

  @Test
  void theFunctionReachesBucketsOfThisAccountOnly() {
    for (JsonNode statement : Wildcards.statements(Synthesis.only(regional, "AWS::IAM::Policy"))) {
      if (statement.get("Action").toString().contains("s3:")) {
        assertThat(statement.at("/Condition/StringEquals/aws:ResourceAccount/Ref").asText())
            .isEqualTo("AWS::AccountId");
      }
    }
  }

  @Test
  void thereIsOneRoleWithoutManagedPoliciesForLambdaAlone() {
    JsonNode role = Synthesis.only(regional, "AWS::IAM::Role").get("Properties");
    assertThat(role.has("ManagedPolicyArns")).isFalse();
    assertThat(role.has("Policies")).isFalse();
    assertThat(Wildcards.statements(role))
        .singleElement()
        .satisfies(
            statement ->
                assertThat(statement.get("Principal").toString())
                    .isEqualTo("{\"Service\":\"lambda.amazonaws.com\"}"));
    assertThat(Synthesis.ofType(edge, "AWS::IAM::Role")).isEmpty();
  }

  @Test
  void everyServiceIsLetInForOneSourceOnly() {
    for (JsonNode template : List.of(regional, edge)) {
      template
          .get("Resources")
          .forEach(
              resource ->
                  Wildcards.statements(resource).stream()
                      .filter(statement -> statement.get("Effect").asText().equals("Allow"))
                      .filter(statement -> statement.has("Principal"))
                      .filter(statement -> !statement.toString().contains("sts:AssumeRole"))
                      .forEach(
                          statement ->
                              assertThat(statement.path("Condition").toString())
                                  .as(statement.toString())
                                  .containsPattern("(?i)aws:source(arn|account)")));
    }
    for (JsonNode permission : Synthesis.ofType(regional, "AWS::Lambda::Permission").values()) {
      assertThat(permission.at("/Properties/SourceArn").isMissingNode())
          .as(permission.toString())
          .isFalse();
      assertThat(permission.at("/Properties/FunctionName/Ref").asText())
          .as("on the alias, not on the function")
          .startsWith("RenderLive");
    }
  }

  /** Names resources as people do: without the digits behind, and with what is joined to them. */
  private static String resource(JsonNode node) {
    if (node.isArray()) {
      StringBuilder all = new StringBuilder();
      node.forEach(child -> all.append(all.isEmpty() ? "" : ", ").append(resource(child)));
      return all.toString();
    }
    if (node.has("Fn::GetAtt")) {
      return node.get("Fn::GetAtt").get(0).asText().replaceAll("[0-9A-F]{8}$", "");
    }
    StringBuilder joined = new StringBuilder();
    node.at("/Fn::Join/1")
        .forEach(part -> joined.append(part.isTextual() ? part.asText() : resource(part)));
    return joined.toString();
  }
}
