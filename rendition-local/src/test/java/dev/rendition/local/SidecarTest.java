package dev.rendition.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rendition.asset.AssetAttributes;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SidecarTest {
  private static final Sidecar FULL =
      new Sidecar(
          "image/x-a; q=1",
          "0123456789abcdef".repeat(4),
          AssetAttributes.cacheControl("a=b, c")
              .with("x", " =y=")
              .with("type", "")
              .with("end", "end"));

  @Test
  void theTextFormIsAsDocumented() {
    assertThat(new String(FULL.toBytes(), US_ASCII))
        .isEqualTo(
            "rendition-asset 1\ntype=image/x-a; q=1\nversion="
                + "0123456789abcdef".repeat(4)
                + "\ncache-control=a=b, c\nmetadata.end=end\nmetadata.type=\nmetadata.x= =y=\nend\n");
  }

  @Test
  void parsingGivesBackWhatWasPrinted() {
    assertThat(Sidecar.parse(FULL.toBytes())).isEqualTo(FULL);
    Sidecar bare = new Sidecar("image/png", "f".repeat(64), AssetAttributes.NONE);
    assertThat(Sidecar.parse(bare.toBytes())).isEqualTo(bare);
  }

  @Test
  void everyShorterTextIsRefused() {
    byte[] whole = FULL.toBytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      assertThatIllegalArgumentException()
          .as("%s bytes", length)
          .isThrownBy(() -> Sidecar.parse(cut));
    }
  }

  @Test
  void textsThatSayTooLittleOrTooMuchAreRefused() {
    String version = "version=" + "f".repeat(64) + "\n";
    for (String text :
        List.of(
            "rendition-asset 2\ntype=a/b\n" + version + "end\n",
            "rendition-asset 1\n" + version + "end\n",
            "rendition-asset 1\ntype=a/b\nend\n",
            "rendition-asset 1\ntype=a\n" + version + "end\n",
            "rendition-asset 1\ntype=a/b\nversion=FF\nend\n",
            "rendition-asset 1\ntype=a/b\n" + version + version + "end\n",
            "rendition-asset 1\ntype=a/b\n" + version + "other=1\nend\n",
            "rendition-asset 1\ntype=a/b\n" + version + "metadata.A=1\nend\n",
            "rendition-asset 1\ntype=a/b\n" + version + "metadata.a=\u0007\nend\n",
            "rendition-asset 1\ntype=a/b\n" + version + "line\nend\n",
            "rendition-asset 1\ntype=a/b\n" + version + "end\nmore\n",
            "rendition-asset 1\r\ntype=a/b\r\n" + version + "end\r\n")) {
      assertThatIllegalArgumentException()
          .as(text)
          .isThrownBy(() -> Sidecar.parse(text.getBytes(US_ASCII)));
    }
  }

  @Property(tries = 2_000)
  void bytesGiveASidecarOrTheOneError(@ForAll byte[] bytes) {
    parseOrRefuse(bytes);
  }

  @Property(tries = 2_000)
  void aChangedByteGivesASidecarOrTheOneError(
      @ForAll @IntRange(max = 150) int at, @ForAll byte changed) {
    byte[] bytes = FULL.toBytes();
    bytes[at] = changed;
    parseOrRefuse(bytes);
  }

  private static void parseOrRefuse(byte[] bytes) {
    Sidecar read;
    try {
      read = Sidecar.parse(bytes);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageNotContaining("null");
      return;
    }
    assertThat(Sidecar.parse(read.toBytes())).isEqualTo(read);
  }
}
