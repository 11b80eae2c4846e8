package dev.rendition.stack;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.constructs.Construct;

/** One page that shows how things are: work, failures, waiting, and the network in front. */
final class Overview extends Construct {

  Overview(Construct stack, RenderFunction function, Delivery delivery) {
    super(stack, "Overview");
    String id = delivery.distribution().getDistributionId();
    Dashboard.Builder.create(this, "Dashboard")
        .widgets(
            List.of(
                List.of(
                    graph("Invocations and failures", of(function, "Sum", "Invocations", "Errors")),
                    graph(
                        "Duration, ms",
                        List.of(
                            Alarms.metric(function, "Duration", "p50"),
                            Alarms.metric(function, "Duration", "p99"))),
                    graph(
                        "Room",
                        List.of(
                            Alarms.metric(function, "ConcurrentExecutions", "Maximum"),
                            Alarms.metric(function, "Throttles", "Sum")))),
                List.of(
                    graph(
                        "Waiting and dead",
                        List.of(
                            Alarms.metric(function, "AsyncEventAge", "Maximum"),
                            function
                                .deadLetters()
                                .metricApproximateNumberOfMessagesVisible(Alarms.most()))),
                    graph(
                        "On demand",
                        of(function, "Sum", "UrlRequestCount", "Url4xxCount", "Url5xxCount")),
                    graph(
                        "Network",
                        List.of(
                            ofNetwork(id, "Requests", "Sum"),
                            ofNetwork(id, "4xxErrorRate", "Average"),
                            ofNetwork(id, "5xxErrorRate", "Average"))))))
        .build();
  }

  /** Returns a number of the network's. They are kept in one region, wherever the viewers are. */
  static Metric ofNetwork(String distribution, String name, String statistic) {
    return Metric.Builder.create()
        .namespace("AWS/CloudFront")
        .metricName(name)
        .dimensionsMap(Map.of("DistributionId", distribution, "Region", "Global"))
        .region(EdgeAlarmStack.REGION)
        .statistic(statistic)
        .build();
  }

  private static List<IMetric> of(RenderFunction function, String statistic, String... names) {
    return Stream.of(names).<IMetric>map(name -> Alarms.metric(function, name, statistic)).toList();
  }

  private static IWidget graph(String title, List<? extends IMetric> metrics) {
    return GraphWidget.Builder.create().title(title).left(metrics).width(8).build();
  }
}
