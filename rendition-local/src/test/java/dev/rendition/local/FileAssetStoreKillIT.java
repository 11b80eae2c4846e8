package dev.rendition.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to a store whose writers are killed, and between writers of several processes. */
class FileAssetStoreKillIT {
  /** On each of two places. */
  private static final int KILLS = Integer.getInteger("rendition.kills", 60);

  /** Where a sync costs nothing, so that kills hit the other steps of a write more often. */
  private static final Path MEMORY = Path.of("/dev/shm");

  @TempDir Path folder;
  private Path root = Path.of("unset");

  @BeforeEach
  void useTheFolder() {
    root = folder;
  }

  /** Generations by key, as the killed processes told. */
  private final Map<AssetKey, Long> done = new HashMap<>();

  private final Map<AssetKey, Long> begun = new HashMap<>();
  private int operations;
  private int cutShort;

  @Test
  void nothingAcknowledgedIsLostAndNothingIsTornByAnyKill() throws Exception {
    killAgainAndAgain();
  }

  @Test
  void norInMemory() throws Exception {
    assumeTrue(Files.isWritable(MEMORY), "there is no file system in memory at " + MEMORY);
    root = Files.createTempDirectory(MEMORY, "rendition-kill");
    try {
      killAgainAndAgain();
    } finally {
      try (Stream<Path> all = Files.walk(root)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private void killAgainAndAgain() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Process next = start("loop", root.toString());
    try {
      for (int kill = 1; kill <= KILLS; kill++) {
        Process child = next;
        next = start("loop", root.toString());
        runAndKill(child, kill, random);
        verifyTouched(kill, seed);
      }
    } finally {
      next.destroyForcibly().waitFor();
    }
    requireExactlyTheKnownAssets();
    System.out.printf(
        Locale.ROOT,
        "%d kills: %d acknowledged, %d cut short, %d assets at the end%n",
        KILLS,
        operations,
        cutShort,
        done.size());
    assertThat(operations).isGreaterThan(KILLS);
    assertThat(cutShort).as("kills in the middle of a write").isGreaterThan(KILLS / 4);
  }

  private void runAndKill(Process child, int number, Random random) throws Exception {
    send(child, Integer.toString(number));
    int wanted = random.nextInt(20);
    try (BufferedReader lines = lines(child)) {
      int seen = 0;
      String line = lines.readLine();
      while (line != null && seen < wanted) {
        seen += note(line) ? 1 : 0;
        line = lines.readLine();
      }
      boolean ended = child.waitFor(random.nextInt(6_000), TimeUnit.MICROSECONDS);
      assertThat(ended).as("the child ended by itself: %s", line).isFalse();
      // By its handle: that leaves the pipe open.
      child.toHandle().destroyForcibly();
      // What it told before it died is still in the pipe.
      while (line != null) {
        note(line);
        line = lines.readLine();
      }
    }
    assertThat(child.waitFor()).as("killed by SIGKILL").isIn(137, 9);
  }

  private boolean note(String line) {
    String[] words = line.split(" ", -1);
    assertThat(words).as(line).hasSize(3);
    AssetKey key = AssetKey.parse(words[1]);
    long generation = Long.parseLong(words[2]);
    if (words[0].equals("B")) {
      begun.put(key, generation);
      return false;
    }
    assertThat(words[0]).as(line).isEqualTo("D");
    assertThat(begun.remove(key)).isEqualTo(generation);
    done.put(key, generation);
    operations++;
    return true;
  }

  private void verifyTouched(int kill, long seed) throws Exception {
    try (FileAssetStore store = FileAssetStore.open(root)) {
      Set<AssetKey> own = new HashSet<>(begun.keySet());
      for (AssetKey key : done.keySet()) {
        if (!key.path().contains("/new/") || key.path().contains("/new/" + kill)) {
          own.add(key);
        }
      }
      for (AssetKey key : own) {
        long found = generationOf(store, key);
        long last = done.getOrDefault(key, StoreChild.NOTHING);
        Long open = begun.get(key);
        if (open == null) {
          assertThat(found).as("%s after kill %s, seed %s", key, kill, seed).isEqualTo(last);
        } else {
          assertThat(found).as("%s after kill %s, seed %s", key, kill, seed).isIn(last, open);
          cutShort++;
        }
        done.put(key, found);
      }
      begun.clear();
    }
    // The next child has not opened the store yet, so only its own folder may be there: none.
    assertThat(root.resolve(".rendition/tmp")).isEmptyDirectory();
  }

  /** Reads an asset whole and checks that bytes, version and attributes are of one generation. */
  private static long generationOf(FileAssetStore store, AssetKey key) throws IOException {
    Optional<AssetInfo> info = store.stat(key);
    if (info.isEmpty()) {
      return StoreChild.NOTHING;
    }
    String told = info.get().attributes().metadata().getOrDefault("generation", "-1");
    try (AssetContent content = store.open(key)) {
      assertThat(content.info()).isEqualTo(info.get());
      byte[] bytes = content.stream().readAllBytes();
      assertThat(bytes).as("%s generation %s", key, told).hasSize((int) info.get().length());
      assertThat(java.util.Arrays.equals(bytes, StoreChild.content(key, Long.parseLong(told))))
          .as("bytes of %s are those of generation %s", key, told)
          .isTrue();
    }
    return Long.parseLong(told);
  }

  private void requireExactlyTheKnownAssets() throws Exception {
    done.values().removeIf(generation -> generation == StoreChild.NOTHING);
    try (FileAssetStore store = FileAssetStore.open(root);
        Stream<AssetInfo> listed = store.list("kill", "")) {
      assertThat(listed.map(AssetInfo::key)).containsExactlyInAnyOrderElementsOf(done.keySet());
      for (Map.Entry<AssetKey, Long> each : done.entrySet()) {
        assertThat(generationOf(store, each.getKey())).isEqualTo(each.getValue());
      }
    }
  }

  @ParameterizedTest(name = "hard links: {0}")
  @ValueSource(booleans = {true, false})
  void ofTwoProcessesRacingForEachKeyExactlyOneWins(boolean links) throws Exception {
    int keys = 150;
    FileAssetStore.open(root, new StoreFormat(false, links)).close();
    List<Process> children = new ArrayList<>();
    List<BufferedReader> outputs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Process child =
          start("race", root.toString(), Integer.toString(keys), Boolean.toString(links));
      children.add(child);
      outputs.add(lines(child));
    }
    for (BufferedReader output : outputs) {
      assertThat(output.readLine()).isEqualTo("ready");
    }
    for (int i = 0; i < 2; i++) {
      send(children.get(i), "child" + i);
    }
    Map<AssetKey, String> winners = new HashMap<>();
    for (int i = 0; i < 2; i++) {
      String line = outputs.get(i).readLine();
      while (line != null && line.startsWith("W ")) {
        AssetKey key = AssetKey.parse(line.substring(2));
        assertThat(winners.put(key, "child" + i)).as("two winners of %s", key).isNull();
        line = outputs.get(i).readLine();
      }
      assertThat(line).isEqualTo("done");
      outputs.get(i).close();
      assertThat(children.get(i).waitFor()).isZero();
    }
    assertThat(winners).hasSize(keys);
    try (FileAssetStore store = FileAssetStore.open(root)) {
      for (Map.Entry<AssetKey, String> each : winners.entrySet()) {
        assertThat(store.stat(each.getKey()).orElseThrow().attributes().metadata())
            .containsEntry("winner", each.getValue());
      }
    }
  }

  private static Process start(String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                StoreChild.class.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void send(Process child, String line) throws IOException {
    OutputStream out = child.getOutputStream();
    out.write((line + "\n").getBytes(US_ASCII));
    out.flush();
  }

  private static BufferedReader lines(Process child) {
    return new BufferedReader(new InputStreamReader(child.getInputStream(), US_ASCII));
  }
}
