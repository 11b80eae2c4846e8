package dev.rendition.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.recipe.Recipe;
import dev.rendition.testkit.Charts;
import dev.rendition.testkit.Encoded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code keep:copyright} carries from a source to its renditions, and that nothing else comes
 * with it. Sources are put together by hand, results taken apart by the small readers below.
 */
class NoticesKeptTest {
  private static final AssetKey SOURCE = AssetKey.of("t", "source");
  private static final AssetKey TARGET = AssetKey.of("t", "made");
  private static final int ARTIST = 0x013b;
  private static final int COPYRIGHT = 0x8298;
  private static final int GPS = 0x8825;
  private static final int MAKE = 0x010f;

  private final MemoryAssetStore store = new MemoryAssetStore();
  private final LocalRenditionGenerator generator =
      LocalRenditionGenerator.builder(store, store).threads(1).build();

  @AfterEach
  void close() {
    generator.close();
    store.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"II", "MM"})
  void exifNoticesOfAJpegComeAlongAndNothingElse(String order) throws IOException {
    byte[] exif = secretive(order, "Ann Author", "(c) 2026 Ann");
    byte[] source =
        withSegments(
            segment(0xe1, ascii("Exif\0\0"), exif),
            segment(0xe1, ascii("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>SECRET</x:xmpmeta>")),
            segment(0xfe, ascii("SECRET comment")),
            segment(0xed, iptc(Map.of(80, "Other", 116, "Other", 90, "SECRET"))));
    for (String recipe :
        List.of("fit:20,jpeg:80", "fit:20,jpeg:80:progressive", "fit:20,png", "grey,png")) {
      byte[] made = make(source, recipe + ",keep:copyright");
      assertThat(tags(exifOf(made)))
          .containsOnly(Map.entry(ARTIST, "Ann Author"), Map.entry(COPYRIGHT, "(c) 2026 Ann"));
      assertThat(text(made)).doesNotContain("SECRET").doesNotContain("Other");
      assertThat(ImageIO.read(new ByteArrayInputStream(made)).getWidth()).isPositive();
      assertThat(outcome().trace()).contains("kept: the notices of creator and copyright");
    }
  }

  @Test
  void withoutKeepNothingComesAlong() throws IOException {
    byte[] source =
        withSegments(segment(0xe1, ascii("Exif\0\0"), secretive("MM", "Ann", "(c) Ann")));
    assertThat(text(make(source, "fit:20,jpeg:80"))).doesNotContain("Exif", "Ann", "SECRET");
    assertThat(text(make(source, "fit:20,png"))).doesNotContain("eXIf", "Ann", "SECRET");
    assertThat(outcome().trace()).noneMatch(line -> line.contains("kept"));
  }

  @Test
  void aJpegHasNoOtherSegmentsThanThoseOfItsPictureAndTheNotices() throws IOException {
    byte[] source = withSegments(segment(0xed, iptc(Map.of(80, "Ann", 116, "(c) Ann"))));
    Map<Integer, Integer> markers = markers(make(source, "fit:20,jpeg:80,keep:copyright"));
    // APP0, APP1, quantisation, frame, Huffman, scan
    assertThat(markers.keySet()).containsExactly(0xc0, 0xc4, 0xda, 0xdb, 0xe0, 0xe1);
    assertThat(markers).containsEntry(0xe1, 1);
  }

  @Test
  void iptcSpeaksWhereExifIsSilent() throws IOException {
    byte[] source =
        withSegments(
            segment(0xe1, ascii("Exif\0\0"), secretive("II", "From Exif", "")),
            segment(0xed, iptc(Map.of(80, "From IPTC", 116, "© 2026 Zoë"))));
    assertThat(tags(exifOf(make(source, "jpeg:80,keep:copyright"))))
        .containsOnly(Map.entry(ARTIST, "From Exif"), Map.entry(COPYRIGHT, "© 2026 Zoë"));
  }

  @Test
  void latin1IsUnderstoodAndWrittenAsUtf8() throws IOException {
    byte[] latin = "Zoë".getBytes(StandardCharsets.ISO_8859_1);
    byte[] source =
        withSegments(segment(0xed, photoshop(concat(new byte[] {0x1c, 2, 80, 0, 3}, latin))));
    assertThat(tags(exifOf(make(source, "jpeg:80,keep:copyright"))))
        .containsOnly(Map.entry(ARTIST, "Zoë"));
  }

  @Test
  void controlCharactersGoAndLengthIsBounded() throws IOException {
    String long3000 = "é".repeat(3_000);
    byte[] exif = exif("MM", long3000, "a\r\n\u0007b\u202e c\0editor");
    byte[] source = withSegments(segment(0xe1, ascii("Exif\0\0"), exif));
    assertThat(tags(exifOf(make(source, "png,keep:copyright"))))
        .containsOnly(Map.entry(ARTIST, "é".repeat(1_000)), Map.entry(COPYRIGHT, "a b c; editor"));
  }

  @Test
  void pngTextChunksAreRead() throws IOException {
    byte[] international =
        concat(ascii("Copyright\0\0\0de\0Urheber\0"), "© Zoë".getBytes(StandardCharsets.UTF_8));
    byte[] source =
        withChunks(
            chunk("tEXt", ascii("Author\0Ann")),
            chunk("iTXt", international),
            chunk("tEXt", ascii("Comment\0SECRET")));
    for (String recipe : List.of("jpeg:80", "png")) {
      byte[] made = make(source, recipe + ",keep:copyright");
      assertThat(tags(exifOf(made)))
          .containsOnly(Map.entry(ARTIST, "Ann"), Map.entry(COPYRIGHT, "© Zoë"));
      assertThat(text(made)).doesNotContain("SECRET", "tEXt", "iTXt", "Urheber");
    }
  }

  @Test
  void compressedPngTextIsReadAndABombInItIsCut() throws IOException {
    byte[] source =
        withChunks(
            chunk("zTXt", concat(ascii("Author\0\0"), deflated("Ann"))),
            chunk("iTXt", concat(ascii("Copyright\0\1\0\0\0"), deflated("x".repeat(20_000_000)))));
    assertThat(tags(exifOf(make(source, "png,keep:copyright"))))
        .containsOnly(Map.entry(ARTIST, "Ann"), Map.entry(COPYRIGHT, "x".repeat(1_000)));
  }

  @Test
  void exifOfAPngComesBeforeItsTexts() throws IOException {
    byte[] source =
        withChunks(
            chunk("tEXt", ascii("Author\0From text")),
            chunk("eXIf", secretive("II", "From Exif", "")));
    byte[] made = make(source, "png,keep:copyright");
    assertThat(tags(exifOf(made))).containsOnly(Map.entry(ARTIST, "From Exif"));
    assertThat(text(made)).doesNotContain("SECRET");
  }

  @Test
  void noticesOfATiffAreRead() throws IOException {
    byte[] made = make(tiff("Ann Author", "(c) Ann"), "jpeg:80,keep:copyright");
    assertThat(tags(exifOf(made)))
        .containsOnly(Map.entry(ARTIST, "Ann Author"), Map.entry(COPYRIGHT, "(c) Ann"));
  }

  @Test
  void aGifSaysThatItKeepsNothing() throws IOException {
    byte[] source = withSegments(segment(0xe1, ascii("Exif\0\0"), exif("MM", "Ann", "(c) Ann")));
    assertThat(text(make(source, "gif,keep:copyright"))).doesNotContain("Ann");
    assertThat(outcome().trace()).contains("not kept: image/gif is written without notices");
  }

  @Test
  void damagedBlocksAreNoReasonToRefuseAPicture() throws IOException {
    byte[] exif = exif("II", "Ann Author", "(c) Ann");
    for (int length = 0; length < exif.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(exif, length);
      byte[] iptc = iptc(Map.of(80, "Other"));
      byte[] source =
          withSegments(
              segment(0xe1, ascii("Exif\0\0"), cut),
              segment(0xed, java.util.Arrays.copyOf(iptc, Math.min(length, iptc.length))));
      assertThat(make(source, "fit:8,png,keep:copyright")).isNotEmpty();
    }
  }

  private byte[] make(byte[] source, String recipe) throws IOException {
    store.put(SOURCE, AssetSource.ofBytes(source, "application/octet-stream"));
    RenditionSpec spec = new RenditionSpec("tried", Recipe.parse(recipe), TARGET);
    last = generator.generate(RenditionRequest.of(SOURCE, spec)).join().outcomes().get(0);
    assertThat(last).isInstanceOf(RenditionOutcome.Stored.class);
    try (AssetContent content = store.open(TARGET)) {
      return content.stream().readAllBytes();
    }
  }

  private RenditionOutcome last =
      new RenditionOutcome.Failed(
          new RenditionSpec("none", Recipe.parse("png"), TARGET),
          dev.rendition.generate.FailureReason.INTERNAL,
          "nothing was made yet");

  private RenditionOutcome.Stored outcome() {
    return (RenditionOutcome.Stored) last;
  }

  // What sources are made of.

  private static byte[] withSegments(byte[]... segments) {
    byte[] jpeg = Encoded.jpeg(Charts.gradient(40, 30), 0.8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    for (byte[] segment : segments) {
      out.writeBytes(segment);
    }
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  private static byte[] segment(int marker, byte[]... parts) {
    byte[] payload = concat(parts);
    return concat(
        ByteBuffer.allocate(4)
            .put((byte) 0xff)
            .put((byte) marker)
            .putShort((short) (payload.length + 2))
            .array(),
        payload);
  }

  private static byte[] withChunks(byte[]... chunks) {
    byte[] png = Encoded.png(Charts.gradient(40, 30));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(png, 0, 33);
    for (byte[] chunk : chunks) {
      out.writeBytes(chunk);
    }
    out.write(png, 33, png.length - 33);
    return out.toByteArray();
  }

  private static byte[] chunk(String type, byte[] data) {
    byte[] named = concat(ascii(type), data);
    CRC32 crc = new CRC32();
    crc.update(named);
    return concat(
        ByteBuffer.allocate(4).putInt(data.length).array(),
        named,
        ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  private static byte[] deflated(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static byte[] iptc(Map<Integer, String> datasets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0x1c, 1, 90, 0, 3, 0x1b, '%', 'G'});
    new TreeMap<>(datasets)
        .forEach(
            (number, value) -> {
              byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
              out.writeBytes(new byte[] {0x1c, 2, number.byteValue(), 0, (byte) bytes.length});
              out.writeBytes(bytes);
            });
    return photoshop(out.toByteArray());
  }

  private static byte[] photoshop(byte[] record) {
    byte[] other = concat(ascii("8BIM"), new byte[] {4, 0x0a, 0, 0, 0, 0, 0, 1, 1, 0});
    byte[] head = ByteBuffer.allocate(4).putInt(record.length).array();
    return concat(
        ascii("Photoshop 3.0\0"), other, ascii("8BIM"), new byte[] {4, 4, 0, 0}, head, record);
  }

  private static byte[] exif(String order, String artist, String copyright) {
    Map<Integer, byte[]> entries = new LinkedHashMap<>();
    entries.put(ARTIST, (artist + '\0').getBytes(StandardCharsets.UTF_8));
    entries.put(COPYRIGHT, (copyright + '\0').getBytes(StandardCharsets.UTF_8));
    return directory(order, entries);
  }

  /** Returns a block with a maker, a place and a thumbnail that must not leave the house. */
  private static byte[] secretive(String order, String artist, String copyright) {
    Map<Integer, byte[]> entries = new LinkedHashMap<>();
    entries.put(MAKE, ascii("SECRET maker\0"));
    if (!artist.isEmpty()) {
      entries.put(ARTIST, ascii(artist + '\0'));
    }
    if (!copyright.isEmpty()) {
      entries.put(COPYRIGHT, ascii(copyright + '\0'));
    }
    entries.put(GPS, ascii("SECRET place\0"));
    return concat(directory(order, entries), ascii("SECRET thumbnail"));
  }

  private static byte[] directory(String order, Map<Integer, byte[]> entries) {
    int texts = 8 + 2 + 12 * entries.size() + 4;
    int size = texts + entries.values().stream().mapToInt(value -> value.length).sum();
    ByteBuffer out = ByteBuffer.allocate(size);
    out.order(order.equals("II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    out.put(ascii(order)).putShort((short) 42).putInt(8).putShort((short) entries.size());
    int at = texts;
    for (Map.Entry<Integer, byte[]> entry : entries.entrySet()) {
      byte[] value = entry.getValue();
      out.putShort(entry.getKey().shortValue()).putShort((short) 2).putInt(value.length);
      if (value.length <= 4) {
        out.put(value).put(new byte[4 - value.length]);
      } else {
        out.putInt(at);
        out.duplicate().position(at).put(value);
        at += value.length;
      }
    }
    return out.putInt(0).array();
  }

  /** Returns a grey picture of 2 x 2 pixels. */
  private static byte[] tiff(String artist, String copyright) {
    byte[] first = ascii(artist + '\0');
    byte[] second = ascii(copyright + '\0');
    int[][] numbers = {
      {256, 2}, {257, 2}, {258, 8}, {259, 1}, {262, 1}, {273, 8}, {277, 1}, {278, 2}, {279, 4}
    };
    ByteBuffer out = ByteBuffer.allocate(400);
    out.put(ascii("MM")).putShort((short) 42).putInt(12).putInt(0x10405070);
    out.putShort((short) (numbers.length + 2));
    for (int[] number : numbers) {
      out.putShort((short) number[0]).putShort((short) 4).putInt(1).putInt(number[1]);
    }
    out.putShort((short) ARTIST).putShort((short) 2).putInt(first.length).putInt(200);
    out.putShort((short) COPYRIGHT).putShort((short) 2).putInt(second.length).putInt(300);
    out.putInt(0);
    out.position(200).put(first).position(300).put(second);
    return out.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  // How results are taken apart.

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Returns how many segments there are of each kind, up to the first scan. */
  private static Map<Integer, Integer> markers(byte[] jpeg) {
    Map<Integer, Integer> found = new TreeMap<>();
    int at = 2;
    int marker = 0;
    while (marker != 0xda) {
      marker = jpeg[at + 1] & 0xff;
      found.merge(marker, 1, Integer::sum);
      at += 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
    }
    return found;
  }

  private static ByteBuffer exifOf(byte[] made) {
    boolean jpeg = (made[0] & 0xff) == 0xff;
    int at = text(made).indexOf(jpeg ? "Exif\0\0" : "eXIf");
    assertThat(at).as("the place of the block").isPositive();
    int start = at + (jpeg ? 6 : 4);
    int length =
        jpeg
            ? ((made[at - 2] & 0xff) << 8 | made[at - 1] & 0xff) - 8
            : ByteBuffer.wrap(made).getInt(at - 4);
    return ByteBuffer.wrap(made, start, length).slice();
  }

  /** Returns the texts of the only directory of a big-endian block. */
  private static Map<Integer, String> tags(ByteBuffer block) {
    assertThat(block.getInt(0)).isEqualTo(0x4d4d002a);
    int directory = block.getInt(4);
    int count = block.getShort(directory);
    Map<Integer, String> tags = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      int entry = directory + 2 + 12 * i;
      assertThat(block.getShort(entry + 2)).isEqualTo((short) 2);
      int length = block.getInt(entry + 4);
      byte[] value = new byte[length];
      block.get(length <= 4 ? entry + 8 : block.getInt(entry + 8), value);
      assertThat(value[length - 1]).isZero();
      tags.put(
          block.getShort(entry) & 0xffff, new String(value, 0, length - 1, StandardCharsets.UTF_8));
    }
    assertThat(block.getInt(directory + 2 + 12 * count)).as("next directory").isZero();
    return tags;
  }
}
