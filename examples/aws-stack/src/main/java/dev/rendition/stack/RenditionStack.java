package dev.rendition.stack;

import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/**
 * Buckets, function, events, network and alarms of one installation. It names no account and no
 * region: one template serves all of them.
 */
final class RenditionStack extends Stack {

  RenditionStack(Construct app, StackSettings settings) {
    super(
        app,
        settings.name(),
        settings
            .props()
            .description("Rendition: makes renditions of uploaded pictures, and shows them.")
            // Deleted by mistake, the stack would take the network away from under every link.
            .terminationProtection(true)
            .build());
    Buckets buckets = new Buckets(this, settings.name());
    RenderFunction function = new RenderFunction(this, buckets, settings);
    new UploadEvents(this, buckets, function);
    Delivery delivery = new Delivery(this, buckets, function, settings);
    Alarms alarms = new Alarms(this, function, settings.concurrency());
    new Overview(this, function, delivery);
    tell("OriginalsPlace", "s3://" + buckets.originals().getBucketName() + Buckets.ORIGINALS_PATH);
    tell(
        "RenditionsPlace",
        "s3://" + buckets.renditions().getBucketName() + Buckets.RENDITIONS_PATH);
    tell("FunctionName", function.function().getFunctionName());
    tell("Qualifier", RenderFunction.ALIAS);
    tell("Base", delivery.base());
    tell("DistributionId", delivery.distribution().getDistributionId());
    tell("KeyGroupId", delivery.keys().group().getRef());
    tell("DeadLetters", function.deadLetters().getQueueUrl());
    tell("AlarmTopic", alarms.topic().getTopicArn());
  }

  private void tell(String name, String value) {
    CfnOutput.Builder.create(this, name).value(value).build();
  }
}
