package dev.rendition.dam;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendition.config.ConfigException;
import dev.rendition.generate.RenditionException;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as somebody with a browser, or with bad intentions, meets it. */
class DamTest {
  private static final Pattern SET = Pattern.compile(" srcset=\"([^\"]+)\"");
  private static final Pattern CANDIDATE = Pattern.compile("(\\S+) ([0-9]+)w");

  private Site site;

  @BeforeEach
  void start() throws Exception {
    site = new Site("rendition.ingest.max-bytes", "1MiB");
  }

  @AfterEach
  void stop() throws Exception {
    site.close();
  }

  @Test
  void anUploadBecomesAPageWithItsPictures() throws Exception {
    assertThat(site.page("/")).contains("There are none yet.");
    String place = site.upload("beach.jpg", Site.redAndBlue(2_000, 1_000));
    assertThat(place).isEqualTo("/asset/beach.jpg");

    String page = site.page(place);
    assertThat(Site.recipes(page))
        .containsExactlyInAnyOrder("card", "small", "medium", "large", "print", "placeholder");
    assertThat(page).contains("<picture>", "url(data:image/png;base64,");
    Matcher sets = SET.matcher(page);
    int files = 0;
    while (sets.find()) {
      for (MatchResult file : CANDIDATE.matcher(Site.plain(sets.group(1))).results().toList()) {
        BufferedImage picture = Site.picture(site.get(file.group(1)));
        assertThat(picture.getWidth()).isEqualTo(Integer.parseInt(file.group(2)));
        files++;
      }
    }
    assertThat(files).as("the card, and three widths").isEqualTo(4);
    assertThat(page)
        .contains("480w, ", "960w, ", "1920w")
        .contains("width=\"1920\" height=\"960\"");
    assertThat(site.page("/")).contains("href=\"/asset/beach.jpg\"").contains("/card-");
  }

  @Test
  void renditionsAreKeptForEverAndAskedForByTag() throws Exception {
    String page = site.page(site.upload("beach.jpg", Site.redAndBlue(900, 600)));
    HttpResponse<byte[]> first = site.get(Site.link(page, "small"));
    assertThat(first.headers().firstValue("cache-control").orElseThrow()).contains("immutable");
    HttpRequest again =
        HttpRequest.newBuilder(first.uri())
            .header("If-None-Match", first.headers().firstValue("etag").orElseThrow())
            .build();
    assertThat(site.send(again).statusCode()).isEqualTo(304);
  }

  @Test
  void theFocalPointMovesTheAddressesOfThePicture() throws Exception {
    String place = site.upload("wide.jpg", Site.redAndBlue(2_000, 500));
    String before = site.page(place);
    assertThat(centre(before)).as("red and blue meet in the middle").isNotEqualTo(Color.RED);

    byte[] click = "w=480&h=120&p.x=24&p.y=60".getBytes(UTF_8);
    HttpResponse<byte[]> answer = site.send("POST", "/focus/wide.jpg", click);
    assertThat(answer.statusCode()).as(Site.text(answer)).isEqualTo(303);
    assertThat(answer.headers().firstValue("location")).contains(place);

    String after = site.page(place);
    assertThat(Site.link(after, "card")).isNotEqualTo(Site.link(before, "card"));
    assertThat(Site.link(after, "small")).isEqualTo(Site.link(before, "small"));
    assertThat(centre(after).getRed()).isGreaterThan(240);
    assertThat(centre(after).getBlue()).isLessThan(15);

    click = "w=480&h=120&p.x=470&p.y=60".getBytes(UTF_8);
    assertThat(site.send("POST", "/focus/wide.jpg", click).statusCode()).isEqualTo(303);
    assertThat(centre(site.page(place)).getBlue()).isGreaterThan(240);
  }

  private Color centre(String page) throws Exception {
    BufferedImage card = Site.picture(site.get(Site.link(page, "card")));
    return new Color(card.getRGB(card.getWidth() / 2, card.getHeight() / 2));
  }

  @Test
  void aClickThatIsNoneIsRefused() throws Exception {
    site.upload("a.jpg", Site.redAndBlue(100, 50));
    for (String form : new String[] {"", "w=0&h=1&p.x=1&p.y=1", "w=9&h=9&p.x=-1&p.y=1", "x"}) {
      assertThat(site.send("POST", "/focus/a.jpg", form.getBytes(UTF_8)).statusCode())
          .as(form)
          .isEqualTo(400);
    }
    byte[] click = "w=9&h=9&p.x=9&p.y=9".getBytes(UTF_8);
    assertThat(site.send("POST", "/focus/no.jpg", click).statusCode()).isEqualTo(404);
  }

  @Test
  void aDeletedPictureIsGoneEverywhere() throws Exception {
    String place = site.upload("beach.jpg", Site.redAndBlue(900, 600));
    String page = site.page(place);
    assertThat(site.send("POST", "/delete/beach.jpg", new byte[0]).statusCode()).isEqualTo(303);
    assertThat(site.get(place).statusCode()).isEqualTo(404);
    assertThat(site.get(Site.link(page, "card")).statusCode()).isEqualTo(404);
    assertThat(site.get(Site.link(page, "print")).statusCode()).isEqualTo(404);
    assertThat(site.page("/")).contains("There are none yet.");
    assertThat(site.send("POST", "/delete/beach.jpg", new byte[0]).statusCode()).isEqualTo(404);

    site.upload("again.jpg", Site.redAndBlue(90, 60));
    assertThat(site.send("DELETE", "/originals/again.jpg", new byte[0]).statusCode())
        .isEqualTo(200);
    assertThat(site.get("/asset/again.jpg").statusCode()).isEqualTo(404);
  }

  @Test
  void aPrivateLinkOpensUntilItIsChanged() throws Exception {
    String page = site.page(site.upload("beach.jpg", Site.redAndBlue(2_000, 1_000)));
    String link = Site.link(page, "print");
    HttpResponse<byte[]> answer = site.get(link);
    assertThat(Site.picture(answer).getWidth()).isEqualTo(1_500);
    assertThat(answer.headers().firstValue("cache-control")).contains("private, no-store");

    String last = link.endsWith("A") ? "B" : "A";
    assertThat(site.get(link.substring(0, link.length() - 1) + last).statusCode()).isEqualTo(403);
    assertThat(site.get(link.replaceFirst("\\?.*", "")).statusCode()).isEqualTo(403);
    assertThat(site.get(link.replace("print-", "card-")).statusCode()).isEqualTo(403);
    String publicly = link.replaceFirst("\\?.*", "").replaceFirst("/private/", "/r/");
    assertThat(site.get(publicly).statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsNoPictureIsRefusedAndLeavesNothing() throws Exception {
    HttpResponse<byte[]> prose = site.send("PUT", "/originals/a.jpg", "prose".getBytes(UTF_8));
    assertThat(prose.statusCode()).isEqualTo(415);
    assertThat(Site.text(prose)).startsWith("NOT_A_PICTURE: ");
    byte[] script = "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>".getBytes(UTF_8);
    assertThat(site.send("PUT", "/originals/a.svg", script).statusCode()).isEqualTo(415);
    assertThat(site.send("PUT", "/originals/a.jpg", new byte[0]).statusCode()).isEqualTo(422);
    assertThat(site.send("PUT", "/originals/a.jpg", new byte[(1 << 20) + 1]).statusCode())
        .isEqualTo(413);
    HttpRequest chunked =
        HttpRequest.newBuilder(site.at("/originals/a.jpg"))
            .PUT(
                BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(new byte[(1 << 20) + 1])))
            .build();
    assertThat(site.send(chunked).statusCode()).isEqualTo(413);
    assertThat(site.page("/")).contains("There are none yet.");
  }

  @Test
  void aDamagedPictureIsShownWithWhatIsWrong() throws Exception {
    byte[] picture = Site.redAndBlue(900, 600);
    byte[] head = java.util.Arrays.copyOf(picture, 200);
    String page = site.page(site.upload("broken.jpg", head));
    assertThat(page).contains("card: SOURCE_DAMAGED").doesNotContain("<picture>");
    assertThat(site.page("/")).contains("broken.jpg");
  }

  @Test
  void namesAreTextWhateverTheySay() throws Exception {
    String name = "<img src=x onerror=alert(1)>\"'&?#%.jpg";
    String place = site.upload(Addresses.path("", name), Site.redAndBlue(300, 200));
    for (String page : new String[] {site.page("/"), site.page(place)}) {
      assertThat(page)
          .doesNotContain("<img src=x")
          .contains("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;?#%.jpg");
    }
    assertThat(Site.picture(site.get(Site.link(site.page(place), "small"))).getWidth())
        .isEqualTo(300);
    byte[] nothing = new byte[0];
    assertThat(site.send("POST", place.replace("/asset/", "/delete/"), nothing).statusCode())
        .isEqualTo(303);
  }

  @Test
  void namesThatLeadOutAreRefused() throws Exception {
    byte[] picture = Site.redAndBlue(30, 20);
    for (String name :
        new String[] {"%2e%2e/a.jpg", "a/%2e%2e/%2e%2e/b.jpg", "", "%00.jpg", "a//b"}) {
      HttpResponse<byte[]> answer = site.send("PUT", "/originals/" + name, picture);
      assertThat(answer.statusCode()).as(name).isEqualTo(400);
    }
    assertThat(site.get("/asset/%2e%2e").statusCode()).isEqualTo(400);
  }

  @Test
  void anotherSitesPageChangesNothing() throws Exception {
    String place = site.upload("a.jpg", Site.redAndBlue(300, 200));
    byte[] none = new byte[0];
    assertThat(site.send("POST", "/delete/a.jpg", none, "Origin", "http://evil.test").statusCode())
        .isEqualTo(403);
    assertThat(
            site.send("POST", "/delete/a.jpg", none, "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(403);
    assertThat(site.send("POST", "/delete/a.jpg", none, "Origin", "null").statusCode())
        .isEqualTo(403);
    assertThat(site.get(place).statusCode()).isEqualTo(200);
    String own = site.dam.address().toString().replaceFirst("/$", "");
    assertThat(
            site.send("POST", "/delete/a.jpg", none, "Origin", own, "Sec-Fetch-Site", "same-origin")
                .statusCode())
        .isEqualTo(303);
  }

  @Test
  void whatIsNotThereAndWhatIsNotDoneIsSaid() throws Exception {
    byte[] none = new byte[0];
    assertThat(site.get("/nothing").statusCode()).isEqualTo(404);
    assertThat(site.get("/asset/no.jpg").statusCode()).isEqualTo(404);
    assertThat(site.get("/r/demo/no.jpg/card-0123456789abcdef.jpg").statusCode()).isEqualTo(404);
    assertThat(site.send("DELETE", "/originals/no.jpg", none).statusCode()).isEqualTo(404);
    assertThat(site.send("POST", "/", none).statusCode()).isEqualTo(405);
    assertThat(site.send("POST", "/originals/a.jpg", none).statusCode()).isEqualTo(405);
    assertThat(site.send("BREW", "/", none).statusCode()).isEqualTo(405);
    assertThat(site.get("/dam.js").headers().firstValue("content-type").orElseThrow())
        .startsWith("text/javascript");
    HttpResponse<byte[]> head = site.send("HEAD", "/", none);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void onlyTheNewestAreListed() throws Exception {
    try (Site small = new Site("dam.shown", "2")) {
      for (String name : new String[] {"a.jpg", "b.jpg", "c.jpg"}) {
        small.upload(name, Site.redAndBlue(30, 20));
      }
      assertThat(Pattern.compile("<li>").matcher(small.page("/")).results().count()).isEqualTo(2);
    }
  }

  @Test
  void foldersAreShownAgainAfterARestart(@TempDir Path folder) throws Exception {
    Path originals = Files.createDirectory(folder.resolve("originals"));
    Path made = Files.createDirectory(folder.resolve("renditions"));
    String[] places = {
      "rendition.originals", "file:" + originals, "rendition.renditions", "file:" + made
    };
    String page;
    try (Site first = new Site(places)) {
      page = first.page(first.upload("folder/beach.jpg", Site.redAndBlue(900, 600)));
    }
    try (Site second = new Site(places)) {
      String again = second.page("/asset/folder/beach.jpg");
      assertThat(Site.link(again, "card")).isEqualTo(Site.link(page, "card"));
      assertThat(again).contains("url(data:image/png;base64,");
      assertThat(second.get(Site.link(page, "print")).statusCode())
          .as("private links end with the process that made them")
          .isEqualTo(403);
    }
  }

  @Test
  void mistakesInSettingsAreToldAtTheStart() {
    assertThatThrownBy(() -> new Site("dam.prot", "1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dam.prot");
    assertThatThrownBy(() -> new Site("dam.port", "70000"))
        .hasMessageContaining("0 to 65535, was \"70000\"");
    assertThatThrownBy(() -> new Site("dam.link-validity", "soon")).hasMessageContaining("10m");
    assertThatThrownBy(() -> new Site("dam.link-validity", "8d"))
        .hasMessageContaining("seven days");
    assertThatThrownBy(() -> new Site("dam.shown", "0")).hasMessageContaining("1 to 1000");
    assertThatThrownBy(() -> new Site("dam.page", ",")).hasMessageContaining("one recipe or more");
    assertThatThrownBy(() -> new Site("rendition.delivery.base", "/")).hasMessageContaining("/r/");
    assertThatThrownBy(() -> new Site("dam.card", "crad"))
        .isInstanceOf(RenditionException.class)
        .hasMessageContaining("crad");
    assertThatThrownBy(() -> new Site("rendition.layuot", "suffix"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("rendition.layout");
  }
}
