package dev.rendition;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.asset.CdnInvalidator;
import dev.rendition.asset.UrlSigner;
import dev.rendition.compose.ObservedGenerator;
import dev.rendition.compose.RenditionLog;
import dev.rendition.config.ConfigException;
import dev.rendition.deliver.DeliveryStore;
import dev.rendition.deliver.HttpDelivery;
import dev.rendition.deliver.ReadThrough;
import dev.rendition.deliver.UrlScheme;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.Measure;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionListener;
import dev.rendition.generate.RenditionMetadata;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionStage;
import dev.rendition.generate.WriteMode;
import dev.rendition.ingest.Ingest;
import dev.rendition.ingest.IngestRules;
import dev.rendition.layout.AdHocLayout;
import dev.rendition.layout.FingerprintLayout;
import dev.rendition.layout.KeyLayout;
import dev.rendition.lifecycle.PurgeReport;
import dev.rendition.lifecycle.RegenerationPlan;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.RecipeBook;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Stores originals, has their renditions made, and links to them: the one class a content
 * management system needs.
 *
 * <p>Safe for use by many threads. It owns the stores and the generator it was built with and
 * closes them.
 */
public final class Renditions implements AutoCloseable {
  /** What renditions are served with when their keys name their content. */
  public static final String CACHE_FOR_EVER = "public, max-age=31536000, immutable";

  /** What renditions are served with when their keys may hold other bytes later. */
  public static final String CACHE_BRIEFLY = "public, max-age=300";

  private final AssetStore originals;
  private final AssetStore renditions;
  private final RenditionGenerator generator;
  private final RecipeBook recipes;
  private final KeyLayout layout;
  private final Requests requests;
  private final Links links;
  private final Links originalLinks;
  private final CdnInvalidator invalidator;
  private final Duration timeout;
  private final String cacheControl;
  private final Clock clock;
  private final String verifyTenant;
  private final List<AutoCloseable> closing;
  private final Ingest ingest;
  private final ReadThrough readThrough;
  private final Supplier<UrlScheme> addresses;
  private final UnaryOperator<HttpDelivery.Builder> http;

  private Renditions(
      Builder builder, AssetStore originals, AssetStore renditions, RenditionGenerator generator) {
    this.originals = originals;
    this.renditions = renditions;
    this.generator = watched(generator, builder.listeners);
    this.recipes = builder.recipes;
    KeyLayout bookLayout =
        builder.layout != null ? builder.layout : new FingerprintLayout(recipes.names());
    this.layout = builder.signedAddresses ? new AdHocLayout(bookLayout) : bookLayout;
    this.cacheControl =
        builder.cacheControl != null
            ? builder.cacheControl
            : layout.namesContent() ? CACHE_FOR_EVER : CACHE_BRIEFLY;
    this.timeout = builder.timeout;
    this.clock = builder.clock;
    this.requests = new Requests(originals, this.generator, layout, clock, timeout, cacheControl);
    this.links = new Links("rendition.urls.", builder.publicBase, builder.signer);
    this.originalLinks =
        new Links("rendition.urls.originals.", builder.originalsBase, builder.originalsSigner);
    this.invalidator = builder.invalidator;
    this.verifyTenant = builder.verifyTenant;
    this.closing = List.copyOf(builder.closing);
    this.readThrough =
        builder
            .readThrough
            .apply(
                ReadThrough.builder(
                        originals, deliveryStore(builder, renditions), this.generator, layout)
                    .timeout(timeout)
                    .cacheControl(cacheControl)
                    .clock(clock))
            .build();
    this.addresses = addresses(builder, bookLayout);
    this.http = builder.http;
    this.ingest = ingest(builder.ingest);
  }

  /** Has the log told what happens, and every listener. */
  private static RenditionGenerator watched(
      RenditionGenerator generator, List<RenditionListener> listeners) {
    RenditionGenerator watched = new ObservedGenerator(generator, new RenditionLog());
    for (RenditionListener listener : listeners) {
      watched = new ObservedGenerator(watched, listener);
    }
    return watched;
  }

  /** Takes what is set now, as the builder may be used for another facade. */
  private static Supplier<UrlScheme> addresses(Builder builder, KeyLayout bookLayout) {
    RecipeBook book = builder.recipes;
    UnaryOperator<UrlScheme.Builder> more = builder.addresses;
    return builder.addressesByKey
        ? () -> more.apply(UrlScheme.keys(book, bookLayout)).build()
        : () -> more.apply(UrlScheme.presets(book)).build();
  }

  private static DeliveryStore deliveryStore(Builder builder, AssetStore renditions) {
    if (builder.delivered != null) {
      return builder.delivered;
    }
    return renditions instanceof DeliveryStore store ? store : new DeliveryStore(renditions);
  }

  /** Begins to build one from parts. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Builds one from settings, finding backends with the class loader of this class.
   *
   * @throws ConfigException with every mistake at once
   */
  public static Renditions fromConfig(RenditionConfig config) {
    return fromConfig(config, Renditions.class.getClassLoader());
  }

  /**
   * Builds one from settings, finding backends with a class loader.
   *
   * @throws ConfigException with every mistake at once
   */
  public static Renditions fromConfig(RenditionConfig config, ClassLoader loader) {
    return new ConfigurationDoor(config, loader).open().build();
  }

  /**
   * Begins to build one from settings, so that listeners and the like can be added. The stores and
   * the generator are open when this returns: build it, and close what was built.
   *
   * @throws ConfigException with every mistake at once
   */
  public static Builder builderFrom(RenditionConfig config, ClassLoader loader) {
    return new ConfigurationDoor(config, loader).open();
  }

  /**
   * Stores an original, replacing what the key held. Blocks; the source is read on the calling
   * thread.
   *
   * @return what is stored; handing it to {@link #generate(AssetInfo, List)} saves a look into the
   *     store
   * @throws RenditionException with {@link FailureReason#SOURCE_IS_RENDITION} if the key is that of
   *     a rendition
   * @throws IOException if the source cannot be read or the store cannot be written
   */
  public AssetInfo store(AssetKey key, AssetSource source) throws IOException {
    return store(key, source, AssetAttributes.NONE);
  }

  /**
   * Stores an original whose focal point is known: recipes with the gravity {@code focus} keep it
   * in sight from now on; see {@link #store(AssetKey, AssetSource)}.
   */
  public AssetInfo store(AssetKey key, AssetSource source, FocalPoint focus) throws IOException {
    return store(key, source, RenditionMetadata.ofOriginal(focus));
  }

  private AssetInfo store(AssetKey key, AssetSource source, AssetAttributes attributes)
      throws IOException {
    requests.requireOriginal(key);
    AssetInfo stored = originals.put(key, source, attributes);
    readThrough.forget(key);
    return stored;
  }

  /**
   * Returns what takes originals in that nobody has looked at: uploads, URLs, archives. Unlike
   * {@link #store} it judges them first, by the rules this was built with.
   */
  public Ingest ingest() {
    return ingest;
  }

  /** Returns what takes originals in by other rules; see {@link #ingest()}. */
  public Ingest ingest(IngestRules rules) {
    return Ingest.into(new WatchedStore(originals, readThrough::forget), layout::isTarget, rules);
  }

  /**
   * Returns recipes of the book by name.
   *
   * @throws RenditionException with {@link FailureReason#RECIPE_UNKNOWN} if there is no recipe of a
   *     name
   */
  public List<NamedRecipe> recipes(String... names) {
    return RecipeNames.find(recipes, List.of(names));
  }

  /** Returns the whole book. */
  public RecipeBook recipes() {
    return recipes;
  }

  /**
   * Makes renditions of what a key holds now, around the focal point it was stored with, or
   * centred. Returns at once; see {@link RenditionGenerator#generate} for what the future tells and
   * how it is cancelled.
   */
  public CompletableFuture<RenditionReport> generate(AssetKey key, List<NamedRecipe> wanted) {
    return requests.generate(key, wanted, Requests::focus);
  }

  /**
   * Makes renditions of what a key holds now around a focal point; see {@link #generate(AssetKey,
   * List)}.
   */
  public CompletableFuture<RenditionReport> generate(
      AssetKey key, List<NamedRecipe> wanted, FocalPoint focus) {
    requireNonNull(focus, "focus");
    return requests.generate(key, wanted, original -> focus);
  }

  /**
   * Makes renditions of an original just stored, without looking it up again; see {@link
   * #generate(AssetKey, List)}.
   */
  public CompletableFuture<RenditionReport> generate(AssetInfo original, List<NamedRecipe> wanted) {
    return generate(original, wanted, Requests.focus(original));
  }

  /** Makes renditions of an original around a focal point, without looking it up again. */
  public CompletableFuture<RenditionReport> generate(
      AssetInfo original, List<NamedRecipe> wanted, FocalPoint focus) {
    return requests.generate(original, wanted, focus, requests.mode());
  }

  /**
   * Makes only those renditions of an original that are not there; see {@link WriteMode#MISSING}.
   */
  public CompletableFuture<RenditionReport> generateMissing(
      AssetInfo original, List<NamedRecipe> wanted) {
    return requests.generate(original, wanted, Requests.focus(original), WriteMode.MISSING);
  }

  /**
   * Returns the key of a rendition, without asking any store. A caller keeps it beside the original
   * in its own database.
   *
   * @throws RenditionException with {@link FailureReason#REQUEST_INVALID} if the layout has no key
   *     for it
   */
  public AssetKey target(AssetInfo original, NamedRecipe recipe, FocalPoint focus) {
    return requests.target(original, recipe, focus);
  }

  /**
   * Returns the key of a rendition around the focal point the original was stored with, or centred;
   * see {@link #target(AssetInfo, NamedRecipe, FocalPoint)}.
   */
  public AssetKey target(AssetInfo original, NamedRecipe recipe) {
    return target(original, recipe, Requests.focus(original));
  }

  /**
   * Returns a link to a rendition, without I/O and without looking whether it exists.
   *
   * @throws IllegalStateException if no public base, or no signer, is configured; the message names
   *     the key to set
   * @throws IllegalArgumentException if the signer refuses the validity
   */
  public URI url(AssetKey target, UrlPolicy policy) {
    return links.to(target, policy);
  }

  /**
   * Returns a link to an original, for who may have all of it, without I/O and without looking
   * whether it exists.
   *
   * @throws IllegalStateException if no public base, or no signer, is configured for originals; the
   *     message names the key to set
   * @throws IllegalArgumentException if the signer refuses the validity
   */
  public URI originalUrl(AssetKey original, UrlPolicy policy) {
    return originalLinks.to(original, policy);
  }

  /**
   * Deletes an original, all its renditions, and what the content delivery network holds of them.
   * Repeating it is harmless. What is being made of the original meanwhile does not reappear: the
   * generator takes it back when it finds the original gone. Blocks.
   *
   * @throws IOException if a store refuses: repeating the purge continues it; or if the network
   *     does: then the message names the keys it was not told to forget
   */
  public PurgeReport purge(AssetKey key) throws IOException {
    return purge(key, true);
  }

  /**
   * Deletes all renditions of an original and what the content delivery network holds of them, and
   * leaves the original. They are made again when somebody asks for them. Blocks.
   *
   * @throws IOException as for {@link #purge}
   */
  public PurgeReport purgeRenditions(AssetKey key) throws IOException {
    return purge(key, false);
  }

  private PurgeReport purge(AssetKey key, boolean original) throws IOException {
    requests.requireOriginal(key);
    readThrough.forget(key);
    return new Purge(originals, renditions, layout, invalidator).run(key, original);
  }

  /**
   * Compares what there is with what the book and the originals lead to, each picture around the
   * focal point it was stored with, or centred; see {@link #plan(Collection, Function)}. Where
   * focal points are kept elsewhere, take the other: a rendition around a focal point this does not
   * know counts as stale.
   *
   * @param keys the originals to look at
   * @throws IOException if a store cannot be read
   */
  public RegenerationPlan plan(Collection<AssetKey> keys) throws IOException {
    return planner(Requests::focus).plan(keys);
  }

  /**
   * Compares what there is with what the book and the originals lead to. Blocks; changes nothing.
   *
   * @param keys the originals to look at
   * @param focus tells the focal point of each
   * @throws IOException if a store cannot be read
   * @throws RenditionException if one of the keys is that of a rendition, or the layout has no key
   *     for it
   */
  public RegenerationPlan plan(Collection<AssetKey> keys, Function<AssetKey, FocalPoint> focus)
      throws IOException {
    return planner(original -> focus.apply(original.key())).plan(keys);
  }

  /**
   * Compares all originals of a tenant, and finds renditions whose original is gone where the
   * layout tells it from their keys ({@link KeyLayout#source}). Takes little memory, however many
   * there are. Blocks; changes nothing.
   *
   * @param focus tells the focal point of each
   * @throws IOException if a store cannot be read
   */
  public RegenerationPlan planTenant(String tenant, Function<AssetKey, FocalPoint> focus)
      throws IOException {
    return planner(original -> focus.apply(original.key())).plan(AssetKey.requireTenant(tenant));
  }

  /**
   * Compares all originals of a tenant with the focal points they were stored with; see {@link
   * #planTenant(String, Function)}.
   */
  public RegenerationPlan planTenant(String tenant) throws IOException {
    return planner(Requests::focus).plan(AssetKey.requireTenant(tenant));
  }

  private Planner planner(Function<AssetInfo, FocalPoint> focus) {
    return new Planner(requests, recipes, originals, renditions, layout, focus);
  }

  /**
   * Proves that the configuration works: writes, reads and deletes tiny assets in both stores,
   * makes a tiny rendition through the generator, and makes the links that are configured. Blocks;
   * leaves nothing behind.
   */
  public VerificationReport verify() {
    return new Verification(
            originals, renditions, generator, recipes, links, originalLinks, verifyTenant)
        .run();
  }

  /**
   * Returns the request {@link #generate(AssetInfo, List)} would make now, for callers with a
   * deadline or a write mode of their own; {@link #generator} takes it.
   *
   * @throws RenditionException if the original is a rendition, the layout has no key for it, or
   *     there are too many recipes for one request
   */
  public RenditionRequest request(AssetInfo original, List<NamedRecipe> wanted) {
    return requests.of(original, wanted, Requests.focus(original), requests.mode());
  }

  /** Returns who makes renditions, for callers with requests of their own; closed with this. */
  public RenditionGenerator generator() {
    return generator;
  }

  /** Returns which keys renditions have. */
  public KeyLayout layout() {
    return layout;
  }

  /** Returns what renditions are stored with unless a request says otherwise. */
  public String cacheControl() {
    return cacheControl;
  }

  /**
   * Returns what gets renditions and has those made that are not there, for pages that ask for them
   * one by one; closed with this.
   */
  public ReadThrough readThrough() {
    return readThrough;
  }

  /**
   * Returns what writes and reads addresses of renditions made on demand, without I/O.
   *
   * @throws IllegalArgumentException if the book has recipes that have no address
   */
  public UrlScheme addresses() {
    return addresses.get();
  }

  /** Returns what answers HTTP requests for renditions, for any server; keep it. */
  public HttpDelivery http() {
    return http(UnaryOperator.identity());
  }

  /** Returns what answers HTTP requests for renditions, set up further; keep it. */
  public HttpDelivery http(UnaryOperator<HttpDelivery.Builder> more) {
    HttpDelivery.Builder builder = HttpDelivery.builder(readThrough, addresses()).clock(clock);
    return more.apply(http.apply(builder)).build();
  }

  /**
   * Makes one real rendition of one pixel through the configured generator and stores, as {@code
   * rendition.verify-tenant}, and takes everything away again: for a probe that is asked every few
   * seconds. Blocks, at most as long as one request may take; never throws.
   */
  public HealthReport health() {
    return new Health(originals, renditions, generator, verifyTenant).look(timeout);
  }

  /** Returns the numbers worth watching: delivery's own, and the generator's. Does no I/O. */
  public List<Measure> measures() {
    List<Measure> measures = new ArrayList<>(readThrough.stats().measures());
    measures.addAll(generator.measures());
    return measures;
  }

  /** Returns where renditions lie, for tools that show it; closed with this. */
  public AssetStore renditionStore() {
    return renditions;
  }

  /** Returns where originals lie, for tools that read them; closed with this. */
  public AssetStore originalStore() {
    return originals;
  }

  /**
   * Cancels what runs, frees every thread, and closes the generator and both stores, and what
   * settings had made beside them, each also if another cannot be closed. Closing twice does
   * nothing.
   */
  @Override
  public void close() throws IOException {
    try (originals;
        renditions;
        generator) {
      readThrough.close();
      requests.close();
      Closing.each(closing);
    }
  }

  /** Collects the parts. Not safe for use by many threads. */
  public static final class Builder {
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);

    private @Nullable AssetStore originals;
    private @Nullable AssetStore renditions;
    private @Nullable RenditionGenerator generator;
    private @Nullable KeyLayout layout;
    private @Nullable URI publicBase;
    private @Nullable UrlSigner signer;
    private @Nullable URI originalsBase;
    private @Nullable UrlSigner originalsSigner;
    private CdnInvalidator invalidator = keys -> {};
    private @Nullable String cacheControl;
    private final List<RenditionListener> listeners = new CopyOnWriteArrayList<>();
    private RecipeBook recipes = RecipeBook.of(List.of());
    private Duration timeout = RenditionRequest.DEFAULT_TIMEOUT;
    private Clock clock = Clock.systemUTC();
    private String verifyTenant = Verification.TENANT;
    private final List<AutoCloseable> closing = new ArrayList<>();
    private IngestRules ingest = IngestRules.DEFAULT;
    private UnaryOperator<ReadThrough.Builder> readThrough = UnaryOperator.identity();
    private UnaryOperator<UrlScheme.Builder> addresses = UnaryOperator.identity();
    private UnaryOperator<HttpDelivery.Builder> http = UnaryOperator.identity();
    private @Nullable DeliveryStore delivered;
    private boolean addressesByKey;
    private boolean signedAddresses;

    private Builder() {}

    /** Sets {@link Renditions#readThrough()} up further. */
    public Builder readThrough(UnaryOperator<ReadThrough.Builder> more) {
      readThrough = requireNonNull(more, "more");
      return this;
    }

    /** Sets {@link Renditions#addresses()} up further. */
    public Builder addresses(UnaryOperator<UrlScheme.Builder> more) {
      addresses = requireNonNull(more, "more");
      return this;
    }

    /**
     * Sets whether addresses are keys of the layout, so that a web server can look into the store
     * first; unless set they are made of recipe, tenant and path.
     */
    public Builder addressesByKey(boolean byKey) {
      addressesByKey = byKey;
      return this;
    }

    /**
     * Sets whether there are signed addresses of recipes in no book: their renditions then have
     * keys of their own, see {@link AdHocLayout}. Not unless set.
     */
    public Builder signedAddresses(boolean signed) {
      signedAddresses = signed;
      return this;
    }

    /** Sets {@link Renditions#http()} up further. */
    public Builder http(UnaryOperator<HttpDelivery.Builder> more) {
      http = requireNonNull(more, "more");
      return this;
    }

    /** Sets where originals are; required. */
    public Builder originals(AssetStore store) {
      originals = requireNonNull(store, "store");
      return this;
    }

    /**
     * Sets where renditions go; required. A {@link DeliveryStore} that the generator writes through
     * lets {@link Renditions#readThrough()} serve what could not be stored.
     */
    public Builder renditions(AssetStore store) {
      renditions = requireNonNull(store, "store");
      return this;
    }

    /** Sets who makes renditions, over the same two stores; required. */
    public Builder generator(RenditionGenerator backend) {
      generator = requireNonNull(backend, "backend");
      return this;
    }

    /** Sets the recipes; none unless set. */
    public Builder recipes(RecipeBook book) {
      recipes = requireNonNull(book, "book");
      return this;
    }

    /** Sets the layout; {@link FingerprintLayout} of the book's names unless set. */
    public Builder layout(KeyLayout keys) {
      layout = requireNonNull(keys, "keys");
      return this;
    }

    /** Sets what public links begin with; they are an error unless set. */
    public Builder publicBase(URI base) {
      publicBase = Links.requireBase(requireNonNull(base, "base"));
      return this;
    }

    /** Sets who makes private links; they are an error unless set. */
    public Builder signer(UrlSigner backend) {
      signer = requireNonNull(backend, "backend");
      return this;
    }

    /** Sets what public links to originals begin with; they are an error unless set. */
    public Builder originalsPublicBase(URI base) {
      originalsBase = Links.requireBase(requireNonNull(base, "base"));
      return this;
    }

    /** Sets who makes private links to originals; they are an error unless set. */
    public Builder originalsSigner(UrlSigner backend) {
      originalsSigner = requireNonNull(backend, "backend");
      return this;
    }

    /** Sets who empties the content delivery network on a purge; nobody unless set. */
    public Builder invalidator(CdnInvalidator backend) {
      invalidator = requireNonNull(backend, "backend");
      return this;
    }

    /**
     * Sets the tenant {@link Renditions#verify} tries things as: one that has a bucket, where each
     * has its own. {@code rendition-verify} unless set.
     *
     * @throws IllegalArgumentException if it is no tenant
     */
    public Builder verifyTenant(String tenant) {
      verifyTenant = AssetKey.requireTenant(tenant);
      return this;
    }

    /** Sets what {@link Renditions#ingest()} takes in; {@link IngestRules#DEFAULT} unless set. */
    public Builder ingest(IngestRules rules) {
      ingest = requireNonNull(rules, "rules");
      return this;
    }

    /** Sets what the generator was made to write through. */
    Builder delivered(DeliveryStore store) {
      delivered = store;
      return this;
    }

    /** Returns who tells every listener of stages, also those added later. */
    RenditionListener stages() {
      return new RenditionListener() {
        @Override
        public void stage(RenditionRequest request, RenditionStage stage, Duration elapsed) {
          listeners.forEach(listener -> listener.stage(request, stage, elapsed));
        }
      };
    }

    /** Has something closed with the facade. */
    Builder closing(AutoCloseable part) {
      closing.add(part);
      return this;
    }

    /**
     * Sets who is told what happens; may be called more than once. Stages are told by generators
     * made from settings; one made by hand takes the listener itself.
     */
    public Builder listener(RenditionListener listener) {
      listeners.add(requireNonNull(listener, "listener"));
      return this;
    }

    /**
     * Sets how long a request may take, at most a day; {@link RenditionRequest#DEFAULT_TIMEOUT}
     * unless set.
     */
    public Builder timeout(Duration limit) {
      if (requireNonNull(limit, "limit").isNegative()
          || limit.isZero()
          || limit.compareTo(LONGEST_TIMEOUT) > 0) {
        throw new IllegalArgumentException(
            "a timeout is more than zero and at most " + LONGEST_TIMEOUT + ", was " + limit);
      }
      timeout = limit;
      return this;
    }

    /** Sets the cache-control of renditions; follows the layout unless set. */
    public Builder cacheControl(String value) {
      cacheControl = AssetAttributes.cacheControl(value).cacheControl();
      return this;
    }

    /** Sets the clock deadlines are counted from. */
    public Builder clock(Clock source) {
      clock = requireNonNull(source, "source");
      return this;
    }

    /**
     * Returns the facade, which owns the stores and the generator from now on.
     *
     * @throws IllegalStateException if a required part is missing
     */
    public Renditions build() {
      return new Renditions(
          this,
          required(originals, "originals"),
          required(renditions, "renditions"),
          required(generator, "generator"));
    }

    private static <T> T required(@Nullable T part, String name) {
      if (part == null) {
        throw new IllegalStateException(name + "(…) is not set");
      }
      return part;
    }
  }
}
