package dev.rendition.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.layout.Fingerprint;
import dev.rendition.local.jpeg.JpegAttachments;
import dev.rendition.local.jpeg.JpegEncoder;
import dev.rendition.local.jpeg.JpegSettings;
import dev.rendition.local.raster.Plane;
import dev.rendition.recipe.Recipe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bytes of JPEG renditions are the same on every Java runtime, on one thread and on many, alone
 * and in a batch. Sources are drawn with whole numbers and packed by nobody's encoder but ours and
 * a PNG of stored blocks, so that no runtime takes part in them.
 */
class GoldenDigestTest {
  private static final String CHANGED =
      "engine output changed: bump Fingerprint.OUTPUT_VERSION and renew the digests";

  private static final int VERSION = 3;
  private static final List<String> WIDTHS =
      List.of(
          "fit:300,jpeg:80", "fit:240,jpeg:80", "fit:160,jpeg:80", "fit:80,jpeg", "fit:40,jpeg");

  /** Digests by the name of what is made; in the resource beside this class. */
  private static Map<String, String> golden(String resource) throws IOException {
    Map<String, String> golden = new TreeMap<>();
    try (InputStream in = GoldenDigestTest.class.getResourceAsStream(resource)) {
      assertThat(in).as(resource).isNotNull();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .forEach(line -> golden.put(line.substring(65), line.substring(0, 64)));
    }
    return golden;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void renditionsOfDrawnChartsHaveTheirPinnedDigests(int threads) throws IOException {
    assertThat(Fingerprint.OUTPUT_VERSION).as(CHANGED).isEqualTo(VERSION);
    Map<String, String> found = new TreeMap<>();
    for (Map.Entry<String, byte[]> source : sources().entrySet()) {
      List<String> recipes = new ArrayList<>(WIDTHS);
      recipes.add("crop:31,17,200,150,jpeg:90:444");
      recipes.add("cover:97x101,sharpen:0.5,jpeg:75:progressive");
      recipes.add("contain:120x120,rotate:90,jpeg:60");
      found.putAll(made(source.getKey(), source.getValue(), recipes, threads));
    }
    assertThat(lines(found)).as(CHANGED).isEqualTo(lines(golden("golden-digests.txt")));
  }

  @Test
  void aRenditionIsTheSameAloneAndInABatch() throws IOException {
    byte[] source = sources().get("orientation-6");
    Map<String, String> together = made("chart", source, WIDTHS, 2);
    Map<String, String> largestOnly = made("chart", source, WIDTHS.subList(0, 1), 1);
    assertThat(together).containsAllEntriesOf(largestOnly);
    List<String> twice = new ArrayList<>(WIDTHS);
    twice.add("cover:97x101,jpeg:75");
    assertThat(made("chart", source, twice, 1)).containsAllEntriesOf(together);
  }

  @Test
  void renditionsOfPhotosHaveTheirPinnedDigests() throws IOException {
    String folder = System.getProperty("RENDITION_PHOTOS", System.getenv("RENDITION_PHOTOS"));
    assumeTrue(folder != null, "RENDITION_PHOTOS is not set: no digests of photos");
    Map<String, String> golden = golden("golden-photo-digests.txt");
    Map<String, String> found = new TreeMap<>();
    List<String> recipes = List.of("fit:1600,jpeg:80", "fit:800,jpeg:80", "fit:200,jpeg:80");
    try (var files = Files.list(Path.of(folder))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".jpg")).sorted().toList()) {
        String name = file.getFileName().toString();
        found.putAll(made(name, Files.readAllBytes(file), recipes, 1));
      }
    }
    found.keySet().retainAll(golden.keySet());
    golden.keySet().retainAll(found.keySet());
    assumeTrue(!found.isEmpty(), "none of the known photos is there");
    assertThat(lines(found)).as(CHANGED).isEqualTo(lines(golden));
  }

  private static String lines(Map<String, String> digests) {
    StringBuilder lines = new StringBuilder();
    digests.forEach((name, digest) -> lines.append(digest).append(' ').append(name).append('\n'));
    return lines.toString();
  }

  private static Map<String, String> made(
      String name, byte[] source, List<String> recipes, int threads) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    AssetKey key = AssetKey.of("t", "source");
    try (MemoryAssetStore store = new MemoryAssetStore();
        LocalRenditionGenerator generator =
            LocalRenditionGenerator.builder(store, store)
                .threads(threads)
                .memoryBudget(512L << 20)
                .build()) {
      store.put(key, AssetSource.ofBytes(source, "application/octet-stream"));
      List<RenditionSpec> specs = new ArrayList<>();
      for (String recipe : recipes) {
        AssetKey target = AssetKey.of("t", "made/" + specs.size());
        specs.add(new RenditionSpec("r" + specs.size(), Recipe.parse(recipe), target));
      }
      assertThat(generator.generate(RenditionRequest.of(key, specs)).join().failed()).isEmpty();
      for (int i = 0; i < specs.size(); i++) {
        try (AssetContent content = store.open(specs.get(i).target())) {
          digests.put(name + " " + recipes.get(i), digest(content.stream().readAllBytes()));
        }
      }
    }
    return digests;
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, byte[]> sources() throws IOException {
    Map<String, byte[]> sources = new TreeMap<>();
    for (int orientation = 1; orientation <= 8; orientation++) {
      byte[] exif = {
        'M',
        'M',
        0,
        42,
        0,
        0,
        0,
        8,
        0,
        1,
        1,
        0x12,
        0,
        3,
        0,
        0,
        0,
        1,
        0,
        (byte) orientation,
        0,
        0,
        0,
        0,
        0,
        0
      };
      sources.put(
          "orientation-" + orientation, jpeg(3, false, JpegAttachments.NONE.withExif(exif)));
    }
    sources.put("grey", jpeg(1, false, JpegAttachments.NONE));
    sources.put("progressive", jpeg(3, true, JpegAttachments.NONE));
    sources.put("adobe-rgb", jpeg(3, false, JpegAttachments.NONE.withIccProfile(adobeRgb())));
    sources.put("alpha", png());
    return sources;
  }

  private static final int WIDTH = 347;
  private static final int HEIGHT = 259;

  private static byte[] jpeg(int planes, boolean progressive, JpegAttachments attachments)
      throws IOException {
    JpegSettings settings = JpegSettings.ofQuality(92);
    if (progressive) {
      settings = settings.with(JpegSettings.Layout.PROGRESSIVE);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JpegEncoder encoder = JpegEncoder.of(settings);
    if (planes == 1) {
      encoder.encode(plane(0, WIDTH, HEIGHT), attachments, out);
    } else {
      int width = (WIDTH + 1) / 2;
      int height = (HEIGHT + 1) / 2;
      encoder.encode(
          plane(0, WIDTH, HEIGHT),
          plane(1, width, height),
          plane(2, width, height),
          attachments,
          out);
    }
    return out.toByteArray();
  }

  /** Draws slopes, edges, and a little noise. */
  private static Plane plane(int kind, int width, int height) {
    Plane plane = Plane.ofSize(width, height);
    int noise = 12_345 + kind;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        noise = noise * 1_664_525 + 1_013_904_223;
        int slope = (x * 150 / width + y * 90 / height + kind * 40) & 255;
        int edge = (x / 23 + y / 17 + kind) % 5 == 0 ? 60 : 0;
        plane.samples()[y * width + x] = (byte) Math.min(255, slope + edge + (noise >>> 29));
      }
    }
    return plane;
  }

  /**
   * Returns a PNG with alpha whose deflate blocks are stored: no compressor decides on its bytes.
   */
  private static byte[] png() {
    int rowBytes = 1 + 4 * WIDTH;
    byte[] raw = new byte[rowBytes * HEIGHT];
    List<Plane> planes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      planes.add(plane(i, WIDTH, HEIGHT));
    }
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        for (int i = 0; i < 4; i++) {
          raw[y * rowBytes + 1 + 4 * x + i] = planes.get(i).samples()[y * WIDTH + x];
        }
      }
    }
    Deflater deflater = new Deflater(Deflater.NO_COMPRESSION);
    deflater.setInput(raw);
    deflater.finish();
    byte[] stored = new byte[raw.length + 10_000];
    int length = deflater.deflate(stored);
    deflater.end();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    byte[] header = {
      0, 0, WIDTH >> 8, (byte) WIDTH, 0, 0, HEIGHT >> 8, (byte) HEIGHT, 8, 6, 0, 0, 0
    };
    chunk(out, "IHDR", header, header.length);
    chunk(out, "IDAT", stored, length);
    chunk(out, "IEND", new byte[0], 0);
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data, int length) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data, 0, length);
    number(out, length);
    out.writeBytes(name);
    out.write(data, 0, length);
    number(out, (int) crc.getValue());
  }

  private static void number(ByteArrayOutputStream out, int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write(value >> shift);
    }
  }

  /**
   * Returns a matrix profile of the primaries of Adobe RGB (1998), adapted to D50, with the gamma
   * 563/256 (ICC.1:2022, 8.3).
   */
  private static byte[] adobeRgb() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String[] names = {"rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"};
    int[][] xyz = {{39_985, 20_389, 1_276}, {13_462, 41_012, 3_995}, {9_780, 4_135, 48_810}};
    int start = 128 + 4 + 12 * names.length;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int[] primary : xyz) {
      body.writeBytes("XYZ \0\0\0\0".getBytes(StandardCharsets.US_ASCII));
      for (int value : primary) {
        number(body, value);
      }
    }
    int curve = start + body.size();
    body.writeBytes("curv\0\0\0\0".getBytes(StandardCharsets.US_ASCII));
    number(body, 1);
    body.writeBytes(new byte[] {2, 0x33, 0, 0});
    number(out, start + body.size());
    out.writeBytes(new byte[4]);
    number(out, 0x02400000);
    out.writeBytes("mntrRGB XYZ ".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new byte[12]);
    out.writeBytes("acsp".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new byte[88]);
    number(out, names.length);
    for (int i = 0; i < names.length; i++) {
      out.writeBytes(names[i].getBytes(StandardCharsets.US_ASCII));
      number(out, i < 3 ? start + 20 * i : curve);
      number(out, i < 3 ? 20 : 14);
    }
    out.writeBytes(body.toByteArray());
    return out.toByteArray();
  }
}
