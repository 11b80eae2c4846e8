package dev.rendition.testkit;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import java.io.IOException;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A store that does what the one behind it does, except where it was told to fail:
 *
 * <pre>{@code
 * FaultyStore store = FaultyStore.around(new MemoryAssetStore());
 * store.on(Call.PUT).nth(3).fails();
 * store.on(Call.OPEN).every().cutsTheStreamAfter(100);
 * }</pre>
 *
 * <p>Counts every call. Of several rules that fit a call, the one that was given first decides.
 * Safe for use by many threads.
 */
public final class FaultyStore implements AssetStore {
  /** What a store is asked to do. */
  public enum Call {
    /** {@link AssetStore#put}. */
    PUT,
    /** {@link AssetStore#putIfAbsent}. */
    PUT_IF_ABSENT,
    /** {@link AssetStore#open}. */
    OPEN,
    /** {@link AssetStore#stat}. */
    STAT,
    /** {@link AssetStore#list}. */
    LIST,
    /** {@link AssetStore#delete}. */
    DELETE
  }

  private final AssetStore store;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final Map<Call, AtomicInteger> calls = new EnumMap<>(Call.class);
  private volatile boolean down;

  private FaultyStore(AssetStore store) {
    this.store = store;
    for (Call call : Call.values()) {
      calls.put(call, new AtomicInteger());
    }
  }

  /** Returns a store without faults; closing it closes {@code store}. */
  public static FaultyStore around(AssetStore store) {
    return new FaultyStore(requireNonNull(store, "store"));
  }

  /** Begins a rule for one kind of call. */
  public On on(Call call) {
    return new On(requireNonNull(call, "call"));
  }

  /** Makes every call fail, or ends that. */
  public void setDown(boolean isDown) {
    this.down = isDown;
  }

  /** Forgets every rule. Counting goes on. */
  public void heal() {
    rules.clear();
    down = false;
  }

  /** Returns how many calls of a kind were made, those that failed included. */
  public int calls(Call call) {
    return counter(call).get();
  }

  /** Says which calls a rule is for. */
  public final class On {
    private final Call call;

    private On(Call call) {
      this.call = call;
    }

    /**
     * Picks one call.
     *
     * @param number counted from 1, from the making of the store on
     */
    public Fault nth(int number) {
      if (number < 1) {
        throw new IllegalArgumentException("calls are counted from 1, was " + number);
      }
      return new Fault(call, number, number);
    }

    /** Picks the call that comes next. */
    public Fault next() {
      return nth(calls(call) + 1);
    }

    /** Picks every call. */
    public Fault every() {
      return new Fault(call, 1, Integer.MAX_VALUE);
    }
  }

  /** Says what happens to the calls that were picked. */
  public final class Fault {
    private final Call call;
    private final int from;
    private final int to;

    private Fault(Call call, int from, int to) {
      this.call = call;
      this.from = from;
      this.to = to;
    }

    /** Fails without doing anything. */
    public FaultyStore fails() {
      return add(Kind.FAILS, 0, NOTHING);
    }

    /** Does what it should, and fails then: the answer was lost. */
    public FaultyStore losesTheAnswer() {
      return add(Kind.LOSES_THE_ANSWER, 0, NOTHING);
    }

    /**
     * Lets the stream of an {@link Call#OPEN opened} asset fail.
     *
     * @param bytes how many come before, 0 or more
     */
    public FaultyStore cutsTheStreamAfter(long bytes) {
      if (bytes < 0) {
        throw new IllegalArgumentException("a stream is cut after 0 or more bytes, was " + bytes);
      }
      requireOpen();
      return add(Kind.CUTS, bytes, NOTHING);
    }

    /** Runs a hook before each read of the stream of an {@link Call#OPEN opened} asset. */
    public FaultyStore beforeEachRead(Hook hook) {
      requireOpen();
      return add(Kind.READ_HOOK, Long.MAX_VALUE, requireNonNull(hook, "hook"));
    }

    /** Runs a hook before the call is passed on; it may wait, to make the store slow. */
    public FaultyStore firstRuns(Hook hook) {
      return add(Kind.CALL_HOOK, 0, requireNonNull(hook, "hook"));
    }

    private void requireOpen() {
      if (call != Call.OPEN) {
        throw new IllegalStateException("only OPEN has a stream, this is a rule for " + call);
      }
    }

    private FaultyStore add(Kind kind, long bytes, Hook hook) {
      rules.add(new Rule(call, from, to, kind, bytes, hook));
      return FaultyStore.this;
    }
  }

  /** Something that happens in the middle of a call. */
  @FunctionalInterface
  public interface Hook {
    /** Runs on the thread of the call. */
    void run() throws IOException;
  }

  private enum Kind {
    NONE,
    FAILS,
    LOSES_THE_ANSWER,
    CUTS,
    READ_HOOK,
    CALL_HOOK
  }

  private record Rule(Call call, int from, int to, Kind kind, long bytes, Hook hook) {}

  private static final Hook NOTHING = () -> {};

  private AtomicInteger counter(Call call) {
    return requireNonNull(calls.get(call));
  }

  private Rule enter(Call call) throws IOException {
    int number = counter(call).incrementAndGet();
    if (down) {
      throw new IOException("the store is down (injected), call " + call + " " + number);
    }
    for (Rule rule : rules) {
      if (rule.call() == call && rule.from() <= number && number <= rule.to()) {
        if (rule.kind() == Kind.FAILS) {
          throw new IOException("injected fault in call " + call + " " + number);
        }
        if (rule.kind() == Kind.CALL_HOOK) {
          rule.hook().run();
        }
        return rule;
      }
    }
    return new Rule(call, number, number, Kind.NONE, Long.MAX_VALUE, NOTHING);
  }

  private static <T> T leave(Rule rule, T answer) throws IOException {
    if (rule.kind() == Kind.LOSES_THE_ANSWER) {
      if (answer instanceof AssetContent content) {
        content.close();
      } else if (answer instanceof Stream<?> stream) {
        stream.close();
      }
      throw new IOException("injected: the answer to call " + rule.call() + " was lost");
    }
    return answer;
  }

  @Override
  public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
      throws IOException {
    Rule rule = enter(Call.PUT);
    return leave(rule, store.put(key, source, attributes));
  }

  @Override
  public Optional<AssetInfo> putIfAbsent(
      AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
    Rule rule = enter(Call.PUT_IF_ABSENT);
    return leave(rule, store.putIfAbsent(key, source, attributes));
  }

  @Override
  public AssetContent open(AssetKey key) throws IOException {
    Rule rule = enter(Call.OPEN);
    AssetContent content = leave(rule, store.open(key));
    if (rule.kind() != Kind.CUTS && rule.kind() != Kind.READ_HOOK) {
      return content;
    }
    return AssetContent.of(
        content.info(), new FaultyStream(content.stream(), rule.bytes(), rule.hook()));
  }

  @Override
  public Optional<AssetInfo> stat(AssetKey key) throws IOException {
    Rule rule = enter(Call.STAT);
    return leave(rule, store.stat(key));
  }

  @Override
  public Stream<AssetInfo> list(String tenant, String pathPrefix) throws IOException {
    Rule rule = enter(Call.LIST);
    return leave(rule, store.list(tenant, pathPrefix));
  }

  @Override
  public boolean delete(AssetKey key) throws IOException {
    Rule rule = enter(Call.DELETE);
    return leave(rule, store.delete(key));
  }

  @Override
  public Optional<URI> location(AssetKey key) {
    return store.location(key);
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
