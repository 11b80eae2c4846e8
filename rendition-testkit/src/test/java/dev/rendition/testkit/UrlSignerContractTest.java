package dev.rendition.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.SignedUrl;
import dev.rendition.asset.UrlSigner;
import dev.rendition.testkit.UrlSignerContractTest.ToySigner.Slip;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Shows for each rule of the signers' contract a signer that breaks it and is found out. */
class UrlSignerContractTest {
  private static final String WHICH = "dev.rendition.testkit.slip";

  @Test
  void aSignerWithoutSlipsKeepsTheContract() {
    EngineExecutionResults results =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter(WHICH, Slip.NONE.name())
            .selectors(selectClass(OfAToySigner.class))
            .execute();
    assertThat(results.testEvents().failed().list()).isEmpty();
    assertThat(results.testEvents().succeeded().count()).isEqualTo(rules().size());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aSlipIsFoundOut(Slip slip) {
    for (String rule : slip.noticedBy()) {
      EngineExecutionResults results =
          EngineTestKit.engine("junit-jupiter")
              .configurationParameter(WHICH, slip.name())
              .selectors(selectMethod(OfAToySigner.class, rule))
              .execute();
      assertThat(results.testEvents().failed().count())
          .as("%s is noticed by %s", slip, rule)
          .isOne();
    }
  }

  @Test
  void everyRuleHasASlipThatBreaksIt() {
    Set<String> noticed =
        EnumSet.allOf(Slip.class).stream()
            .flatMap(slip -> slip.noticedBy().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(noticed).isEqualTo(rules());
  }

  private static Set<String> rules() {
    return Arrays.stream(UrlSignerContract.class.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .map(method -> method.getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Signs with a keyed checksum that convinces only in tests, and can be told to slip. */
  static final class ToySigner implements UrlSigner {
    /** What goes wrong, and which rules notice. */
    enum Slip {
      NONE(),
      REFUSES_ALL(
          "aFreshLinkIsAccepted", "theLongestValidityIsAccepted", "manyThreadsShareOneSigner"),
      FORGETS_TO_ENCODE_NAMES("everyNameAKeyMayHaveGetsALinkThatIsAccepted"),
      TELLS_ANOTHER_EXPIRY("aLinkExpiresAfterItsValidity"),
      NEVER_EXPIRES("anExpiredLinkIsRefused", "aLinkIsRefusedFromTheMomentItExpires"),
      ACCEPTS_THE_LAST_MOMENT("aLinkIsRefusedFromTheMomentItExpires"),
      LEAVES_THE_EXPIRY_UNSIGNED("aLaterExpiryWrittenIntoTheLinkIsRefused"),
      COMPARES_HALF_THE_SIGNATURE("everyChangedCharacterOfTheSignatureIsRefused"),
      LEAVES_THE_PATH_UNSIGNED(
          "everyChangedCharacterOfThePathIsRefused", "theSignatureOfAnotherKeyIsRefused"),
      ACCEPTS_NO_SIGNATURE("aLinkWithoutItsSignatureIsRefused"),
      LEAVES_THE_TENANT_UNSIGNED("linksOfTwoTenantsAreNotInterchangeable"),
      TAKES_ANY_VALIDITY("aValidityOutOfRangeIsRefused"),
      SIGNS_ONCE_FOR_ALL("signingAgainGivesALinkThatIsValidFromThenOn"),
      TELLS_ITS_SECRET("nothingTellsTheSecret");

      @SuppressWarnings("ImmutableEnumChecker") // made by List.of
      private final List<String> noticedBy;

      Slip(String... noticedBy) {
        this.noticedBy = List.of(noticedBy);
      }

      List<String> noticedBy() {
        return noticedBy;
      }
    }

    private static final Pattern LINK =
        Pattern.compile("https://x\\.test(/[^?]*)\\?until=([0-9]{1,12})(?:&sig=([0-9a-f]*))?");
    private static final AtomicLong FIRST = new AtomicLong();
    private static final String SECRET = "toy-secret";

    private final Slip slip;
    private final Clock clock;

    ToySigner(Slip slip, Clock clock) {
      this.slip = slip;
      this.clock = clock;
    }

    @Override
    public SignedUrl sign(AssetKey key, Duration validity) {
      if (slip != Slip.TAKES_ANY_VALIDITY
          && (validity.isZero()
              || validity.isNegative()
              || validity.compareTo(Duration.ofDays(1)) > 0)) {
        throw new IllegalArgumentException("validity " + validity);
      }
      long until = clock.instant().plusMillis(999).plus(validity).getEpochSecond();
      if (slip == Slip.SIGNS_ONCE_FOR_ALL) {
        FIRST.compareAndSet(0, until);
        until = FIRST.get();
      }
      String path = "/" + (slip == Slip.FORGETS_TO_ENCODE_NAMES ? key.toString() : encoded(key));
      URI uri =
          URI.create(
              "https://x.test" + path + "?until=" + until + "&sig=" + signature(path, until));
      Instant told = Instant.ofEpochSecond(until);
      return new SignedUrl(uri, slip == Slip.TELLS_ANOTHER_EXPIRY ? told.plusSeconds(60) : told);
    }

    boolean accepts(URI link) {
      Matcher found = LINK.matcher(link.toString());
      if (!found.matches() || slip == Slip.REFUSES_ALL) {
        return false;
      }
      long until = Long.parseLong(found.group(2));
      if (slip != Slip.NEVER_EXPIRES) {
        long now = clock.instant().getEpochSecond();
        if (slip == Slip.ACCEPTS_THE_LAST_MOMENT ? now > until : now >= until) {
          return false;
        }
      }
      String given = found.group(3);
      if (given == null || given.isEmpty()) {
        return slip == Slip.ACCEPTS_NO_SIGNATURE;
      }
      String right = signature(found.group(1), until);
      return slip == Slip.COMPARES_HALF_THE_SIGNATURE
          ? given.length() == right.length() && given.startsWith(right.substring(0, 16))
          : given.equals(right);
    }

    private static String encoded(AssetKey key) {
      return Arrays.stream(key.toString().split("/", -1))
          .map(segment -> URLEncoder.encode(segment, UTF_8))
          .collect(Collectors.joining("/"));
    }

    private String signature(String path, long until) {
      String signed = path;
      if (slip == Slip.LEAVES_THE_PATH_UNSIGNED) {
        signed = "";
      } else if (slip == Slip.LEAVES_THE_TENANT_UNSIGNED) {
        signed = path.substring(path.indexOf('/', 1));
      }
      String text = SECRET + signed + (slip == Slip.LEAVES_THE_EXPIRY_UNSIGNED ? "" : "|" + until);
      StringBuilder out = new StringBuilder();
      for (int i = 0; i < 4; i++) {
        out.append(String.format("%08x", (i + text).hashCode()));
      }
      return out.toString();
    }

    @Override
    public String toString() {
      return slip == Slip.TELLS_ITS_SECRET ? "ToySigner[" + SECRET + "]" : "ToySigner";
    }
  }

  /** The contract, of a signer that slips as a parameter of the run says. */
  @ExtendWith(Which.class)
  static class OfAToySigner extends UrlSignerContract {
    private static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");

    private final Slip slip;

    OfAToySigner(Slip slip) {
      this.slip = slip;
    }

    @Override
    protected UrlSigner newSigner(Clock clock) {
      return new ToySigner(slip, clock);
    }

    @Override
    protected boolean accepts(URI link) {
      return new ToySigner(slip, FixedClock.at(NOW)).accepts(link);
    }

    @Override
    protected Instant now() {
      return NOW;
    }

    @Override
    protected Duration longestValidity() {
      return Duration.ofDays(1);
    }

    @Override
    protected String signatureParameter() {
      return "sig";
    }

    @Override
    protected String expiryParameter() {
      return "until";
    }

    @Override
    protected List<String> secrets() {
      return List.of(ToySigner.SECRET);
    }
  }

  /** Hands the parameter over. */
  static final class Which implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Slip.class;
    }

    @Override
    public Slip resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return Slip.valueOf(context.getConfigurationParameter(WHICH).orElseThrow());
    }
  }
}
