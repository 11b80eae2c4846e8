package dev.rendition.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssetKeyTest {
  @Test
  void aKeyIsReadBackFromItsText() {
    AssetKey key = AssetKey.of("acme", "photos/2026/beach.jpg");
    assertThat(key).hasToString("acme/photos/2026/beach.jpg");
    assertThat(AssetKey.parse(key.toString())).isEqualTo(key);
    assertThat(key.withPath("x")).isEqualTo(AssetKey.of("acme", "x"));
  }

  @Test
  void aNameTypedInPiecesIsTheNameTypedWhole() {
    AssetKey decomposed = AssetKey.of("t", "cafe\u0301/A\u030a.jpg");
    assertThat(decomposed.path()).isEqualTo("caf\u00e9/\u00c5.jpg");
    assertThat(decomposed).isEqualTo(AssetKey.of("t", "caf\u00e9/\u212b.jpg"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        ".",
        "a/..",
        "../a",
        "a/../b",
        "a/./b",
        "/a",
        "a/",
        "a//b",
        "/",
        "",
        "a\\b",
        "..\\a",
        "a/\u0000",
        "a\nb",
        "a\rb",
        "\u0007",
        "\u007f",
        "\u0085",
        "\u2028",
        "\u2029",
        "\u202e.gpj",
        "\u202a",
        "\u2066x",
        "\u2069",
        "\ufdd0",
        "\uffff",
        "\ud83f\udfff",
        "\ud800",
        "a\udc00b"
      })
  void whatLeavesTheTenantOrFoolsTheEyeIsNoPath(String path) {
    assertThatIllegalArgumentException().isThrownBy(() -> AssetKey.of("t", path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "...",
        ".hidden",
        "a b",
        "100% + #1?.jpg",
        "\u6d77.jpg",
        "\ud83c\udfd6\ufe0f.png",
        "a:b",
        "\u0645\u200c\u0646",
        "~",
        "*",
        "'\"<>|"
      })
  void anyOtherNameIsAPath(String path) {
    AssetKey key = AssetKey.of("t", path);
    assertThat(key.path()).isEqualTo(Normalizer.normalize(path, Normalizer.Form.NFC));
    assertThat(AssetKey.parse(key.toString())).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "-a", "_a", "a/b", "a b", "\u00e4", "a\n", "a\u0000"})
  void whatIsNoTenantIsRefused(String tenant) {
    assertThatIllegalArgumentException().isThrownBy(() -> AssetKey.of(tenant, "a"));
    assertThatIllegalArgumentException().isThrownBy(() -> AssetKey.requireTenant(tenant));
  }

  @Test
  void aTenantHasAtMost63Characters() {
    assertThat(AssetKey.of("a".repeat(63), "x").tenant()).hasSize(63);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AssetKey.of("a".repeat(64), "x"))
        .withMessageContaining("1 to 63");
  }

  @Test
  void aSegmentHasAtMost255BytesOfUtf8() {
    assertThat(AssetKey.of("t", "a".repeat(255)).path()).hasSize(255);
    assertThatIllegalArgumentException().isThrownBy(() -> AssetKey.of("t", "a".repeat(256)));
    // 85 × 3 bytes are 255; the euro sign is E2 82 AC.
    assertThat(AssetKey.of("t", "\u20ac".repeat(85)).path()).hasSize(85);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AssetKey.of("t", "\u20ac".repeat(85) + "a"))
        .withMessageContaining("was 256");
  }

  @Test
  void aKeyHasAtMost1024BytesOfUtf8() {
    // 4 segments of 254 and 3 slashes are 1019 bytes; "t/" and "/aa" make 1024.
    String path = String.join("/", List.of("a".repeat(254), "b".repeat(254), "c".repeat(254)));
    String longest = path + "/" + "d".repeat(254) + "/aa";
    AssetKey key = AssetKey.of("t", longest);
    assertThat(key.toString().getBytes(StandardCharsets.UTF_8)).hasSize(1_024);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AssetKey.of("t", longest + "a"))
        .withMessageContaining("was 1025");
    assertThatIllegalArgumentException().isThrownBy(() -> AssetKey.of("t", "a/".repeat(5_000_000)));
  }

  @ParameterizedTest
  @CsvSource({
    "a/b.JPG, b.JPG, jpg",
    "a.b/c, c, ''",
    ".jpg, .jpg, ''",
    "x., x., ''",
    "a.tar.gz, a.tar.gz, gz"
  })
  void theExtensionFollowsTheLastDotOfTheName(String path, String name, String extension) {
    assertThat(AssetKey.of("t", path).name()).isEqualTo(name);
    assertThat(AssetKey.of("t", path).extension()).isEqualTo(extension);
  }

  @Test
  void aMessageShowsHostileTextShortenedAndEscaped() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AssetKey.of("t", "a\n2026 ERROR forged" + "x".repeat(500)))
        .withMessage(
            "a path may not contain U+000A (index 1) in \"a\\u000a2026 ERROR forged"
                + "x".repeat(61)
                + "…\"");
  }

  @Test
  void keysAreOrderedByTenantThenPath() {
    assertThat(List.of(AssetKey.of("b", "a"), AssetKey.of("a", "b"), AssetKey.of("a", "a")))
        .satisfies(
            keys ->
                assertThat(keys.stream().sorted().map(AssetKey::toString))
                    .containsExactly("a/a", "a/b", "b/a"));
  }

  @Property
  void anyTextIsAKeyOrARefusal(@ForAll("hostile") String text) {
    try {
      AssetKey key = AssetKey.parse(text);
      assertThat(AssetKey.parse(key.toString())).isEqualTo(key);
      assertThat(key.path().split("/", -1)).doesNotContain("", ".", "..");
      assertThat(key.path()).doesNotContain("\\", "\n", "\u0000", "\u202e");
      assertThat(key.toString().getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(1_024);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).doesNotContain("\n", "\u202e").hasSizeLessThan(800);
    }
  }

  @Property
  void aGoodKeyIsTheSameAfterPrintingAndReading(@ForAll("paths") String path) {
    AssetKey key = AssetKey.of("acme", path);
    assertThat(AssetKey.parse(key.toString())).isEqualTo(key);
    assertThat(AssetKey.of("acme", key.path())).isEqualTo(key);
  }

  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<String> any = Arbitraries.strings().ofMaxLength(40);
    Arbitrary<String> sharp =
        Arbitraries.strings()
            .withChars('a', '.', '/', '\\', '\n', '\u0301', '\u202e', '\ud83d', '\ude00', '\u0000')
            .ofMaxLength(20);
    return Combinators.combine(Arbitraries.of("", "t/", "acme/", "-/", "\u00e4/"), any, sharp)
        .as((begin, one, other) -> begin + one + other);
  }

  @Provide
  Arbitrary<String> paths() {
    Arbitrary<String> segment =
        Arbitraries.strings()
            .withCharRange('a', 'z')
            .withChars(" .-_~%+#é\u0301海\u0338<=".toCharArray())
            .ofMinLength(1)
            .ofMaxLength(20)
            .filter(text -> !text.equals(".") && !text.equals(".."));
    return segment.list().ofMinSize(1).ofMaxSize(5).map(parts -> String.join("/", parts));
  }
}
