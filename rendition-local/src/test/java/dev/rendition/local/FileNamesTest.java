package dev.rendition.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetKey;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class FileNamesTest {
  private static final FileNames KEPT = new FileNames(false);
  private static final FileNames FOLDED = new FileNames(true);
  private static final Set<String> DEVICES =
      Set.of("con", "prn", "aux", "nul", "com1", "com9", "lpt1", "lpt9", "com0", "lpt0");

  /** Segments that a key takes, rich in what is trouble. */
  @Provide
  Arbitrary<String> segments() {
    Arbitrary<String> parts =
        Arbitraries.oneOf(
            Arbitraries.of(
                ".",
                "..",
                " ",
                "%",
                "%+",
                "%s",
                "%41",
                "con",
                "CON",
                "nul",
                "Com1",
                "~1",
                "x".repeat(99),
                "\u00e9",
                "e\u0301",
                "\u8a9e",
                "\ud83d\udcf7",
                "\u0130",
                "A",
                "a",
                "\u00df",
                ":",
                "*"),
            Arbitraries.strings().ascii().ofMaxLength(12),
            Arbitraries.strings().ofMaxLength(60));
    return parts
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(list -> String.join("", list))
        .map(FileNamesTest::asSegment)
        .filter(Optional::isPresent)
        .map(Optional::get);
  }

  private static Optional<String> asSegment(String text) {
    try {
      return Optional.of(AssetKey.of("t", text.replace('/', '_').replace('\\', '_')).path());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Property(tries = 2_000)
  void decodingGivesBackWhatWasEncoded(@ForAll("segments") String segment) {
    assertThat(KEPT.decode(KEPT.encode(segment))).contains(segment);
    assertThat(FOLDED.decode(FOLDED.encode(segment))).contains(segment);
  }

  @Property(tries = 2_000)
  void everyPieceIsANameEverySystemTakes(@ForAll("segments") String segment) {
    for (FileNames names : List.of(KEPT, FOLDED)) {
      List<String> pieces = names.encode(segment);
      for (int i = 0; i < pieces.size(); i++) {
        String piece = pieces.get(i);
        assertThat(piece).matches("[A-Za-z0-9%_.+,=@() -]{1,210}");
        assertThat(piece.charAt(0)).isNotIn('.', ' ');
        assertThat(piece.charAt(piece.length() - 1)).isNotIn('.', ' ');
        assertThat(piece).doesNotStartWith("%s");
        int dot = piece.indexOf('.');
        String stem = (dot < 0 ? piece : piece.substring(0, dot)).stripTrailing();
        assertThat(DEVICES).doesNotContain(stem.toLowerCase(Locale.ROOT));
        boolean last = i == pieces.size() - 1;
        assertThat(piece.endsWith(FileNames.CONTINUES)).isEqualTo(!last);
      }
    }
  }

  @Property(tries = 2_000)
  void namesThatFallTogetherWithoutCaseAreOfOneSegment(
      @ForAll("segments") String one, @ForAll("segments") String other) {
    String first = String.join("/", FOLDED.encode(one)).toLowerCase(Locale.ROOT);
    String second = String.join("/", FOLDED.encode(other)).toLowerCase(Locale.ROOT);
    assertThat(first.equals(second)).isEqualTo(one.equals(other));
    assertThat(FOLDED.encode(one)).allMatch(piece -> piece.equals(piece.toLowerCase(Locale.ROOT)));
  }

  @Property(tries = 2_000)
  void noEncodedSegmentLiesBelowAnother(
      @ForAll("segments") String one, @ForAll("segments") String other) {
    List<String> first = KEPT.encode(one);
    List<String> second = KEPT.encode(other);
    if (!one.equals(other) && first.size() < second.size()) {
      assertThat(second.subList(0, first.size())).isNotEqualTo(first);
    }
  }

  @Property(tries = 2_000)
  void foreignNamesAreToldApartAndNeverThrow(@ForAll("foreign") List<String> pieces) {
    for (FileNames names : List.of(KEPT, FOLDED)) {
      names
          .decode(pieces)
          .ifPresent(segment -> assertThat(names.encode(segment)).isEqualTo(pieces));
    }
  }

  @Provide
  Arbitrary<List<String>> foreign() {
    Arbitrary<String> tokens =
        Arbitraries.oneOf(
            Arbitraries.of(
                "%", "%+", "%2e", "%2E", "%c3%a9", "%c3", "%zz", "con", ".", " ", "A", "\u00e9"),
            Arbitraries.strings().ofMaxLength(5));
    return tokens
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(list -> String.join("", list))
        .filter(text -> !text.isEmpty())
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Test
  void allSingleCharactersHaveNamesOfTheirOwn() {
    for (FileNames names : List.of(KEPT, FOLDED)) {
      Map<String, String> seen = new HashMap<>();
      for (int point = 1; point < 0x11000; point++) {
        Optional<String> segment = asSegment(Character.toString(point));
        if (segment.isPresent() && segment.get().codePointAt(0) == point) {
          String name = String.join("/", names.encode(segment.get()));
          assertThat(seen.put(names == FOLDED ? name.toLowerCase(Locale.ROOT) : name, name))
              .as("U+%04X", point)
              .isNull();
        }
      }
    }
  }

  @Test
  void commonNamesStayAsTheyAre() {
    for (String name : List.of("hero.jpg", "IMG_0001 (2).JPG", "a+b=c,d@2x.png", "tar.gz")) {
      assertThat(KEPT.encode(name)).containsExactly(name);
    }
    assertThat(FOLDED.encode("IMG.jpg")).containsExactly("%49%4d%47.jpg");
    assertThat(KEPT.encode("\u00e9~1%")).containsExactly("%c3%a9%7e1%25");
    assertThat(KEPT.encode("con.txt")).containsExactly("%63on.txt");
    assertThat(KEPT.encode("..a. ")).containsExactly("%2e.a.%20");
  }

  @Test
  void longNamesContinueBelow() {
    List<String> pieces = KEPT.encode("x".repeat(255));
    assertThat(pieces).containsExactly("x".repeat(198) + "%+", "x".repeat(57));
    List<String> escapes = KEPT.encode("\u8a9e".repeat(85));
    assertThat(String.join("", escapes).replace("%+", "")).isEqualTo("%e8%aa%9e".repeat(85));
    assertThat(escapes).hasSizeLessThanOrEqualTo(4);
    assertThat("\u8a9e".repeat(85).getBytes(UTF_8)).hasSize(255);
  }
}
