package dev.rendition.local.engine;

import dev.rendition.asset.AssetContent;
import dev.rendition.local.assist.Assistant;
import dev.rendition.local.notice.Notices;
import dev.rendition.local.raster.Plane;
import dev.rendition.local.raster.RowSink;
import dev.rendition.local.resample.Orientation;
import dev.rendition.local.resample.Resampler;
import dev.rendition.local.resample.Scratch;
import dev.rendition.local.resample.Window;
import dev.rendition.recipe.Encoding;
import dev.rendition.recipe.Operation;
import dev.rendition.recipe.PixelSize;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The engine: reads a source once, row by row, resamples the largest targets while the rows pass,
 * makes smaller ones from larger ones, and encodes each. Whatever the format, the steps are the
 * same; only the lane differs.
 */
public final class StreamingEngine implements Engine {
  private final LaneSources lanes;
  private final CustomOperations custom;
  private final Scaler scaler;
  private final SourceLimits limits;
  private final TargetWriter writer;
  private final TargetWriter helpersWriter;
  private final Scratch scratch = new Scratch();

  public StreamingEngine(EngineSettings settings) {
    this.lanes = new LaneSources(settings.limits(), settings.spoolFolder());
    this.custom = settings.custom();
    this.scaler = settings.scaler();
    this.limits = settings.limits();
    PluginWriters plugins = new PluginWriters(settings.classLoader());
    this.writer = new TargetWriter(plugins);
    this.helpersWriter = new TargetWriter(plugins);
  }

  @Override
  public void render(EngineTask asked, EngineSink sink) throws IOException {
    Account account = new Account(asked.admission());
    EngineTask task = asked.with(account);
    try (LaneSource source = lanes.open(task.source().stream(), task.cancellation())) {
      List<Job> jobs = jobs(task, source, sink);
      List<Job> animated = jobs.stream().filter(job -> Animation.wanted(job, source)).toList();
      List<Job> still = jobs.stream().filter(job -> !animated.contains(job)).toList();
      PixelSteps steps = steps(task, account);
      if (!still.isEmpty() && scaler == Scaler.IMGSCALR) {
        byImgscalr(task, source, still, steps, sink);
      } else if (!still.isEmpty()) {
        still(task, source, still, steps, sink);
      }
      for (Job job : animated) {
        Finisher.tell(job, sink, () -> animated(task, (PortableSource) source, job, steps));
      }
    }
  }

  /** Works out the geometry of every spec; what cannot be made is told at once. */
  private List<Job> jobs(EngineTask task, LaneSource source, EngineSink sink) throws IOException {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < task.specs().size(); i++) {
      int index = i;
      var spec = task.specs().get(i);
      try {
        Encoding encoding = Encodings.chosen(spec.recipe().encoding(), source.format());
        writer.require(encoding);
        Geometry geometry =
            Geometry.fold(source.upright(), task.focus(), spec.recipe().operations(), 0);
        Notices notices = spec.recipe().keepCopyright() ? source.notices() : Notices.NONE;
        jobs.add(new Job(index, spec, geometry, encoding, notices));
      } catch (StepException e) {
        sink.failed(index, e);
      }
    }
    return jobs;
  }

  private void still(
      EngineTask task, LaneSource source, List<Job> jobs, PixelSteps steps, EngineSink sink)
      throws IOException {
    if (source.memoryToOpen() > 0) {
      task.admission().admit(Need.guess(source, jobs));
    }
    Lane lane = source.open(task.cancellation());
    Plan plan = Plan.of(jobs, source.orientation(), lane.alpha());
    int[] scales = Scales.choose(source, lane, plan.roots());
    if (source.memoryToOpen() == 0) {
      task.admission().admit(Need.of(source, lane, plan, scales));
    }
    List<String> trace = new ArrayList<>();
    trace.add(source.why());
    trace.addAll(source.remarks());
    trace.add(
        "scale 1/"
            + scales[0]
            + ", from the source: "
            + plan.roots().stream().map(root -> root.shot.size()).toList());
    Assistant assistant = new AdmittedHelp(task, Need.ofHelp(lane, plan, scales));
    trace.addAll(feed(source, lane, plan.nodes(), scales, task.cancellation(), assistant));
    try (Finisher finisher = finisher(steps, sink, trace, assistant)) {
      for (Node node : plan.nodes()) {
        long begin = System.nanoTime();
        make(node);
        for (Job job : node.jobs) {
          task.cancellation().check();
          finisher.finish(node, job, begin);
        }
      }
      finisher.end();
    }
  }

  private Finisher finisher(
      PixelSteps steps, EngineSink sink, List<String> trace, Assistant assistant) {
    return new Finisher(writer, helpersWriter, steps, sink, trace, assistant);
  }

  private Encoded animated(EngineTask task, PortableSource source, Job job, PixelSteps steps)
      throws IOException {
    long begin = System.nanoTime();
    Animation.check(source, job, limits);
    task.admission().admit(Animation.need(source, job));
    Animation animation = new Animation(source, task.cancellation(), steps, scratch);
    PixelSize[] size = {job.geometry().size()};
    Buffer buffer = writer.write(to -> size[0] = animation.write(job, to));
    List<String> trace = new ArrayList<>();
    trace.add(source.why());
    trace.add(source.header().frames() + " frames");
    trace.addAll(source.remarks());
    return Finisher.encoded(buffer, size[0], job, begin, trace);
  }

  /** Decodes the whole picture at full size and has imgscalr do the geometry of each spec on it. */
  private void byImgscalr(
      EngineTask task, LaneSource source, List<Job> jobs, PixelSteps steps, EngineSink sink)
      throws IOException {
    PixelSize upright = source.upright();
    task.admission().admit(Need.guess(source, jobs) + 24 * upright.pixels());
    List<String> trace = new ArrayList<>();
    trace.add(source.why() + ", scaled by imgscalr");
    trace.addAll(source.remarks());
    Picture picture = whole(source, upright, task.cancellation(), trace);
    try (Finisher finisher = finisher(steps, sink, trace, Assistant.NONE)) {
      for (Job job : jobs) {
        long begin = System.nanoTime();
        task.cancellation().check();
        finisher.finish(() -> ImgscalrScaler.scale(picture, job.geometry()), job, begin);
      }
    }
  }

  /**
   * Returns the whole picture at a size, upright sRGB.
   *
   * @param trace gets what the lane had to remark
   */
  private Picture whole(
      LaneSource source, PixelSize size, Cancellation cancellation, List<String> trace)
      throws IOException {
    PixelSize upright = source.upright();
    Shot shot =
        new Shot(Window.whole(upright.width(), upright.height()), source.orientation(), size);
    Node node = new Node(shot, Form.FULL);
    Lane lane = source.open(cancellation);
    List<Node> nodes = List.of(node);
    int[] scales = Scales.choose(source, lane, nodes);
    trace.addAll(feed(source, lane, nodes, scales, cancellation, Assistant.NONE));
    return node.picture();
  }

  /**
   * Lets the rows of the source pass those made from it, and returns what the lane had to remark.
   */
  private List<String> feed(
      LaneSource source,
      Lane lane,
      List<Node> nodes,
      int[] scales,
      Cancellation cancellation,
      Assistant assistant)
      throws IOException {
    List<RootFeed> feeds = new ArrayList<>();
    try {
      for (Node node : nodes) {
        if (node.parent == null) {
          feeds.add(new RootFeed(node, nodes, source, lane, scales, scratch));
        }
      }
      RowSink fan =
          (plane, firstRow, rowCount, samples, offset, stride) -> {
            for (RootFeed feed : feeds) {
              feed.rows(plane, firstRow, rowCount, samples, offset, stride);
            }
          };
      List<String> remarks = lane.feed(scales, fan, cancellation, assistant);
      // A root that is the lane's own picture changes it when it is brought to sRGB; all rows have
      // passed by then.
      feeds.forEach(RootFeed::finish);
      return remarks;
    } finally {
      feeds.forEach(RootFeed::close);
    }
  }

  /** Makes the planes of a node that is not a root from its parent's. */
  private void make(Node node) {
    Node parent = node.parent;
    if (parent == null || node.isMade()) {
      return;
    }
    if (!parent.form.isYcc() && node.form.isYcc()) {
      node.ycc = Ycc.of(parent.picture(), node.form);
      return;
    }
    Window window = node.shot.on(parent.shot);
    if (!node.form.isYcc()) {
      node.picture =
          Resampling.of(parent.picture(), window, Orientation.UPRIGHT, node.shot.size(), scratch);
      return;
    }
    List<Plane> planes = new ArrayList<>();
    for (int i = 0; i < parent.ycc().planes().size(); i++) {
      Plane target = node.emptyPlane(i);
      new Resampler(scratch).scale(parent.ycc().planes().get(i), node.window(i), target);
      planes.add(target);
    }
    node.ycc = new Ycc(planes);
  }

  private PixelSteps steps(EngineTask task, Account account) {
    return new PixelSteps(
        scratch,
        (watermark, width) -> overlay(task, account, watermark, width),
        custom,
        task.cancellation());
  }

  /** Draws a further picture, upright sRGB, at a width. */
  private Picture overlay(
      EngineTask task, Account account, Operation.Watermark watermark, int width)
      throws IOException {
    try (AssetContent content = task.overlays().open(watermark.key());
        LaneSource source = lanes.open(content.stream(), task.cancellation())) {
      PixelSize upright = source.upright();
      int height =
          (int)
              Math.max(
                  1,
                  Math.min(
                      PixelSize.MAX,
                      Math.round((double) upright.height() * width / upright.width())));
      PixelSize size = PixelSize.of(width, height);
      account.admitBeside(Need.whole(source, size));
      return whole(source, size, task.cancellation(), new ArrayList<>());
    }
  }
}
