package dev.rendition;

import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.Recipe;
import dev.rendition.recipe.RecipeBook;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tries everything that is configured, once, on a tiny picture under a key nobody else has. */
final class Verification {
  /** Who things are tried as unless told otherwise. */
  static final String TENANT = "rendition-verify";

  /** Links are refused by servers whose clocks differ more: S3 allows fifteen minutes. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  /** A PNG of one pixel. */
  private static final byte[] PICTURE =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

  /** Returns a picture of one pixel, which the caller may change. */
  static byte[] picture() {
    return PICTURE.clone();
  }

  private final AssetStore originals;
  private final AssetStore renditions;
  private final RenditionGenerator generator;
  private final RecipeBook recipes;
  private final Links links;
  private final Links originalLinks;
  private final String tenant;
  private final List<VerificationReport.Check> checks = new ArrayList<>();
  private final String folder = "probe-" + UUID.randomUUID();

  /** How far the clock of the store that was tried last is ahead of this machine's. */
  private Duration ahead = Duration.ZERO;

  Verification(
      AssetStore originals,
      AssetStore renditions,
      RenditionGenerator generator,
      RecipeBook recipes,
      Links links,
      Links originalLinks,
      String tenant) {
    this.originals = originals;
    this.renditions = renditions;
    this.generator = generator;
    this.recipes = recipes;
    this.links = links;
    this.originalLinks = originalLinks;
    this.tenant = tenant;
  }

  VerificationReport run() {
    check("recipes", this::recipes);
    boolean reads = check("originals", () -> store(originals, "originals"));
    boolean writes = check("renditions", () -> store(renditions, "renditions"));
    if (reads && writes) {
      check("generator", this::generator);
    }
    links(links, "");
    links(originalLinks, " to originals");
    return new VerificationReport(checks);
  }

  private void links(Links some, String to) {
    if (some.hasPublicBase()) {
      check(
          "public links" + to,
          () -> "for example " + some.to(key("example.jpg"), UrlPolicy.publicLink()));
    }
    if (some.hasSigner()) {
      check("private links" + to, () -> privateLinks(some));
    }
  }

  private String recipes() throws IOException {
    List<NamedRecipe> all = recipes.all();
    if (all.isEmpty()) {
      throw new IOException(
          "there is no recipe; set rendition.recipe.<name>, for example cover:800x600,jpeg");
    }
    return all.size() + " in the book";
  }

  private String store(AssetStore store, String role) throws IOException {
    AssetKey key = key(role + ".png");
    try {
      Instant begin = Instant.now();
      AssetInfo written = store.put(key, AssetSource.ofBytes(PICTURE, "image/png"));
      ahead = ahead(written.modified(), begin, Instant.now());
      if (store
          .putIfAbsent(key, AssetSource.ofBytes(PICTURE, "image/png"), written.attributes())
          .isPresent()) {
        throw new IOException("the store overwrote an asset it was told to keep");
      }
      try (AssetContent content = store.open(key)) {
        if (!Arrays.equals(content.stream().readAllBytes(), PICTURE)) {
          throw new IOException("the store gave other bytes than were written");
        }
      }
    } catch (IOException | RuntimeException e) {
      // What failed first says more than that nothing can be deleted either.
      try {
        store.delete(key);
      } catch (IOException | RuntimeException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    store.delete(key);
    return "written, read and deleted "
        + store.location(key).map(Object::toString).orElse(key.toString());
  }

  /** Returns how far a moment lies outside the time in which it was. */
  private static Duration ahead(Instant moment, Instant begin, Instant end) {
    return moment.isBefore(begin)
        ? Duration.between(begin, moment)
        : Duration.between(moment.isAfter(end) ? end : moment, moment);
  }

  private String privateLinks(Links some) throws IOException {
    some.to(key("example.jpg"), UrlPolicy.signed(Duration.ofSeconds(60)));
    if (ahead.abs().compareTo(CLOCKS_DIFFER) > 0) {
      throw new IOException(
          "this machine's clock is "
              + ahead.abs().toMinutes()
              + " minutes "
              + (ahead.isNegative() ? "ahead of" : "behind")
              + " that of the store: set it, for example by NTP; links would be refused,"
              + " or hold longer than asked for");
    }
    return "signed for a minute";
  }

  /** Asks the backend who it is, and makes one rendition for each encoding the book uses. */
  private String generator() throws IOException {
    String backend = Lookups.join(generator.probe(), RenditionRequest.DEFAULT_TIMEOUT);
    AssetKey source = key("source.png");
    Map<String, RenditionSpec> specs = new LinkedHashMap<>();
    for (NamedRecipe recipe : recipes.all()) {
      String encoding = recipe.recipe().encoding().getClass().getSimpleName();
      Recipe plain = Recipe.of(List.of(), recipe.recipe().encoding());
      specs.putIfAbsent(encoding, new RenditionSpec(recipe.name(), plain, key("made." + encoding)));
    }
    if (specs.isEmpty()) {
      specs.put("Png", new RenditionSpec("png", Recipe.parse("png"), key("made.Png")));
    }
    try {
      AssetInfo stored = originals.put(source, AssetSource.ofBytes(PICTURE, "image/png"));
      RenditionRequest request =
          RenditionRequest.of(source, List.copyOf(specs.values())).ofVersion(stored.version());
      RenditionReport report =
          Lookups.join(generator.generate(request), RenditionRequest.DEFAULT_TIMEOUT);
      for (RenditionOutcome.Failed failed : report.failed()) {
        throw new IOException(
            "recipe " + failed.spec().name() + ": " + failed.reason() + ": " + failed.detail());
      }
      return (backend.isEmpty() ? "" : backend + "; ")
          + "made a rendition of one pixel as "
          + specs.keySet();
    } finally {
      try {
        originals.delete(source);
      } finally {
        for (RenditionSpec spec : specs.values()) {
          renditions.delete(spec.target());
        }
      }
    }
  }

  private AssetKey key(String name) {
    return AssetKey.of(tenant, folder + "/" + name);
  }

  private boolean check(String name, Attempt attempt) {
    try {
      checks.add(new VerificationReport.Check(name, true, attempt.run()));
      return true;
    } catch (IOException | RuntimeException | LinkageError e) {
      String detail = e.getMessage() == null ? e.toString() : e.getMessage();
      checks.add(new VerificationReport.Check(name, false, detail));
      return false;
    }
  }

  @FunctionalInterface
  private interface Attempt {
    String run() throws IOException;
  }
}
