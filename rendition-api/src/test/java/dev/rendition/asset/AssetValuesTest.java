package dev.rendition.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssetValuesTest {
  private static final String VERSION = "0".repeat(64);

  @Test
  void metadataIsSortedAndCopied() {
    Map<String, String> given = new HashMap<>(Map.of("b", "2", "a", "1"));
    AssetAttributes attributes = new AssetAttributes("no-store", given);
    given.put("c", "3");
    assertThat(attributes.metadata()).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
    assertThat(attributes.with("a", "9").metadata()).containsEntry("a", "9").hasSize(2);
    assertThat(attributes.metadata()).containsEntry("a", "1");
    assertThat(attributes.with("a", "1")).isEqualTo(attributes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a_b", "-a", "a b", "a\n", "ä"})
  void aMetadataNameIsLowerCaseLettersDigitsAndHyphens(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AssetAttributes.NONE.with(name, "v"))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nX-Forged: yes", "\r", "ä", "\u0000", "\u007f"})
  void noValueForgesAHeader(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AssetAttributes.NONE.with("name", value))
        .withMessageContaining("\"name\"");
    assertThatIllegalArgumentException().isThrownBy(() -> AssetAttributes.cacheControl(value));
  }

  @Test
  void metadataIsBounded() {
    AssetAttributes most = AssetAttributes.NONE;
    for (int i = 0; i < 32; i++) {
      most = most.with("n" + i, "v");
    }
    AssetAttributes full = most;
    assertThatIllegalArgumentException().isThrownBy(() -> full.with("one-more", "v"));
    assertThat(AssetAttributes.NONE.with("a", "v".repeat(1_999)).metadata()).hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AssetAttributes.NONE.with("a", "v".repeat(2_000)))
        .withMessageContaining("was 2001");
    assertThat(AssetAttributes.NONE.with("a".repeat(64), "").metadata()).hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AssetAttributes.NONE.with("a".repeat(65), ""));
    assertThat(AssetAttributes.cacheControl("x".repeat(256)).cacheControl()).hasSize(256);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AssetAttributes.cacheControl("x".repeat(257)));
  }

  @ParameterizedTest
  @CsvSource({
    "image/jpeg, image/jpeg",
    "IMAGE/PNG, image/png",
    "image/svg+xml, image/svg+xml",
    "text/plain; charset=utf-8, text/plain; charset=utf-8",
    "application/vnd.x-y.z, application/vnd.x-y.z"
  })
  void aMediaTypeIsKeptInLowerCase(String given, String kept) {
    assertThat(MediaType.require(given)).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "image", "image/", "/jpeg", "a/b/c", "image/jpeg\n", "a/b;\r\nX: y", "ä/b"})
  void whatIsNoMediaTypeIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MediaType.require(text))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n", "\r"));
  }

  @Test
  void aMediaTypeHasAtMost255Characters() {
    assertThat(MediaType.require("a/b" + " ".repeat(251) + ";")).hasSize(255);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MediaType.require("a/b" + " ".repeat(5_000_000) + ";\u0000"));
  }

  @Property
  void anyTextIsAMediaTypeOrARefusal(@ForAll String text) {
    try {
      assertThat(MediaType.require(text)).matches("[ -~]+/[ -~]+");
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).contains("media type").doesNotContain("\n");
    }
  }

  @Property
  void anyExtensionHasAType(@ForAll String extension) {
    assertThat(MediaType.require(MediaType.ofExtension(extension))).isNotEmpty();
  }

  @Test
  void extensionsAreReadWithoutRegardToCase() {
    assertThat(MediaType.ofExtension("JPEG")).isEqualTo("image/jpeg");
    assertThat(MediaType.ofExtension("TIFF")).isEqualTo("image/tiff");
    assertThat(MediaType.ofExtension("exe")).isEqualTo("application/octet-stream");
  }

  @Test
  void whatAStoreKnowsIsChecked() {
    AssetKey key = AssetKey.of("t", "a");
    AssetInfo info =
        new AssetInfo(key, 0, "Image/PNG", VERSION, Instant.EPOCH, AssetAttributes.NONE);
    assertThat(info.mediaType()).isEqualTo("image/png");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new AssetInfo(key, -1, "image/png", VERSION, Instant.EPOCH, AssetAttributes.NONE));
    for (String version : new String[] {"", "0".repeat(63), "0".repeat(65), "A".repeat(64)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new AssetInfo(key, 1, "image/png", version, Instant.EPOCH, AssetAttributes.NONE));
    }
  }

  @Test
  void aSourceIsReopenable(@TempDir Path folder) throws IOException {
    byte[] bytes = {1, 2, 3};
    AssetSource source = AssetSource.ofBytes(bytes, "image/png");
    bytes[0] = 9;
    for (int i = 0; i < 2; i++) {
      try (InputStream in = source.open()) {
        assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
      }
    }
    Path file = Files.write(folder.resolve("a.b.JPG"), bytes);
    assertThat(AssetSource.ofFile(file).mediaType()).isEqualTo("image/jpeg");
    assertThat(AssetSource.ofFile(file).length()).hasValue(3);
    Path noExtension = Files.write(folder.resolve("jpg"), bytes);
    assertThat(AssetSource.ofFile(noExtension).mediaType()).isEqualTo(MediaType.UNKNOWN);
    AssetSource unknown = AssetSource.of(() -> new ByteArrayInputStream(bytes), -1, "image/png");
    assertThat(unknown.length()).isEqualTo(OptionalLong.empty());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AssetSource.of(InputStream::nullInputStream, -2, "image/png"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> AssetSource.ofFile(folder.resolve("absent.jpg")));
  }

  @Test
  void aSignedLinkHidesItsQuery() {
    SignedUrl url = new SignedUrl(URI.create("https://h/a?sig=secret"), Instant.EPOCH);
    assertThat(url.toString()).isEqualTo("https://h/a?… until 1970-01-01T00:00:00Z");
  }

  @Test
  void anAbsentAssetIsNamed() {
    AssetNotFoundException absent = new AssetNotFoundException(AssetKey.of("t", "a/b"));
    assertThat(absent.key()).isEqualTo(AssetKey.of("t", "a/b"));
    assertThat(absent).hasMessage("there is no asset t/a/b");
  }
}
