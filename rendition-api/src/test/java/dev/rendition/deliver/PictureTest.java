package dev.rendition.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rendition.deliver.Srcset.Candidate;
import dev.rendition.recipe.PixelSize;
import java.io.StringReader;
import java.net.URI;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class PictureTest {
  private static final Srcset SET =
      Srcset.of(
          new Candidate(URI.create("/hero/a.jpg"), 1_600),
          new Candidate(URI.create("/card/a.jpg?x=1&y=2"), 300),
          new Candidate(URI.create("/sm/a,.jpg,"), 100));

  @Test
  void aSetIsSortedAndSeparatedAsBrowsersReadIt() {
    assertThat(SET).hasToString("/sm/a,.jpg%2C 100w, /card/a.jpg?x=1&y=2 300w, /hero/a.jpg 1600w");
    assertThat(SET.widest().width()).isEqualTo(1_600);
  }

  @Test
  void oneFileOfAWidthIsEnough() {
    Srcset small =
        Srcset.of(
            new Candidate(URI.create("/a"), 200),
            new Candidate(URI.create("/b"), 200),
            new Candidate(URI.create("/c"), 100));
    assertThat(small).hasToString("/c 100w, /a 200w");
    assertThatIllegalArgumentException().isThrownBy(() -> new Srcset(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Candidate(URI.create("/a"), 0));
  }

  @Test
  void aPictureIsOneElement() {
    Picture picture =
        new Picture(
            List.of(
                new Picture.Source(
                    Srcset.of(new Candidate(URI.create("/p.webp"), 300)),
                    "image/webp",
                    "(max-width: 600px)",
                    "100vw")),
            SET,
            "50vw",
            PixelSize.of(1_600, 900),
            "\"Sea\" & <sand>",
            "data:image/png;base64,AAAA");
    assertThat(picture.html())
        .isEqualTo(
            "<picture><source type=\"image/webp\" media=\"(max-width: 600px)\""
                + " srcset=\"/p.webp 300w\" sizes=\"100vw\"><img src=\"/hero/a.jpg\""
                + " srcset=\"/sm/a,.jpg%2C 100w, /card/a.jpg?x=1&amp;y=2 300w, /hero/a.jpg 1600w\""
                + " sizes=\"50vw\" width=\"1600\" height=\"900\""
                + " alt=\"&quot;Sea&quot; &amp; &lt;sand&gt;\" loading=\"lazy\" decoding=\"async\""
                + " style=\"background:url(data:image/png;base64,AAAA) center/cover"
                + " no-repeat\"></picture>");
    assertThat(Picture.of(SET, "", PixelSize.of(1, 1), "").html())
        .startsWith("<img ")
        .contains(" alt=\"\"")
        .doesNotContain("sizes=", "style=");
  }

  @Property(tries = 300)
  void noTextLeavesItsAttribute(@ForAll("texts") String text) throws Exception {
    Picture picture = Picture.of(SET, text, PixelSize.of(3, 2), text);
    String xml = picture.html().replaceFirst(">$", "/>");
    Element img =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(xml)))
            .getDocumentElement();
    assertThat(img.getTagName()).isEqualTo("img");
    assertThat(img.getAttribute("alt")).isEqualTo(text);
    assertThat(img.getAttribute("srcset")).isEqualTo(SET.toString());
    assertThat(img.getAttributes().getLength()).isEqualTo(text.isEmpty() ? 7 : 8);
  }

  @Test
  void aPlaceholderIsAPictureAndNothingElse() {
    for (String hostile :
        List.of(
            "https://evil.example/x.png",
            "data:image/svg+xml;base64,AAAA",
            "data:image/png;base64,AA);background:url(//evil",
            "javascript:alert(1)")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Picture(List.of(), SET, "", PixelSize.of(1, 1), "", hostile));
    }
  }

  @Provide
  Arbitrary<String> texts() {
    // Line breaks and tabs are turned into spaces by every XML parser, so they tell nothing here.
    return Arbitraries.strings().withChars("ab <>&\"'=/;#x0\\`(){}é日").ofMaxLength(40);
  }
}
