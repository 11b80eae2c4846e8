package dev.rendition.stack;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.CreateAlarmOptions;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** What somebody has to be told of. Each alarm says what to do. */
final class Alarms extends Construct {
  private static final Duration FIVE_MINUTES = Duration.minutes(5);

  private final Topic topic;

  Alarms(Construct stack, RenderFunction function, int concurrency) {
    super(stack, "Alarms");
    topic = topic(this);
    add(
        "DeadLetters",
        function.deadLetters().metricApproximateNumberOfMessagesVisible(most()),
        1,
        1,
        "Events failed for good. Read them, mend the cause, send them again.");
    add(
        "LostFailures",
        metric(function, "DestinationDeliveryFailures", "Sum"),
        1,
        1,
        "A failed event could not be set aside: look at the queue and the role's right to it.");
    add(
        "Errors",
        metric(function, "Errors", "Sum"),
        5,
        1,
        "Invocations fail. The log has a line for each; errors of refused events are the sender's.");
    add(
        "Throttles",
        metric(function, "Throttles", "Sum"),
        1,
        3,
        "There is no room for a quarter of an hour: reserve more, or send less at a time.");
    add(
        "Crowded",
        metric(function, "ConcurrentExecutions", "Maximum"),
        // Told before there is no room.
        Math.max(1, concurrency * 0.8),
        3,
        "Four fifths of what is reserved is taken for a quarter of an hour.");
    add(
        "Slow",
        metric(function, "Duration", "p99"),
        RenderFunction.TIMEOUT.toSeconds().doubleValue() * 1_000 * 0.8,
        1,
        "One in a hundred takes four fifths of its time: more memory, or fewer pixels.");
    add(
        "Waiting",
        metric(function, "AsyncEventAge", "Maximum"),
        Duration.hours(1).toMilliseconds().doubleValue(),
        1,
        "Events wait for an hour: after six they are dead letters. Reserve more.");
    add(
        "ServerErrors",
        metric(function, "Url5xxCount", "Sum"),
        5,
        1,
        "Renditions asked for on demand are answered with server errors: see the log.");
  }

  Topic topic() {
    return topic;
  }

  /** Returns a topic that alarms of this account may publish to, and nobody else. */
  static Topic topic(Construct scope) {
    Topic topic = Topic.Builder.create(scope, "Topic").enforceSsl(true).build();
    topic.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .sid("AlarmsTell")
            .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
            .actions(List.of("sns:Publish"))
            .resources(List.of(topic.getTopicArn()))
            .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)))
            .build());
    return topic;
  }

  /** Returns an alarm that goes off when a number is reached in each of some periods. */
  static CreateAlarmOptions options(double threshold, int periods, String whatToDo) {
    return CreateAlarmOptions.builder()
        .threshold(threshold)
        .evaluationPeriods(periods)
        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
        // Nothing happens at night, and nothing is wrong with that.
        .treatMissingData(TreatMissingData.NOT_BREACHING)
        .alarmDescription(whatToDo)
        .build();
  }

  static Metric metric(RenderFunction function, String name, String statistic) {
    return function
        .function()
        .metric(name, MetricOptions.builder().statistic(statistic).period(FIVE_MINUTES).build());
  }

  static MetricOptions most() {
    return MetricOptions.builder().statistic("Maximum").period(FIVE_MINUTES).build();
  }

  private void add(String id, Metric metric, double threshold, int periods, String whatToDo) {
    metric
        .createAlarm(this, id, options(threshold, periods, whatToDo))
        .addAlarmAction(new SnsAction(topic));
  }
}
