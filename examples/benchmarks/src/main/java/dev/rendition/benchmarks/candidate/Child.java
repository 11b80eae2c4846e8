package dev.rendition.benchmarks.candidate;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;

/**
 * One candidate in a JVM of its own. Reads a command per line, tab-separated, and answers each with
 * one line:
 *
 * <ul>
 *   <li>{@code load FILE...}: keeps these sources in memory; {@code ok}
 *   <li>{@code run WORKLOAD COUNT THREADS}: makes the renditions of COUNT assets, sources in turn;
 *       CPU seconds of the process, wall seconds, bytes made, peak bytes of heap
 *   <li>{@code save WORKLOAD INDEX FOLDER}: writes what it makes of one source into files; {@code
 *       ok}
 * </ul>
 *
 * <p>A failure is answered {@code error MESSAGE}. The end of input ends the process.
 */
public final class Child {
  private final String name;
  private final List<Candidate> candidates = new ArrayList<>();
  private final List<byte[]> sources = new ArrayList<>();

  private Child(String name) {
    this.name = name;
  }

  /** Serves the candidate that the first argument names. */
  public static void main(String[] arguments) throws IOException {
    ImageIO.setUseCache(false);
    // What a library prints must not come between the answers.
    PrintStream answers = System.out;
    System.setOut(System.err);
    Child child = new Child(arguments[0]);
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      answers.println(child.answer(line.split("\t", -1)));
      answers.flush();
    }
    child.candidates.forEach(Candidate::close);
  }

  private String answer(String[] command) {
    try {
      return switch (command[0]) {
        case "load" -> load(command);
        case "run" ->
            run(
                Workload.valueOf(command[1]),
                Integer.parseInt(command[2]),
                Integer.parseInt(command[3]));
        case "save" -> save(Workload.valueOf(command[1]), Integer.parseInt(command[2]), command[3]);
        default -> throw new IllegalArgumentException("no command " + command[0]);
      };
    } catch (IOException | RuntimeException | ExecutionException | OutOfMemoryError e) {
      return "error\t" + e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "error\t" + e;
    }
  }

  private String load(String[] files) throws IOException {
    sources.clear();
    for (int i = 1; i < files.length; i++) {
      sources.add(Files.readAllBytes(Path.of(files[i])));
    }
    return "ok";
  }

  private String run(Workload workload, int count, int threads)
      throws IOException, ExecutionException, InterruptedException {
    while (candidates.size() < threads) {
      candidates.add(Candidates.named(name));
    }
    List<MemoryPoolMXBean> heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    heap.forEach(MemoryPoolMXBean::resetPeakUsage);
    double cpu = cpuSeconds();
    long start = System.nanoTime();
    long bytes = threads == 1 ? alone(workload, count) : together(workload, count, threads);
    double wall = (System.nanoTime() - start) / 1e9;
    cpu = cpuSeconds() - cpu;
    long peak = heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    return String.format(Locale.ROOT, "%.6f\t%.6f\t%d\t%d", cpu, wall, bytes, peak);
  }

  private long alone(Workload workload, int count) throws IOException {
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += make(candidates.get(0), workload, i);
    }
    return bytes;
  }

  private long together(Workload workload, int count, int threads)
      throws ExecutionException, InterruptedException {
    AtomicInteger next = new AtomicInteger();
    AtomicLong bytes = new AtomicLong();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (Candidate candidate : candidates.subList(0, threads)) {
        ends.add(
            pool.submit(
                () -> {
                  for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    bytes.addAndGet(make(candidate, workload, i));
                  }
                  return true;
                }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    } finally {
      pool.shutdown();
    }
    return bytes.get();
  }

  private long make(Candidate candidate, Workload workload, int asset) throws IOException {
    long bytes = 0;
    for (byte[] made : candidate.make(workload, sources.get(asset % sources.size())).values()) {
      bytes += made.length;
    }
    return bytes;
  }

  private String save(Workload workload, int index, String folder) throws IOException {
    try (Candidate candidate = Candidates.named(name)) {
      for (Map.Entry<Target, byte[]> made :
          candidate.make(workload, sources.get(index)).entrySet()) {
        Files.write(Path.of(folder, made.getKey().fileName()), made.getValue());
      }
    }
    return "ok";
  }

  private static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }
}
