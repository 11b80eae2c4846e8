package dev.rendition.benchmarks;

import dev.rendition.benchmarks.candidate.Target;
import dev.rendition.benchmarks.candidate.Workload;
import dev.rendition.benchmarks.picture.Attached;
import dev.rendition.benchmarks.picture.Cutout;
import dev.rendition.benchmarks.picture.Pictures;
import dev.rendition.local.jpeg.JpegDecoder;
import dev.rendition.local.jpeg.JpegHeader;
import dev.rendition.local.jpeg.JpegLimits;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The photos of a folder, and the pictures made from them in a temporary folder. */
final class Sources {
  private static final int[] GROWTH = {1, 3, 12, 24, 48, 96};

  private final Path folder;
  private final List<Path> photos = new ArrayList<>();
  private final List<Path> progressive = new ArrayList<>();
  private final List<Path> heldOut = new ArrayList<>();

  /**
   * Sorts the photos: baseline, progressive, held out. Those that the camera did not turn upright
   * are left out, because most peers would leave them lying.
   *
   * @param photoFolder holds JPEG files
   * @param untouched what the names of photos contain that no average may see
   * @param folder takes what is made
   */
  Sources(Path photoFolder, String untouched, Path folder) throws IOException {
    this.folder = folder;
    List<Path> files;
    try (Stream<Path> found = Files.list(photoFolder)) {
      files =
          found
              .filter(file -> name(file).toLowerCase(Locale.ROOT).matches(".*\\.jpe?g"))
              .sorted()
              .toList();
    }
    for (Path file : files) {
      JpegHeader header =
          JpegDecoder.open(new ByteArrayInputStream(Files.readAllBytes(file)), JpegLimits.DEFAULT)
              .header();
      if (header.orientation() != 1 || header.unsupportedBecause().isPresent()) {
        continue;
      }
      if (!untouched.isEmpty() && name(file).contains(untouched)) {
        heldOut.add(file);
      } else if (!header.process().equals("progressive")) {
        photos.add(file);
      } else {
        progressive.add(file);
      }
    }
    if (photos.isEmpty()) {
      throw new IOException("there is no upright baseline JPEG in " + photoFolder);
    }
  }

  /** Makes the tasks of the tables. */
  List<Task> tasks() throws IOException {
    BufferedImage first = read(photos.get(0));
    List<Path> twelve = new ArrayList<>();
    for (Path photo : photos) {
      BufferedImage image = Pictures.scaled(read(photo), 4000, 3000);
      twelve.add(write("12mp-" + name(photo), Pictures.jpeg(image, false)));
      floor(twelve.get(twelve.size() - 1), image, Workload.W2);
    }
    BufferedImage large = Pictures.spread(first, 6000, 4000);
    Path w1 = write("24mp.jpg", Pictures.jpeg(large, false));
    floor(w1, large, Workload.W1);
    BufferedImage block = Pictures.scaled(first, 8, 8);
    write("tiny.jpg", Pictures.jpeg(block, false));
    write("tiny.ppm", Pictures.ppm(block));
    Path w3 = write("cutout.png", Pictures.png(Cutout.draw(2500, 2000)));
    if (progressive.isEmpty()) {
      BufferedImage image = Pictures.scaled(first, 4000, 3000);
      progressive.add(write("12mp-progressive.jpg", Pictures.jpeg(image, true)));
    }
    List<Path> turned = new ArrayList<>();
    List<Path> wide = new ArrayList<>();
    for (Path file : twelve) {
      byte[] upright = Files.readAllBytes(file);
      byte[] lying = Pictures.jpeg(Attached.turnedLeft(Pictures.read(upright)), false);
      turned.add(write("turned-" + name(file), Attached.lying(lying)));
      wide.add(write("p3-" + name(file), Attached.inP3(upright)));
    }
    List<Path> plain = copies(photos);
    List<Path> untouched = copies(heldOut);
    List<Path> coarseFirst = copies(progressive);
    List<Task> tasks = new ArrayList<>();
    tasks.add(
        new Task("W2", "12 MP JPEG, 4:2:0, q90 → 1600, 1200, 800, 400, 200", Workload.W2, twelve));
    tasks.add(
        new Task("W2-photos", "camera files as they are → the same five", Workload.W2, plain));
    if (!heldOut.isEmpty()) {
      tasks.add(
          new Task(
              "W2-untouched",
              "a camera file never used for tuning → the same five",
              Workload.W2,
              untouched));
    }
    tasks.add(
        new Task(
            "W2-progressive", "12 MP progressive JPEG → the same five", Workload.W2, coarseFirst));
    tasks.add(
        new Task(
            "W2-turned",
            "12 MP JPEG, EXIF orientation 6 → the same five, upright",
            Workload.W2_TURNED,
            turned,
            Attached::turnedRight));
    tasks.add(
        new Task(
            "W2-profile",
            "12 MP JPEG in Display P3 → the same five in sRGB",
            Workload.W2_PROFILE,
            wide));
    tasks.add(new Task("W1", "24 MP JPEG, 4:2:0, q90 → 400", Workload.W1, List.of(w1)));
    tasks.add(
        new Task(
            "W3",
            "2500 × 2000 PNG with alpha → 800 PNG and 800 JPEG on white",
            Workload.W3,
            List.of(w3)));
    tasks.add(new Task("W4", "12 MP JPEG → 800 WebP", Workload.W4, twelve));
    return tasks;
  }

  /** Makes the tasks of the curve over the size of the source, smallest first. */
  List<Task> growth() throws IOException {
    BufferedImage photo = Pictures.scaled(read(photos.get(0)), 4000, 3000);
    List<Task> tasks = new ArrayList<>();
    for (int megapixels : GROWTH) {
      int width = (int) Math.round(Math.sqrt(megapixels * 1e6 * 4 / 3) / 8) * 8;
      int height = width * 3 / 4;
      byte[] jpeg = Pictures.jpeg(Pictures.spread(photo, width, height), false);
      Path file = write("growth-" + megapixels + "mp.jpg", jpeg);
      tasks.add(new Task("growth-" + megapixels, megapixels + " MP", Workload.W2, List.of(file)));
    }
    return tasks;
  }

  /** Returns a 24 MP progressive JPEG. */
  Path largeProgressive() throws IOException {
    BufferedImage image = Pictures.spread(read(photos.get(0)), 6000, 4000);
    return write("24mp-progressive.jpg", Pictures.jpeg(image, true));
  }

  /** Copies camera files, so that what the floor needs can lie beside them. */
  private List<Path> copies(List<Path> files) throws IOException {
    List<Path> copies = new ArrayList<>();
    for (Path file : files) {
      Path copy = folder.resolve(name(file));
      if (!copy.equals(file)) {
        Files.copy(file, copy);
      }
      floor(copy, read(copy), Workload.W2);
      copies.add(copy);
    }
    return copies;
  }

  /** Writes what cjpeg is to compress beside a source. */
  private static void floor(Path source, BufferedImage image, Workload workload)
      throws IOException {
    for (Target target : workload.targets()) {
      int height = image.getHeight() * target.width() / image.getWidth();
      Path pixels = source.resolveSibling(name(source) + "." + target.width() + ".ppm");
      Files.write(pixels, Pictures.ppm(Pictures.scaled(image, target.width(), height)));
    }
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static BufferedImage read(Path file) throws IOException {
    return Pictures.read(Files.readAllBytes(file));
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
