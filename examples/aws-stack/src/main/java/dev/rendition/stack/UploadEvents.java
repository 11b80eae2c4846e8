package dev.rendition.stack;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.LambdaSubscription;
import software.constructs.Construct;

/** Has S3 tell the function of every upload, by a topic others may subscribe to as well. */
final class UploadEvents extends Construct {

  UploadEvents(Construct stack, Buckets buckets, RenderFunction function) {
    super(stack, "Uploads");
    // No key of its own: messages hold names of objects, and S3 cannot publish under AWS's key.
    Topic topic = Topic.Builder.create(this, "Topic").enforceSsl(true).build();
    topic.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .sid("TheOriginalsTell")
            .principals(List.of(new ServicePrincipal("s3.amazonaws.com")))
            .actions(List.of("sns:Publish"))
            .resources(List.of(topic.getTopicArn()))
            // This bucket, and nobody else's of the same name.
            .conditions(
                Map.of(
                    "ArnEquals", Map.of("aws:SourceArn", buckets.originalsArn()),
                    "StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)))
            .build());
    topic.addSubscription(
        LambdaSubscription.Builder.create(function.alias())
            // For what the topic cannot hand over; what the function fails at has its own way
            // there.
            .deadLetterQueue(function.deadLetters())
            .build());
    notify(buckets, topic);
  }

  /**
   * Writes the notification into the bucket itself. The CDK's own way is a second function that may
   * change the notifications of every bucket.
   */
  private static void notify(Buckets buckets, Topic topic) {
    if (!(buckets.originals().getNode().getDefaultChild() instanceof CfnBucket bucket)) {
      throw new IllegalStateException("a bucket is made of a bucket");
    }
    bucket.setNotificationConfiguration(
        CfnBucket.NotificationConfigurationProperty.builder()
            .topicConfigurations(
                List.of(
                    CfnBucket.TopicConfigurationProperty.builder()
                        .event("s3:ObjectCreated:*")
                        .topic(topic.getTopicArn())
                        .filter(originalsOnly())
                        .build()))
            .build());
    // S3 tries the topic when it is told of it: by then it has to be let in.
    bucket.getNode().addDependency(topic.getNode().findChild("Policy"));
  }

  private static CfnBucket.NotificationFilterProperty originalsOnly() {
    return CfnBucket.NotificationFilterProperty.builder()
        .s3Key(
            CfnBucket.S3KeyFilterProperty.builder()
                .rules(
                    List.of(
                        CfnBucket.FilterRuleProperty.builder()
                            .name("prefix")
                            .value(Buckets.ORIGINALS_PATH.substring(1) + "/")
                            .build()))
                .build())
        .build();
  }
}
