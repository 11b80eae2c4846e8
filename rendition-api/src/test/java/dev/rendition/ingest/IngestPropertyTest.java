package dev.rendition.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.MediaType;
import dev.rendition.asset.MemoryAssetStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Whatever comes, the answer is one of the few that are promised. */
class IngestPropertyTest {
  private static final AssetKey KEY = AssetKey.of("acme", "a.png");

  @Property(tries = 500)
  void anyTextIsRefusedOrAskedOfTheHostItNames(@ForAll String text) {
    List<String> asked = new ArrayList<>();
    Ingest ingest =
        Ingest.into(
            new MemoryAssetStore(),
            key -> false,
            IngestRules.DEFAULT,
            host -> {
              asked.add(host);
              return List.of();
            },
            (SSLSocketFactory) SSLSocketFactory.getDefault());
    for (String url : List.of(text, "http://" + text, "http://h.test/" + text)) {
      IngestException refusal =
          catchThrowableOfType(IngestException.class, () -> ingest.url(KEY, url));
      assertThat(refusal).as(url).isNotNull();
      assertThat(refusal.reason())
          .isIn(IngestReason.URL_REFUSED, IngestReason.HOST_UNKNOWN, IngestReason.ADDRESS_REFUSED);
    }
    assertThat(asked).allMatch(host -> host.matches("[a-z0-9._-]+"));
  }

  @Property(tries = 500)
  void anyEntryNameIsAKeyBelowItsFolderOrRefused(@ForAll String name) throws Exception {
    Ingest ingest =
        Ingest.into(
            new MemoryAssetStore(),
            key -> false,
            IngestRules.DEFAULT.withTemporaryFolder(Path.of("target")));
    byte[] picture = "GIF89a and so on".getBytes(StandardCharsets.US_ASCII);
    ZipMaker maker = new ZipMaker();
    for (String each : List.of(name, "../" + name, "a/" + name, name + ".gif")) {
      maker.entry(each.length() > 4_000 ? each.substring(0, 4_000) : each, picture);
    }
    ZipReport report = ingest.zip("acme", "in/box", maker.bytes(), ZipListener.SILENT);
    assertThat(report.outcomes()).hasSize(4);
    assertThat(report.stored())
        .allMatch(stored -> stored.info().key().path().startsWith("in/box/"))
        .allMatch(stored -> stored.info().key().tenant().equals("acme"))
        .doesNotHaveDuplicates();
    assertThat(report.outcomes().get(1)).isInstanceOf(IngestOutcome.Refused.class);
  }

  @Property(tries = 500)
  void anyBytesHaveAType(@ForAll @Size(max = 40) byte[] bytes) {
    assertThat(MediaType.require(MediaType.ofContent(bytes))).isNotEmpty();
  }
}
