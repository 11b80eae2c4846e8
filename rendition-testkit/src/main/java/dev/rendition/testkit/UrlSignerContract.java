package dev.rendition.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.SignedUrl;
import dev.rendition.asset.UrlSigner;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What every {@link UrlSigner} promises; each test is one rule. Whatever honours the links takes
 * part: a verifier, or a server that is asked for real.
 */
public abstract class UrlSignerContract {
  private static final AssetKey KEY = AssetKey.of("acme", "photos/2024/hero.jpg");
  private static final AssetKey OTHER = AssetKey.of("acme", "photos/2024/zero.jpg");
  private static final Duration HOUR = Duration.ofHours(1);

  /** For subclasses. */
  protected UrlSignerContract() {}

  /** Returns a signer that takes the time from {@code clock}; all of them share their secrets. */
  protected abstract UrlSigner newSigner(Clock clock);

  /** Returns whether a link is honoured at {@link #now()}. */
  protected abstract boolean accepts(URI link) throws IOException;

  /** Returns the longest validity the signer takes. */
  protected abstract Duration longestValidity();

  /** Returns the name of the query parameter that holds the signature. */
  protected abstract String signatureParameter();

  /**
   * Returns the name of the query parameter that says, as a number, until when or how long the link
   * is valid.
   */
  protected abstract String expiryParameter();

  /** Returns texts that must never show up in a link or a log: secrets in every form they have. */
  protected abstract List<String> secrets();

  /** Returns the time of whoever honours links; the system's unless that can be set. */
  protected Instant now() {
    return Instant.now();
  }

  /** Makes a key readable if it is asked for with a good link. Does nothing unless overridden. */
  protected void prepare(AssetKey key) throws IOException {}

  /** Returns every how many characters a link is tampered with: more than 1 for a slow server. */
  protected int tamperStep() {
    return 1;
  }

  @Test
  void aFreshLinkIsAccepted() throws Exception {
    prepare(KEY);
    assertThat(accepts(link(KEY))).isTrue();
  }

  @Test
  void everyNameAKeyMayHaveGetsALinkThatIsAccepted() throws Exception {
    for (String name : HostileNames.ALL) {
      AssetKey key = AssetKey.of("acme", "names/" + name);
      prepare(key);
      assertThat(accepts(link(key))).as(name).isTrue();
    }
  }

  @Test
  void aLinkExpiresAfterItsValidity() {
    for (Duration validity : List.of(Duration.ofSeconds(1), HOUR, longestValidity())) {
      assertThat(signerAt(now()).sign(KEY, validity).expiresAt())
          .isCloseTo(now().plus(validity), within(2, ChronoUnit.SECONDS));
    }
  }

  @Test
  void anExpiredLinkIsRefused() throws Exception {
    prepare(KEY);
    for (Duration ago : List.of(Duration.ofSeconds(2), HOUR, Duration.ofDays(1_000))) {
      SignedUrl link = signerAt(now().minus(HOUR).minus(ago)).sign(KEY, HOUR);
      assertThat(accepts(link.uri())).as("expired %s ago", ago).isFalse();
    }
  }

  @Test
  void aLinkIsRefusedFromTheMomentItExpires() throws Exception {
    prepare(KEY);
    Instant now = now().truncatedTo(ChronoUnit.SECONDS);
    SignedUrl link = signerAt(now.minus(HOUR)).sign(KEY, HOUR);
    assertThat(link.expiresAt()).isBeforeOrEqualTo(now);
    assertThat(accepts(link.uri())).isFalse();
  }

  @Test
  void aLaterExpiryWrittenIntoTheLinkIsRefused() throws Exception {
    prepare(KEY);
    String text = link(KEY).toString();
    Matcher found = parameter(expiryParameter()).matcher(text);
    assertThat(found.find()).as("the parameter %s in the link", expiryParameter()).isTrue();
    long value = Long.parseLong(found.group(2));
    for (long later : new long[] {value + 1, value + 60, value * 10}) {
      String changed = text.substring(0, found.start(2)) + later + text.substring(found.end(2));
      assertThat(accepts(URI.create(changed))).as("%s instead of %s", later, value).isFalse();
    }
    SignedUrl expired = signerAt(now().minus(HOUR).minus(HOUR)).sign(KEY, HOUR);
    String expiry = found.group(2);
    String revived =
        parameter(expiryParameter()).matcher(expired.uri().toString()).replaceFirst("$1" + expiry);
    if (!revived.equals(expired.uri().toString())) {
      assertThat(accepts(URI.create(revived))).as("an expired link brought back").isFalse();
    }
  }

  @Test
  void everyChangedCharacterOfTheSignatureIsRefused() throws Exception {
    prepare(KEY);
    String text = link(KEY).toString();
    Matcher found = parameter(signatureParameter()).matcher(text);
    assertThat(found.find()).as("the parameter %s in the link", signatureParameter()).isTrue();
    requireEveryChangeRefused(text, found.start(2), found.end(2));
  }

  @Test
  void everyChangedCharacterOfThePathIsRefused() throws Exception {
    prepare(KEY);
    URI link = link(KEY);
    String text = link.toString();
    int query = text.indexOf('?');
    requireEveryChangeRefused(text, query - link.getRawPath().length(), query);
  }

  private void requireEveryChangeRefused(String text, int from, int to) throws IOException {
    for (int i = from; i < to; i += tamperStep()) {
      for (char other : new char[] {'A', 'b', '7', '-', '_', '.'}) {
        if (text.charAt(i) != other) {
          URI changed = URI.create(text.substring(0, i) + other + text.substring(i + 1));
          assertThat(accepts(changed)).as("%s at %s", other, i).isFalse();
        }
      }
      URI shorter = URI.create(text.substring(0, i) + text.substring(i + 1));
      assertThat(accepts(shorter)).as("without the character at %s", i).isFalse();
    }
  }

  @Test
  void theSignatureOfAnotherKeyIsRefused() throws Exception {
    prepare(KEY);
    prepare(OTHER);
    UrlSigner signer = signerAt(now());
    String mine = signer.sign(KEY, HOUR).uri().toString();
    String other = signer.sign(OTHER, HOUR).uri().toString();
    Matcher found = parameter(signatureParameter()).matcher(other);
    assertThat(found.find()).isTrue();
    String swapped =
        parameter(signatureParameter())
            .matcher(mine)
            .replaceFirst("$1" + Matcher.quoteReplacement(found.group(2)));
    assertThat(accepts(URI.create(swapped))).isFalse();
  }

  @Test
  void aLinkWithoutItsSignatureIsRefused() throws Exception {
    prepare(KEY);
    String text = link(KEY).toString();
    Pattern signature = parameter(signatureParameter());
    for (String changed :
        List.of(
            signature.matcher(text).replaceFirst("$1"),
            signature.matcher(text).replaceFirst(""),
            text.substring(0, text.indexOf('?')),
            text.substring(0, text.indexOf('?') + 1))) {
      assertThat(accepts(URI.create(changed))).as(changed).isFalse();
    }
  }

  @Test
  void linksOfTwoTenantsAreNotInterchangeable() throws Exception {
    AssetKey ours = AssetKey.of("acme", "a.jpg");
    AssetKey theirs = AssetKey.of("bcme", "a.jpg");
    prepare(ours);
    prepare(theirs);
    String link = link(ours).toString();
    String stolen = link.replaceFirst("/acme/", "/bcme/");
    assertThat(stolen).isNotEqualTo(link);
    assertThat(accepts(URI.create(stolen))).isFalse();
    AssetKey shifted = AssetKey.of("acme", "b/c");
    AssetKey joined = AssetKey.of("acme.b", "c");
    assertThat(link(shifted)).isNotEqualTo(link(joined));
  }

  @Test
  void aValidityOutOfRangeIsRefused() {
    UrlSigner signer = signerAt(now());
    for (Duration validity :
        List.of(
            Duration.ZERO,
            Duration.ofNanos(-1),
            Duration.ofHours(-1),
            longestValidity().plusSeconds(1),
            Duration.ofSeconds(Long.MAX_VALUE),
            Duration.ofSeconds(Long.MIN_VALUE))) {
      assertThatIllegalArgumentException()
          .as("validity %s", validity)
          .isThrownBy(() -> signer.sign(KEY, validity));
    }
  }

  @Test
  void theLongestValidityIsAccepted() throws Exception {
    prepare(KEY);
    assertThat(accepts(signerAt(now()).sign(KEY, longestValidity()).uri())).isTrue();
  }

  @Test
  void signingAgainGivesALinkThatIsValidFromThenOn() {
    Instant first = signerAt(now()).sign(KEY, HOUR).expiresAt();
    Instant second = signerAt(now().plusSeconds(60)).sign(KEY, HOUR).expiresAt();
    assertThat(second).isAfter(first);
  }

  @Test
  void nothingTellsTheSecret() {
    UrlSigner signer = signerAt(now());
    SignedUrl link = signer.sign(KEY, HOUR);
    Matcher found = parameter(signatureParameter()).matcher(link.uri().toString());
    assertThat(found.find()).isTrue();
    assertThat(link.toString()).doesNotContain(found.group(2));
    for (String secret : secrets()) {
      assertThat(signer.toString()).doesNotContain(secret);
      assertThat(link.uri().toString()).doesNotContain(secret);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> signer.sign(KEY, Duration.ZERO))
        .satisfies(
            e -> {
              for (String secret : secrets()) {
                assertThat(e.toString()).doesNotContain(secret);
              }
            });
  }

  @Test
  void manyThreadsShareOneSigner() throws Exception {
    UrlSigner signer = signerAt(now());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<URI>> tasks = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        AssetKey key = AssetKey.of("acme", "threads/" + i % 10);
        prepare(key);
        tasks.add(() -> signer.sign(key, HOUR).uri());
      }
      for (Future<URI> each : threads.invokeAll(tasks)) {
        assertThat(accepts(each.get())).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private URI link(AssetKey key) {
    return signerAt(now()).sign(key, HOUR).uri();
  }

  private UrlSigner signerAt(Instant moment) {
    return newSigner(Clock.fixed(moment, ZoneOffset.UTC));
  }

  private static Pattern parameter(String name) {
    return Pattern.compile("([?&]" + Pattern.quote(name) + "=)([^&]*)");
  }
}
