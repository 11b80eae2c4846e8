package dev.rendition.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rendition.RenditionConfig;
import dev.rendition.Renditions;
import dev.rendition.UrlPolicy;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.config.ConfigException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTest {
  private static final String SECRET = "AAECAwQFBgcICQoLDA0ODw";

  @TempDir Path folder;
  private final Map<String, String> settings = new TreeMap<>();

  @BeforeEach
  void fillSettings() throws IOException {
    for (String name : new String[] {"originals", "renditions"}) {
      Files.createDirectory(folder.resolve(name));
      settings.put("rendition." + name, "file:" + folder.resolve(name));
    }
    settings.put("rendition.recipe.small", "fit:20,png");
  }

  private Renditions open() {
    return Renditions.fromConfig(RenditionConfig.of(settings));
  }

  private ConfigException refusal() {
    return catchThrowableOfType(ConfigException.class, () -> open().close());
  }

  @Test
  void theDefaultsMakeRenditionsInFolders() throws IOException {
    ByteArrayOutputStream picture = new ByteArrayOutputStream();
    ImageIO.write(new java.awt.image.BufferedImage(40, 30, 1), "png", picture);
    try (Renditions renditions = open()) {
      AssetInfo original =
          renditions.store(
              AssetKey.of("acme", "a.png"),
              AssetSource.ofBytes(picture.toByteArray(), "image/png"));

      assertThat(renditions.generate(original, renditions.recipes("small")).join().stored())
          .extracting(made -> made.size().toString())
          .containsExactly("20x15");
      assertThat(renditions.verify().ok()).isTrue();
    }
    assertThat(folder.resolve("originals/acme")).isDirectory();
  }

  @Test
  void hmacLinksAreSignedByTheFirstKeyAndVerifiedByAll() throws IOException {
    settings.put("rendition.urls.signer", "hmac");
    settings.put("rendition.urls.hmac.base", "https://img.example.com/private");
    settings.put("rendition.urls.hmac.keys", "new:" + SECRET + "AA, old:" + SECRET);
    try (Renditions renditions = open()) {
      URI link =
          renditions.url(AssetKey.of("acme", "a.png"), UrlPolicy.signed(Duration.ofMinutes(1)));

      assertThat(link.toString())
          .startsWith("https://img.example.com/private/acme/a.png?expires=")
          .contains("&kid=new&");
    }
  }

  @Test
  void mistakesInHmacKeysAreNamedByTheirPlaceAndNeverShown() {
    settings.put("rendition.urls.signer", "hmac");
    settings.put("rendition.urls.hmac.base", "img.example.com");
    settings.put(
        "rendition.urls.hmac.keys", "k1:c2hvcnQ," + SECRET + ",k2:#" + SECRET + ",k1:" + SECRET);

    assertThat(refusal().problems())
        .hasSize(4)
        .noneMatch(sentence -> sentence.contains(SECRET) || sentence.contains("c2hvcnQ"))
        .anyMatch(sentence -> sentence.startsWith("rendition.urls.hmac.base: "))
        .anyMatch(sentence -> sentence.contains("entry 1: the secret is at least 16 bytes"))
        .anyMatch(sentence -> sentence.contains("entry 2: expected id:secret"))
        .anyMatch(sentence -> sentence.contains("entry 3: the secret is not base64url"));
  }

  @Test
  void aSignerWithoutSettingsSaysWhatIsMissing() {
    settings.put("rendition.urls.signer", "hmac");

    assertThat(refusal().problems())
        .anyMatch(sentence -> sentence.startsWith("rendition.urls.hmac.base is not set"))
        .anyMatch(sentence -> sentence.startsWith("rendition.urls.hmac.keys is not set"));
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    settings.put("rendition.originals", "file:" + folder.resolve("none"));
    settings.put("rendition.local.temp", folder.resolve("nowhere").toString());

    assertThat(refusal().problems())
        .contains(
            "rendition.originals: "
                + folder.resolve("none")
                + ": is not there; create the folder, or mount its disk");
    settings.put("rendition.originals", "file:" + folder.resolve("originals"));
    assertThat(refusal().problems())
        .singleElement()
        .asString()
        .contains("rendition.local.temp: there is no folder");
  }

  @Test
  void aPlaceThatIsNoFolderIsNamedWithItsKey() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    settings.put("rendition.originals", "file:" + file);
    settings.put("rendition.renditions", "file://server/share");

    assertThat(refusal().problems())
        .containsExactly(
            "rendition.originals: "
                + file
                + ": is no folder, and a folder store needs one; choose another",
            "rendition.renditions: the place \"file://server/share\" names a host; write"
                + " file:/folder");
  }

  @Test
  void placesAreReadAsPaths() {
    Path here = Path.of("").toAbsolutePath();

    assertThat(FileStoreProvider.path("file:/var/dam x/%20", false))
        .isEqualTo(Path.of("/var/dam x/%20").toAbsolutePath());
    assertThat(FileStoreProvider.path("file:///var/dam", false))
        .isEqualTo(Path.of("/var/dam").toAbsolutePath());
    assertThat(FileStoreProvider.path("file:originals", false))
        .isEqualTo(here.resolve("originals"));
    assertThat(FileStoreProvider.path("file:./a/../b", false)).isEqualTo(here.resolve("b"));
    assertThat(FileStoreProvider.path("file:/C:/dam", true).toString()).endsWith("C:/dam");
    assertThat(FileStoreProvider.path("file:C:\\dam", true).toString()).endsWith("C:\\dam");
  }

  @Test
  void placesThatAreNoPathsAreRefusedWithTheRemedy() {
    assertRefused("file:", "names no folder");
    assertRefused("file://server/share", "names a host");
    assertRefused("file:~/dam", "only a shell expands");
    assertRefused("file:C:\\dam", "begins with a drive");
    assertRefused("file:/C:/dam", "begins with a drive");
    assertRefused("file:/a\0b", "is no path of this system");
  }

  private static void assertRefused(String place, String why) {
    assertThatThrownBy(() -> FileStoreProvider.path(place, false))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(why);
  }
}
