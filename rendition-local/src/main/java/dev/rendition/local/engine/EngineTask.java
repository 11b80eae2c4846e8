package dev.rendition.local.engine;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetKey;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.local.assist.Assistant;
import dev.rendition.recipe.FocalPoint;
import java.io.IOException;
import java.util.List;

/**
 * What an engine needs to make the renditions of one original.
 *
 * @param source the original, opened by the generator, which also closes it; an engine reads it
 *     once from the front
 * @param specs what to make
 * @param focus what recipes with the gravity {@code focus} keep in sight
 * @param overlays opens further pictures that operations lay over this one
 * @param admission asked for memory before pixels are allocated
 * @param cancellation asked between rows and blocks whether to go on
 * @param assistant idle workers that may do a part of the work
 */
public record EngineTask(
    AssetContent source,
    List<RenditionSpec> specs,
    FocalPoint focus,
    Overlays overlays,
    Admission admission,
    Cancellation cancellation,
    Assistant assistant) {
  public EngineTask {
    requireNonNull(source, "source");
    requireNonNull(focus, "focus");
    requireNonNull(overlays, "overlays");
    requireNonNull(admission, "admission");
    requireNonNull(cancellation, "cancellation");
    requireNonNull(assistant, "assistant");
    specs = List.copyOf(specs);
  }

  /** Makes a task that nobody helps with. */
  public EngineTask(
      AssetContent source,
      List<RenditionSpec> specs,
      FocalPoint focus,
      Overlays overlays,
      Admission admission,
      Cancellation cancellation) {
    this(source, specs, focus, overlays, admission, cancellation, Assistant.NONE);
  }

  /** Returns the same task with somebody else to ask for memory. */
  EngineTask with(Admission other) {
    return new EngineTask(source, specs, focus, overlays, other, cancellation, assistant);
  }

  /** Opens pictures by key. */
  @FunctionalInterface
  public interface Overlays {
    /** Opens an asset; the engine closes it. */
    AssetContent open(AssetKey key) throws IOException;
  }

  /** Grants memory. */
  @FunctionalInterface
  public interface Admission {
    /**
     * Waits until the bytes are free and takes them. What is granted is given back when the task
     * ends; asking again within one task exchanges the grant for one of the new size.
     *
     * @param bytes an upper bound of what the task will hold on the heap
     * @throws StepException {@code LIMIT_EXCEEDED} if the whole budget is smaller, {@code BUSY} if
     *     it stayed taken
     */
    void admit(long bytes);

    /**
     * Takes further bytes beside those granted, if they are free and nobody waits for them.
     *
     * @param bytes 0 or more
     * @return whether they were granted
     */
    default boolean extend(long bytes) {
      return false;
    }
  }
}
