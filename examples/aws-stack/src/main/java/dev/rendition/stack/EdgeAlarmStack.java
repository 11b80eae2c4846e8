package dev.rendition.stack;

import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** The alarm on what viewers see, in the one region where CloudFront's numbers are. */
final class EdgeAlarmStack extends Stack {
  static final String REGION = "us-east-1";

  EdgeAlarmStack(Construct app, StackSettings settings) {
    super(
        app,
        settings.name() + "-edge",
        settings
            .props()
            .description("Rendition: tells when viewers are answered with server errors.")
            .env(Environment.builder().region(REGION).build())
            .build());
    CfnParameter distribution =
        CfnParameter.Builder.create(this, "DistributionId")
            .type("String")
            .allowedPattern("^[A-Z0-9]{8,20}$")
            .description("The output DistributionId of the other stack.")
            .build();
    Topic topic = Alarms.topic(this);
    Overview.ofNetwork(distribution.getValueAsString(), "5xxErrorRate", "Average")
        .createAlarm(
            this,
            "ServerErrorRate",
            Alarms.options(
                1, 3, "One viewer in a hundred is answered with a server error: see the other."))
        .addAlarmAction(new SnsAction(topic));
    CfnOutput.Builder.create(this, "AlarmTopic").value(topic.getTopicArn()).build();
  }
}
