package dev.rendition.local;

import dev.rendition.Renditions;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.lifecycle.RegenerationPlan;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.RecipeBook;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A process of its own that plans a whole tenant and prints the plan and what it took. */
final class PlanChild {
  private PlanChild() {}

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    RecipeBook book =
        RecipeBook.of(
            List.of(NamedRecipe.of("card", "fit:80,jpeg"), NamedRecipe.of("hero", "fit:800,jpeg")));
    try (Renditions renditions =
        Renditions.builder()
            .originals(FileAssetStore.open(Path.of(args[0])))
            .renditions(FileAssetStore.open(Path.of(args[1])))
            .generator(new Nobody())
            .recipes(book)
            .build()) {
      long begin = System.nanoTime();
      RegenerationPlan plan = renditions.planTenant("acme");
      long millis = (System.nanoTime() - begin) / 1_000_000;
      out.println(
          plan.originals()
              + " originals, "
              + plan.missingRenditions()
              + " missing, "
              + plan.staleRenditions()
              + " stale, "
              + plan.orphanRenditions()
              + " orphans");
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      out.println((runtime.totalMemory() - runtime.freeMemory()) >> 20);
      out.println(millis);
      out.println(plan.estimatedCpuTime());
    }
  }

  /** Makes nothing. */
  private static final class Nobody implements RenditionGenerator {
    @Override
    public CompletableFuture<RenditionReport> generate(RenditionRequest request) {
      return CompletableFuture.failedFuture(new IllegalStateException("nobody was to be asked"));
    }

    @Override
    public void close() {}
  }
}
