package dev.rendition.benchmarks;

import dev.rendition.benchmarks.candidate.Child;
import dev.rendition.benchmarks.candidate.Workload;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One engine used in one way.
 *
 * @param id short, for files and for goals
 * @param title what the tables call it: engine and usage
 * @param command starts its process
 * @param workloads what it can make
 */
record Contender(String id, String title, List<String> command, Set<Workload> workloads) {
  /** Our engine, to which all others are compared. */
  static final String OURS = "engine";

  private static final Set<Workload> ALL = Set.of(Workload.values());

  /** What those can make that leave photos lying. */
  private static final Set<Workload> UPRIGHT = EnumSet.complementOf(EnumSet.of(Workload.W2_TURNED));

  Contender {
    command = List.copyOf(command);
    workloads = Set.copyOf(workloads);
  }

  /** Returns those that run in a JVM. */
  static List<Contender> java(boolean slow) {
    List<Contender> all = new ArrayList<>();
    all.add(ours(OURS, "Rendition, engine"));
    all.add(ours("generator", "Rendition, generator on a store in memory"));
    all.add(peer("thumbnailator-once", "Thumbnailator, decoding once"));
    all.add(peer("thumbnailator-each", "Thumbnailator, per variant"));
    all.add(peer("imgscalr", "imgscalr QUALITY on ImageIO, decoding once"));
    all.add(
        java("scrimage", "scrimage, decoding once", List.of(), List.of("thumbnailator", "jmh"))
            .only(UPRIGHT));
    all.add(peer("jdk-bicubic", "JDK ImageIO + Java 2D bicubic, halving"));
    all.add(peer("jdk-bilinear", "JDK ImageIO + Java 2D bilinear, halving"));
    if (slow) {
      all.add(peer("twelvemonkeys", "TwelveMonkeys ResampleOp Lanczos on ImageIO"));
    }
    return all;
  }

  /** Returns the uses of sharp; its folder holds what {@code npm ci} installed. */
  static List<Contender> sharp(Path folder) {
    return List.of(
        sharp(folder, "each", "sharp, one pipeline per variant (its usual use)"),
        sharp(folder, "clone", "sharp, clone() per variant"),
        sharp(folder, "raw", "sharp, decoding once to raw pixels"),
        sharp(folder, "best", "sharp, as well as we could write it"));
  }

  /** Returns the floor: libjpeg-turbo's programs. */
  static Contender floor(Path folder) {
    return new Contender(
        "floor",
        "floor: djpeg at reduced scale + cjpeg, nothing between",
        List.of("bash", folder.resolve("candidate.sh").toString()),
        Set.of(Workload.W1, Workload.W2));
  }

  /** Returns our engine with further JVM arguments, or another candidate of the JVM. */
  Contender with(String... jvmArguments) {
    List<String> changed = new ArrayList<>(command);
    changed.addAll(1, Arrays.asList(jvmArguments));
    return new Contender(id, title, changed, workloads);
  }

  private Contender only(Set<Workload> these) {
    return new Contender(id, title, command, these);
  }

  static Contender ours(String id, String title) {
    return java(id, title, List.of(), List.of("thumbnailator", "scrimage", "jmh"));
  }

  /** Returns a peer that works with the codecs of the JDK: without plug-ins that replace them. */
  private static Contender peer(String id, String title) {
    return java(id, title, List.of(), List.of("imageio-", "scrimage", "jmh")).only(UPRIGHT);
  }

  private static Contender java(
      String id, String title, List<String> jvmArguments, List<String> withoutJars) {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> withoutJars.stream().noneMatch(fileName(entry)::startsWith))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArguments);
    command.addAll(
        List.of("-Djava.awt.headless=true", "-cp", classPath, Child.class.getName(), id));
    return new Contender(id, title, command, ALL);
  }

  private static Contender sharp(Path folder, String form, String title) {
    return new Contender(
        "sharp-" + form,
        title,
        List.of("node", folder.resolve("candidate.js").toString(), form),
        ALL);
  }

  private static String fileName(String entry) {
    return String.valueOf(Path.of(entry).getFileName());
  }
}
