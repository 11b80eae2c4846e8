package dev.rendition.cli;

import dev.rendition.generate.FailureReason;
import dev.rendition.local.engine.SourceBytes;
import dev.rendition.local.engine.SourceProbe;
import dev.rendition.local.engine.StepException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds the files that arguments name. Folders are walked; inside them links are not followed, and
 * what begins with a dot or is text by its name and by its bytes is passed over.
 */
final class FileFinder {
  private static final Set<String> TEXTS =
      Set.of("md", "txt", "tsv", "csv", "json", "xml", "xmp", "html", "log", "properties", "ini");

  private final Collection<Path> ours;
  private final Map<Path, FoundFile> found = new LinkedHashMap<>();
  private int passedOver;

  /**
   * Makes a finder.
   *
   * @param ours folders this program writes to, absolute and normal: never walked into
   */
  FileFinder(Collection<Path> ours) {
    this.ours = Set.copyOf(ours);
  }

  /**
   * Returns the files in the order of the arguments, each once; those of a folder by name. Keys of
   * different files are different: files that would share one get as many parents in front as tell
   * them apart.
   */
  List<FoundFile> find(List<Path> arguments) throws IOException {
    for (Path argument : arguments) {
      if (Files.isDirectory(argument)) {
        walk(argument);
      } else {
        Path file = argument.toAbsolutePath().normalize();
        add(new FoundFile(argument.toString(), file, 1, ""));
      }
    }
    return distinct(new ArrayList<>(found.values()));
  }

  private void add(FoundFile file) {
    found.putIfAbsent(file.file(), file);
  }

  private void walk(Path folder) throws IOException {
    Path root = folder.toAbsolutePath().normalize();
    List<FoundFile> inside = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            boolean skip = isOurs(dir) || (hidden(dir) && !dir.equals(root));
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !hidden(file)) {
              if (isText(file)) {
                passedOver++;
              } else {
                inside.add(file(file, ""));
              }
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException problem) {
            inside.add(file(file, Sentences.of(problem)));
            return FileVisitResult.CONTINUE;
          }

          private FoundFile file(Path file, String problem) {
            Path inner = root.relativize(file);
            return new FoundFile(
                folder.resolve(inner).toString(), file, inner.getNameCount(), problem);
          }
        });
    inside.sort(Comparator.comparing(FoundFile::file));
    inside.forEach(this::add);
  }

  /** Returns whether a name says text, and the bytes do not say otherwise. */
  private static boolean isText(Path file) {
    String name = String.valueOf(file.getFileName());
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (!TEXTS.contains(extension)) {
      return false;
    }
    try (SourceBytes bytes = new FileBytes(file)) {
      return SourceProbe.probe(bytes).width() == 0;
    } catch (StepException e) {
      return e.reason() == FailureReason.FORMAT_UNKNOWN;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns how many files were passed over as texts. */
  int passedOver() {
    return passedOver;
  }

  private boolean isOurs(Path folder) {
    try {
      return ours.contains(folder) || ours.contains(folder.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean hidden(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(".");
  }

  /** Grows keys that clash until none do, or no parent is left. */
  private static List<FoundFile> distinct(List<FoundFile> files) {
    boolean grew = true;
    while (grew) {
      grew = false;
      Map<String, Integer> uses = uses(files);
      for (int i = 0; i < files.size(); i++) {
        FoundFile file = files.get(i);
        if (uses.getOrDefault(key(file), 0) > 1 && file.canGrow()) {
          files.set(i, file.grown());
          grew = true;
        }
      }
    }
    Map<String, Integer> uses = uses(files);
    return files.stream()
        .map(
            file ->
                uses.getOrDefault(key(file), 0) > 1
                    ? new FoundFile(
                        file.source(),
                        file.file(),
                        file.names(),
                        "another file has the same name but for its Unicode form; rename one")
                    : file)
        .toList();
  }

  private static Map<String, Integer> uses(List<FoundFile> files) {
    Map<String, Integer> uses = new HashMap<>();
    files.forEach(file -> uses.merge(key(file), 1, Integer::sum));
    return uses;
  }

  private static String key(FoundFile file) {
    return Normalizer.normalize(file.keyPath(), Normalizer.Form.NFC);
  }
}
