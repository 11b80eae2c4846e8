package dev.rendition.local.engine;

import dev.rendition.local.resample.Orientation;
import dev.rendition.recipe.Rgb;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which pixels are made from which, for all specs of one task: the shots with most detail from the
 * source, each smaller one from the smallest that still has enough.
 */
final class Plan {
  private final List<Node> nodes = new ArrayList<>();

  private Plan() {}

  /**
   * Plans.
   *
   * @param orientation from the stored picture to the upright one
   * @param alpha whether the source has alpha: only then does it matter what lies behind
   */
  static Plan of(List<Job> jobs, Orientation orientation, boolean alpha) {
    Plan plan = new Plan();
    for (Job job : jobs) {
      Geometry geometry = job.geometry();
      Shot shot = new Shot(geometry.window(), orientation.then(geometry.turn()), geometry.size());
      Form form = job.form();
      plan.node(shot, alpha ? form : new Form(form.kind(), Rgb.WHITE)).jobs.add(job);
    }
    plan.nodes.sort(
        Comparator.comparingDouble((Node node) -> node.shot.shrink())
            .thenComparingLong(node -> -node.shot.size().pixels())
            .thenComparing(node -> node.form.isYcc()));
    for (int i = 0; i < plan.nodes.size(); i++) {
      plan.findParent(i);
    }
    return plan;
  }

  /** Returns the nodes, every one behind its parent. */
  List<Node> nodes() {
    return nodes;
  }

  /** Returns the nodes that are made from the source. */
  List<Node> roots() {
    return nodes.stream().filter(node -> node.parent == null).toList();
  }

  private Node node(Shot shot, Form form) {
    for (Node node : nodes) {
      if (node.shot.equals(shot) && node.form.equals(form)) {
        return node;
      }
    }
    Node node = new Node(shot, form);
    nodes.add(node);
    return node;
  }

  private void findParent(int index) {
    Node node = nodes.get(index);
    for (int i = index - 1; i >= 0; i--) {
      Node other = nodes.get(i);
      boolean sameForm = other.form.equals(node.form) && node.shot.canBeMadeFrom(other.shot);
      boolean sameShot = node.form.isYcc() && !other.form.isYcc() && node.shot.equals(other.shot);
      if (sameForm || sameShot) {
        node.parent = other;
        return;
      }
    }
  }
}
