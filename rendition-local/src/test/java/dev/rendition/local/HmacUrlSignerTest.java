package dev.rendition.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.UrlSigner;
import dev.rendition.local.LinkCheck.Accepted;
import dev.rendition.local.LinkCheck.Reason;
import dev.rendition.local.LinkCheck.Refused;
import dev.rendition.testkit.FixedClock;
import dev.rendition.testkit.UrlSignerContract;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class HmacUrlSignerTest extends UrlSignerContract {
  private static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");
  private static final URI BASE = URI.create("https://img.example.com/a/");
  private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
  private static final byte[] OLD_SECRET = "fedcba9876543210fedcba9876543210".getBytes(UTF_8);
  private static final AssetKey KEY = AssetKey.of("acme", "photos/hero one.jpg");
  private static final Duration HOUR = Duration.ofHours(1);

  private final FixedClock clock = FixedClock.at(NOW);
  private final HmacUrlSigner signer =
      HmacUrlSigner.builder(BASE).key("k1", SECRET).clock(clock).build();

  @Override
  protected UrlSigner newSigner(Clock at) {
    return HmacUrlSigner.builder(BASE).key("k1", SECRET).clock(at).build();
  }

  @Override
  protected boolean accepts(URI link) {
    return signer.verify(link).key().isPresent();
  }

  @Override
  protected Instant now() {
    return NOW;
  }

  @Override
  protected Duration longestValidity() {
    return HmacUrlSigner.DEFAULT_MAX_VALIDITY;
  }

  @Override
  protected String signatureParameter() {
    return "sig";
  }

  @Override
  protected String expiryParameter() {
    return "expires";
  }

  @Override
  protected List<String> secrets() {
    return List.of(
        new String(SECRET, UTF_8),
        Base64.getEncoder().encodeToString(SECRET),
        Base64.getUrlEncoder().withoutPadding().encodeToString(SECRET));
  }

  @Test
  void theLinkIsWrittenAsDocumented() {
    // HMAC worked out with: printf 'rendition link
    // 1\nk1\n1717246800\n/a/acme/photos/hero%%20one.jpg'
    // | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef -binary | base64url
    assertThat(signer.sign(KEY, HOUR).uri())
        .hasToString(
            "https://img.example.com/a/acme/photos/hero%20one.jpg?expires=1717246800&kid=k1&sig="
                + "cp5w9CjHh7dbUZ4SQhgwfLut_PKonEaWrBViKSGqpSg");
  }

  @Test
  void aGoodLinkTellsItsAssetAndExpiry() {
    URI link = signer.sign(KEY, HOUR).uri();
    assertThat(signer.verify(link)).isEqualTo(new Accepted(KEY, NOW.plus(HOUR)));
    assertThat(signer.verify(link.getRawPath() + "?" + link.getRawQuery()))
        .isEqualTo(new Accepted(KEY, NOW.plus(HOUR)));
  }

  @Test
  void aLinkIsAcceptedUpToItsLastNanosecond() {
    URI link = signer.sign(KEY, HOUR).uri();
    clock.set(NOW.plus(HOUR).minusNanos(1));
    assertThat(signer.verify(link).key()).contains(KEY);
    clock.set(NOW.plus(HOUR));
    assertThat(signer.verify(link)).isEqualTo(new Refused(Reason.EXPIRED));
  }

  @Test
  void aLinkIsNeverValidForLessThanAsked() {
    clock.set(NOW.plusNanos(1));
    assertThat(signer.sign(KEY, Duration.ofNanos(1)).expiresAt()).isEqualTo(NOW.plusSeconds(1));
  }

  @Test
  void everyFlippedBitIsRefused() {
    for (AssetKey key : List.of(KEY, AssetKey.of("t", "\u00e9\ud83d\udcf7/%+?.jpg"))) {
      URI link = signer.sign(key, HOUR).uri();
      String text = link.getRawPath() + "?" + link.getRawQuery();
      assertThat(signer.verify(text).key()).contains(key);
      for (int i = 0; i < text.length(); i++) {
        for (int bit = 0; bit < 16; bit++) {
          char flipped = (char) (text.charAt(i) ^ 1 << bit);
          String changed = text.substring(0, i) + flipped + text.substring(i + 1);
          assertThat(signer.verify(changed).key()).as(changed).isEmpty();
        }
      }
    }
  }

  @Test
  void everyCutAndEveryInsertionIsRefused() {
    URI link = signer.sign(KEY, HOUR).uri();
    String text = link.getRawPath() + "?" + link.getRawQuery();
    for (int i = 0; i <= text.length(); i++) {
      if (i < text.length()) {
        assertThat(signer.verify(text.substring(0, i)).key()).isEmpty();
      }
      for (String more : List.of("a", "0", "/", "./", "%", "%2F", "&", "=", "?", "#", "\n", " ")) {
        String changed = text.substring(0, i) + more + text.substring(i);
        assertThat(signer.verify(changed).key()).as(changed).isEmpty();
      }
    }
  }

  @Test
  void otherSpellingsOfAGoodLinkAreMalformed() {
    String query = "?" + signer.sign(KEY, HOUR).uri().getRawQuery();
    String[] parts = query.substring(1).split("&", -1);
    for (String changed :
        List.of(
            "/a/acme/photos/hero+one.jpg" + query,
            "/a/acme/photos/hero one.jpg" + query,
            "/a/acme/photos/hero%20%6Fne.jpg" + query,
            "/a/acme//photos/hero%20one.jpg" + query,
            "/a/acme/./photos/hero%20one.jpg" + query,
            "/a/acme/x/../photos/hero%20one.jpg" + query,
            "/a/acme/%2E%2E/acme/photos/hero%20one.jpg" + query,
            "/a/../a/acme/photos/hero%20one.jpg" + query,
            "/acme/photos/hero%20one.jpg" + query,
            "/a/acme/photos%2Fhero%20one.jpg" + query,
            "/a/acme/photos/hero%20one.jpg" + query + "&x=1",
            "/a/acme/photos/hero%20one.jpg" + query + "&" + parts[2],
            "/a/acme/photos/hero%20one.jpg?x=1&" + query.substring(1),
            "/a/acme/photos/hero%20one.jpg?" + parts[1] + "&" + parts[0] + "&" + parts[2],
            "/a/acme/photos/hero%20one.jpg" + query.replace("expires=", "expires=0"),
            "/a/acme/photos/hero%20one.jpg" + query.replace("expires=", "expires=+"),
            "/a/acme/photos/hero%20one.jpg" + query + "=",
            "/a/acme/photos/hero%20one.jpg" + query + "#f")) {
      assertThat(signer.verify(changed)).as(changed).isEqualTo(new Refused(Reason.MALFORMED));
    }
  }

  @Test
  void anotherHostOrSchemeIsMalformed() {
    String link = signer.sign(KEY, HOUR).uri().toString();
    for (String changed :
        List.of(
            link.replace("https:", "http:"),
            link.replace("img.example.com", "img.example.com.evil.test"),
            link.replace("img.example.com", "evil@img.example.com"),
            link.replace("img.example.com", "img.example.com:443"))) {
      assertThat(signer.verify(URI.create(changed)))
          .as(changed)
          .isEqualTo(new Refused(Reason.MALFORMED));
    }
  }

  @Test
  void rubbishIsMalformedAndNeverThrows() {
    for (String text :
        List.of("", "?", "/", "a", "/a/?", "/a/%", "/a/%zz?", "\0", "/a/x?" + "y".repeat(20_000))) {
      assertThat(signer.verify(text)).isEqualTo(new Refused(Reason.MALFORMED));
    }
    assertThat(signer.verify(URI.create("mailto:a@b"))).isEqualTo(new Refused(Reason.MALFORMED));
  }

  @Test
  void theFirstKeySignsAndAllVerify() {
    URI old =
        HmacUrlSigner.builder(BASE)
            .key("k0", OLD_SECRET)
            .clock(clock)
            .build()
            .sign(KEY, HOUR)
            .uri();
    HmacUrlSigner both =
        HmacUrlSigner.builder(BASE).key("k1", SECRET).key("k0", OLD_SECRET).clock(clock).build();
    assertThat(both.verify(old).key()).contains(KEY);
    assertThat(both.sign(KEY, HOUR).uri()).isEqualTo(signer.sign(KEY, HOUR).uri());
    assertThat(signer.verify(old)).isEqualTo(new Refused(Reason.UNKNOWN_KEY));
  }

  @Test
  void anotherSecretOfTheSameIdIsABadSignature() {
    URI forged =
        HmacUrlSigner.builder(BASE)
            .key("k1", OLD_SECRET)
            .clock(clock)
            .build()
            .sign(KEY, HOUR)
            .uri();
    assertThat(signer.verify(forged)).isEqualTo(new Refused(Reason.BAD_SIGNATURE));
  }

  @Test
  void anExpiredForgeryIsABadSignatureNotExpired() {
    String link = signer.sign(KEY, HOUR).uri().toString();
    assertThat(signer.verify(URI.create(link.replace("expires=17", "expires=16"))))
        .isEqualTo(new Refused(Reason.BAD_SIGNATURE));
  }

  @Test
  void linksMayBePathsFromTheRoot() {
    HmacUrlSigner local =
        HmacUrlSigner.builder(URI.create("/assets")).key("k1", SECRET).clock(clock).build();
    URI link = local.sign(KEY, HOUR).uri();
    assertThat(link.toString()).startsWith("/assets/acme/photos/");
    assertThat(local.verify(link).key()).contains(KEY);
  }

  @Test
  void unusableBasesAreRefused() {
    for (String base :
        List.of(
            "ftp://a/",
            "https:///a/",
            "mailto:a@b",
            "assets/",
            "https://u@a/",
            "https://a/?x=1",
            "https://a/#f",
            "https://a/b/../c/",
            "/a//b",
            "//host/a")) {
      assertThatIllegalArgumentException()
          .as(base)
          .isThrownBy(() -> HmacUrlSigner.builder(URI.create(base)));
    }
  }

  @Test
  void weakOrUnclearKeysAreRefusedWithoutTellingThem() {
    HmacUrlSigner.Builder builder = HmacUrlSigner.builder(BASE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.key("k1", "hunter2hunter2!".getBytes(UTF_8)))
        .withMessageContaining("k1")
        .withMessageContaining("16 bytes")
        .withMessageNotContaining("hunter2");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.key("k&1", SECRET));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.key("", SECRET));
    assertThatIllegalStateException().isThrownBy(builder::build);
    builder.key("k1", SECRET);
    assertThatIllegalArgumentException().isThrownBy(() -> builder.key("k1", OLD_SECRET));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxValidity(Duration.ZERO));
  }

  @Test
  void aSecretChangedAfterwardsChangesNothing() {
    byte[] secret = SECRET.clone();
    HmacUrlSigner careful = HmacUrlSigner.builder(BASE).key("k1", secret).clock(clock).build();
    secret[0] ^= 1;
    assertThat(careful.sign(KEY, HOUR).uri()).isEqualTo(signer.sign(KEY, HOUR).uri());
  }
}
