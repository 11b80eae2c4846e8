package dev.rendition.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Another process that writes a store: waits for a line on its input, then works and tells on its
 * output what it begins ({@code B key generation}) and what is done ({@code D …}).
 */
final class StoreChild {
  static final int THREADS = 2;
  static final int KEYS_PER_THREAD = 8;

  /** Stands for "deleted" where a generation is expected. */
  static final long NOTHING = 0;

  private StoreChild() {}

  /**
   * Runs.
   *
   * @param args {@code loop ROOT} writes until it is killed; {@code race ROOT KEYS LINKS} puts each
   *     of so many keys if it is absent and tells {@code W key} if it won
   */
  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
    Path root = Path.of(args[1]);
    if (args[0].equals("race")) {
      tell("ready");
      race(root, Integer.parseInt(args[2]), Boolean.parseBoolean(args[3]), in.readLine());
    } else {
      loop(root, Long.parseLong(in.readLine()));
    }
  }

  private static void race(Path root, int keys, boolean links, String name) throws IOException {
    try (FileAssetStore store = FileAssetStore.open(root, new StoreFormat(false, links))) {
      for (int i = 0; i < keys; i++) {
        AssetKey key = AssetKey.of("race", "d" + i % 7 + "/" + i);
        AssetAttributes attributes = AssetAttributes.NONE.with("winner", name);
        if (store.putIfAbsent(key, source(key, name.hashCode()), attributes).isPresent()) {
          tell("W " + key);
        }
      }
    }
    tell("done");
  }

  private static void loop(Path root, long seed) throws Exception {
    FileAssetStore store = FileAssetStore.open(root);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      Thread thread = new Thread(() -> write(store, number, seed));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void write(FileAssetStore store, int number, long seed) {
    Random random = new Random(seed * 31 + number);
    try {
      for (long generation = seed * 1_000_000 + 1; ; generation++) {
        AssetKey key =
            AssetKey.of("kill", "t" + number + "/k" + random.nextInt(KEYS_PER_THREAD) + ".bin");
        int kind = random.nextInt(10);
        if (kind == 0) {
          tell("B " + key + " " + NOTHING);
          store.delete(key);
          tell("D " + key + " " + NOTHING);
        } else {
          if (kind <= 2) {
            key = AssetKey.of("kill", "t" + number + "/new/" + generation);
          }
          tell("B " + key + " " + generation);
          AssetAttributes attributes =
              AssetAttributes.NONE.with("generation", Long.toString(generation));
          if (kind <= 2) {
            var unused = store.putIfAbsent(key, source(key, generation), attributes).orElseThrow();
          } else {
            store.put(key, source(key, generation), attributes);
          }
          tell("D " + key + " " + generation);
        }
      }
    } catch (IOException | RuntimeException e) {
      tell("E " + e);
      Runtime.getRuntime().halt(3);
    }
  }

  /** Returns the one content of a key's generation. */
  static byte[] content(AssetKey key, long generation) {
    Random random = new Random(key.toString().hashCode() * 31L + generation);
    // Many small ones, so that all steps of a put are hit, and some that take longer.
    byte[] bytes = new byte[random.nextInt(4) == 0 ? random.nextInt(400_000) : random.nextInt(3)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static AssetSource source(AssetKey key, long generation) {
    return AssetSource.ofBytes(content(key, generation), "image/jpeg");
  }

  private static synchronized void tell(String line) {
    System.out.print(line + "\n");
    System.out.flush();
  }
}
