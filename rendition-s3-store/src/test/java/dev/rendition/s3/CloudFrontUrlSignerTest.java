package dev.rendition.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rendition.Renditions;
import dev.rendition.UrlPolicy;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.asset.SignedUrl;
import dev.rendition.asset.UrlSigner;
import dev.rendition.testkit.UrlSignerContract;
import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudfront.CloudFrontUtilities;
import software.amazon.awssdk.services.cloudfront.model.CannedSignerRequest;
import software.amazon.awssdk.services.cloudfront.model.CustomSignerRequest;

/**
 * Links of CloudFront, honoured by a verifier that knows the public key alone and follows the
 * developer guide, and compared with those of the SDK.
 */
class CloudFrontUrlSignerTest extends UrlSignerContract {
  private static final URI BASE = URI.create("https://d111111abcdef8.cloudfront.net/");
  private static final KeyPair KEYS = newKeys();
  private static final Pattern CANNED =
      Pattern.compile(
          "Expires=([0-9]{1,11})&Signature=([A-Za-z0-9_~-]+)&Key-Pair-Id=K2JCJMDEHXQW5F");
  private static final AssetKey KEY = AssetKey.of("acme", "photos/über & more/a+b.jpg");

  @Override
  protected UrlSigner newSigner(Clock clock) {
    return signer(clock);
  }

  @Override
  protected boolean accepts(URI link) {
    String text = link.toString();
    int question = text.indexOf('?');
    Matcher query = CANNED.matcher(question < 0 ? "" : text.substring(question + 1));
    if (!query.matches()) {
      return false;
    }
    String policy =
        "{\"Statement\":[{\"Resource\":\""
            + text.substring(0, question)
            + "\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":"
            + query.group(1)
            + "}}}]}";
    return verifies(policy, query.group(2))
        && now().isBefore(Instant.ofEpochSecond(Long.parseLong(query.group(1))));
  }

  private static boolean verifies(String policy, String text) {
    try {
      String base64 = text.replace('-', '+').replace('_', '=').replace('~', '/');
      byte[] bytes = Base64.getDecoder().decode(base64);
      Signature signature = Signature.getInstance("SHA1withRSA");
      signature.initVerify(KEYS.getPublic());
      signature.update(policy.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(bytes).equals(base64) && signature.verify(bytes);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  protected Duration longestValidity() {
    return CloudFrontUrlSigner.MAX_VALIDITY;
  }

  @Override
  protected String signatureParameter() {
    return "Signature";
  }

  @Override
  protected String expiryParameter() {
    return "Expires";
  }

  @Override
  protected List<String> secrets() {
    byte[] key = KEYS.getPrivate().getEncoded();
    BigInteger exponent = ((RSAPrivateCrtKey) KEYS.getPrivate()).getPrivateExponent();
    return List.of(
        Base64.getEncoder().encodeToString(key), exponent.toString(), exponent.toString(16));
  }

  @Test
  void cannedLinksAreThoseOfTheSdk() {
    Instant now = Instant.parse("2024-02-29T12:00:00Z");
    String resource = "https://d111111abcdef8.cloudfront.net/acme/plain/a.jpg";
    CannedSignerRequest request =
        CannedSignerRequest.builder()
            .resourceUrl(resource)
            .keyPairId("K2JCJMDEHXQW5F")
            .privateKey(KEYS.getPrivate())
            .expirationDate(now.plusSeconds(600))
            .build();
    assertThat(
            signer(Clock.fixed(now, ZoneOffset.UTC))
                .sign(AssetKey.of("acme", "plain/a.jpg"), Duration.ofMinutes(10))
                .uri()
                .toString())
        .isEqualTo(CloudFrontUtilities.create().getSignedUrlWithCannedPolicy(request).url());
  }

  @Test
  void customLinksHoldWhatThoseOfTheSdkHold() {
    Instant from = Instant.parse("2024-02-29T12:00:00Z");
    CustomSignerRequest request =
        CustomSignerRequest.builder()
            .resourceUrl("https://d111111abcdef8.cloudfront.net/acme/plain/a.jpg")
            .keyPairId("K2JCJMDEHXQW5F")
            .privateKey(KEYS.getPrivate())
            .activeDate(from)
            .expirationDate(from.plusSeconds(600))
            .ipRange("192.0.2.0/24")
            .build();
    SignedUrl ours =
        signer(Clock.systemUTC())
            .sign(AssetKey.of("acme", "plain/a.jpg"), from, Duration.ofMinutes(10), "192.0.2.0/24");
    String theirs = CloudFrontUtilities.create().getSignedUrlWithCustomPolicy(request).url();
    assertThat(ours.expiresAt()).isEqualTo(from.plusSeconds(600));
    for (String link : List.of(ours.uri().toString(), theirs)) {
      Matcher found =
          Pattern.compile(".*\\?Policy=([^&]+)&Signature=([^&]+)&Key-Pair-Id=K2JCJMDEHXQW5F")
              .matcher(link);
      assertThat(found.matches()).as(link).isTrue();
      String policy = decoded(found.group(1));
      assertThat(verifies(policy, found.group(2))).isTrue();
      assertThat(policy)
          .contains("\"Resource\":\"https://d111111abcdef8.cloudfront.net/acme/plain/a.jpg\"")
          .contains("\"DateLessThan\":{\"AWS:EpochTime\":1709208600}")
          .contains("\"DateGreaterThan\":{\"AWS:EpochTime\":1709208000}")
          .contains("\"IpAddress\":{\"AWS:SourceIp\":\"192.0.2.0/24\"}");
    }
  }

  /**
   * CloudFront takes a signed policy in either form of a link, and asterisks in it as wildcards.
   */
  @Test
  void aSignatureForAKeyWithAnAsteriskIsForThatKeyAlone() {
    UrlSigner signer = signer(Clock.systemUTC());
    for (String name : List.of("*", "photos/*", "photos/*.jpg", "???")) {
      assertThat(signer.sign(AssetKey.of("acme", name), Duration.ofMinutes(1)).uri().getRawPath())
          .doesNotContain("*")
          .doesNotContain("?");
    }
    SignedFolder folder = signer(Clock.systemUTC()).signFolder("acme", "a*", Duration.ofMinutes(1));
    assertThat(resource(folder.link(AssetKey.of("acme", "a*/b*")).uri()))
        .isEqualTo(BASE + "acme/a%2A/*");
  }

  @Test
  void oneSignatureOpensAFolderAndNothingBesideIt() {
    Instant now = Instant.parse("2024-02-29T12:00:00Z");
    SignedFolder folder =
        signer(Clock.fixed(now, ZoneOffset.UTC))
            .signFolder("acme", "photos/über & more", Duration.ofMinutes(10));
    SignedUrl link = folder.link(KEY);
    assertThat(folder.expiresAt()).isEqualTo(link.expiresAt()).isEqualTo(now.plusSeconds(600));
    assertThat(link.uri().toString())
        .startsWith(BASE + "acme/photos/%C3%BCber%20&%20more/a%2Bb.jpg?Policy=");
    assertThat(resource(link.uri())).isEqualTo(BASE + "acme/photos/%C3%BCber%20&%20more/*");
    assertThat(folder.link(KEY.withPath("photos/über & more/deeper/c.jpg")).uri().getRawQuery())
        .isEqualTo(link.uri().getRawQuery());
    for (AssetKey elsewhere :
        List.of(
            AssetKey.of("acme", "photos/über & more"),
            AssetKey.of("acme", "photos/über & moreover/a.jpg"),
            AssetKey.of("bcme", "photos/über & more/a.jpg"))) {
      assertThatIllegalArgumentException().isThrownBy(() -> folder.link(elsewhere));
    }
    assertThat(folder.toString()).contains("acme/photos").doesNotContain("Policy");
  }

  @Test
  void aWholeTenantIsAFolderToo() {
    SignedFolder tenant = signer(Clock.systemUTC()).signFolder("acme", "", Duration.ofMinutes(1));
    assertThat(resource(tenant.link(AssetKey.of("acme", "a.jpg")).uri()))
        .isEqualTo(BASE + "acme/*");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tenant.link(AssetKey.of("acme2", "a.jpg")));
    for (String folder : List.of("..", "a//b", "/", "a/")) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> signer(Clock.systemUTC()).signFolder("acme", folder, Duration.ofMinutes(1)));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> signer(Clock.systemUTC()).signFolder("acme", "a", Duration.ZERO));
  }

  /** Returns what the policy of a link is for, if its signature is good. */
  private static String resource(URI link) {
    Matcher found =
        Pattern.compile("Policy=([^&]+)&Signature=([^&]+)&Key-Pair-Id=K2JCJMDEHXQW5F")
            .matcher(link.getRawQuery());
    assertThat(found.matches()).isTrue();
    String policy = decoded(found.group(1));
    assertThat(verifies(policy, found.group(2))).isTrue();
    Matcher resource =
        Pattern.compile(
                "\\{\"Statement\":\\[\\{\"Resource\":\"([^\"]+)\",\"Condition\":\\{\"DateLessThan\":"
                    + "\\{\"AWS:EpochTime\":[0-9]+}}}]}")
            .matcher(policy);
    assertThat(resource.matches()).as(policy).isTrue();
    return resource.group(1);
  }

  @Test
  void addressesThatAreNoneAreRefused() {
    for (String addresses : List.of("\"}}", "example.com", "::1", "1.2.3.4/24,5.6.7.8")) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  signer(Clock.systemUTC())
                      .sign(KEY, Instant.now(), Duration.ofMinutes(1), addresses));
    }
  }

  @Test
  void privateAndPublicLinksNameAnAssetAlike() throws Exception {
    try (Renditions renditions =
        Renditions.builder()
            .originals(new MemoryAssetStore())
            .renditions(new MemoryAssetStore())
            .generator(Nobody.GENERATOR)
            .publicBase(BASE)
            .signer(signer(Clock.systemUTC()))
            .build()) {
      String signed = renditions.url(KEY, UrlPolicy.signed(Duration.ofMinutes(1))).toString();
      assertThat(signed.substring(0, signed.indexOf('?')))
          .isEqualTo(renditions.url(KEY, UrlPolicy.publicLink()).toString());
    }
  }

  @Test
  void keysAreReadInBothFormsAndOnOneLine() {
    RSAPrivateCrtKey key = (RSAPrivateCrtKey) KEYS.getPrivate();
    String pem = pem("PRIVATE KEY", key.getEncoded());
    // PKCS #8 of an RSA key of 2,048 bits has 26 bytes before the PKCS #1 structure.
    byte[] whole = key.getEncoded();
    byte[] inner = java.util.Arrays.copyOfRange(whole, 26, whole.length);
    String old = pem("RSA PRIVATE KEY", inner);
    for (String text : List.of(pem, old, pem.replace("\n", "\\n"), old.replace("\n", " "))) {
      assertThat(PrivateKeys.read(text)).isEqualTo(key);
    }
  }

  @Test
  void aKeyThatCannotBeReadIsNotQuoted() {
    String secret = "c2VjcmV0LXNlY3JldC1zZWNyZXQ=";
    for (String text :
        List.of(
            secret,
            "-----BEGIN PRIVATE KEY-----\n" + secret + "\n-----END PRIVATE KEY-----",
            "-----BEGIN RSA PRIVATE KEY-----\n" + secret + "\n-----END RSA PRIVATE KEY-----",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + secret)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CloudFrontUrlSigner.of(BASE, "K2JCJMDEHXQW5F", text))
          .satisfies(e -> assertThat(e.toString()).doesNotContain("c2Vj"))
          .withNoCause();
    }
  }

  private static CloudFrontUrlSigner signer(Clock clock) {
    return CloudFrontUrlSigner.of(BASE, "K2JCJMDEHXQW5F", KEYS.getPrivate(), clock);
  }

  private static String decoded(String text) {
    return new String(
        Base64.getDecoder().decode(text.replace('-', '+').replace('_', '=').replace('~', '/')),
        UTF_8);
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
