package dev.rendition.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetKey;
import java.net.URI;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which asset an object is, by its names alone: nothing is asked of S3 here. */
class S3KeyOfTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dam                     | dam              | acme/a/b.jpg            | acme/a/b.jpg",
        "dam/in                  | dam              | in/acme/b.jpg           | acme/b.jpg",
        "dam-{tenant}            | dam-acme         | a/b.jpg                 | acme/a/b.jpg",
        "{tenant}-dam/in         | acme-dam         | in/b.jpg                | acme/b.jpg",
        "dam/{tenant}/in         | dam              | acme/in/b.jpg           | acme/b.jpg",
        "dam/x/{tenant}-originals| dam              | x/acme-originals/b.jpg  | acme/b.jpg",
        "d-{tenant}/{tenant}     | d-acme           | acme/b.jpg              | acme/b.jpg",
        "d-{tenant}-{tenant}     | d-acme-acme      | b.jpg                   | acme/b.jpg"
      })
  void anObjectOfThePlaceIsAnAsset(String place, String bucket, String object, String key) {
    assertThat(store(place).keyOf(bucket, object)).contains(AssetKey.parse(key));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dam                     | other            | acme/b.jpg",
        "dam                     | dam              | b.jpg",
        "dam                     | dam              | /b.jpg",
        "dam                     | dam              | acme/",
        "dam                     | dam              | acme//b.jpg",
        "dam                     | dam              | acme/../b.jpg",
        "dam                     | dam              | .hidden/b.jpg",
        "dam/in                  | dam              | acme/b.jpg",
        "dam/in                  | dam              | inner/acme/b.jpg",
        "dam/in                  | dam              | in/b.jpg",
        "dam-{tenant}            | dam-             | b.jpg",
        "dam-{tenant}            | dam              | b.jpg",
        "dam-{tenant}            | ham-acme         | b.jpg",
        "dam/{tenant}/in         | dam              | acme/out/b.jpg",
        "dam/{tenant}/in         | dam              | acme",
        "d-{tenant}/{tenant}     | d-acme           | globex/b.jpg",
        "d-{tenant}-{tenant}     | d-acme-acne      | b.jpg"
      })
  void anObjectOutsideOfThePlaceIsNone(String place, String bucket, String object) {
    assertThat(store(place).keyOf(bucket, object)).isEmpty();
  }

  @Test
  void aNameThatIsNotInNormalFormIsNobodysAsset() {
    // U and a combining diaeresis: the key would name another object, with one character.
    assertThat(store("dam").keyOf("dam", "acme/U\u0308.jpg")).isEmpty();
    assertThat(store("dam").keyOf("dam", "acme/\u00dc.jpg")).isPresent();
  }

  @Property(tries = 300)
  void everyKeyIsFoundBackByItsLocation(@ForAll("keys") AssetKey key) {
    for (String place : new String[] {"dam", "dam/in/deep", "dam-{tenant}x", "dam/a-{tenant}-b"}) {
      S3AssetStore store = store(place);
      URI location = store.location(key).orElseThrow();
      assertThat(store.keyOf(location.getAuthority(), location.getPath().substring(1)))
          .as("%s in %s", key, place)
          .contains(key);
    }
  }

  @Provide
  Arbitrary<AssetKey> keys() {
    return Arbitraries.of("acme", "a", "a0-b.c", "x-x-x")
        .flatMap(
            tenant ->
                Arbitraries.strings()
                    .withChars("abc -+%&=?#/.\u00fc\u20ac\u6f22{}")
                    .ofMinLength(1)
                    .ofMaxLength(20)
                    .filter(path -> isPath(path))
                    .map(path -> AssetKey.of(tenant, path)));
  }

  private static boolean isPath(String path) {
    try {
      return !AssetKey.of("t", path).path().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static S3AssetStore store(String place) {
    return S3AssetStore.builder(place)
        .connection(S3Connection.DEFAULT.endpoint(URI.create("http://127.0.0.1:9")))
        .build();
  }
}
