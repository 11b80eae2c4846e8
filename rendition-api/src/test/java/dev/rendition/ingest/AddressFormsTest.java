package dev.rendition.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.MemoryAssetStore;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to write an address that is not public is refused before anything is asked. */
class AddressFormsTest {
  private static final AssetKey KEY = AssetKey.of("acme", "a.png");

  /** Each line: the reason, then hosts as they stand in a URL. */
  private static final String FORMS =
      """
      ADDRESS_REFUSED 127.0.0.1 127.0.0.2 127.255.255.254 127.0.0.1.
      ADDRESS_REFUSED 0.0.0.0 0.0.0.1 0.255.255.255
      ADDRESS_REFUSED 10.0.0.0 10.0.0.1 10.255.255.255 172.16.0.0 172.16.0.1 172.31.255.255
      ADDRESS_REFUSED 192.168.0.1 192.168.255.255
      ADDRESS_REFUSED 100.64.0.0 100.64.0.1 100.127.255.255 100.100.100.200
      ADDRESS_REFUSED 169.254.0.1 169.254.169.254 169.254.170.2 168.63.129.16
      ADDRESS_REFUSED 192.0.0.1 192.0.0.192 192.0.2.1 198.51.100.7 203.0.113.9
      ADDRESS_REFUSED 192.31.196.1 192.52.193.1 192.88.99.1 192.175.48.1 198.18.0.1 198.19.255.255
      ADDRESS_REFUSED 224.0.0.1 239.255.255.250 240.0.0.1 254.255.255.255 255.255.255.255
      ADDRESS_REFUSED [::1] [::] [0:0:0:0:0:0:0:1] [0000:0000:0000:0000:0000:0000:0000:0001] [0::1]
      ADDRESS_REFUSED [::127.0.0.1] [::7f00:1] [::10.0.0.1] [::ffff:0:127.0.0.1] [::ffff:0:7f00:1]
      ADDRESS_REFUSED [::ffff:127.0.0.1] [::ffff:7f00:1] [::FFFF:7F00:0001] [0:0:0:0:0:ffff:10.0.0.1]
      ADDRESS_REFUSED [::ffff:169.254.169.254] [::ffff:a9fe:a9fe] [::ffff:192.168.1.1] [::ffff:0.0.0.0]
      ADDRESS_REFUSED [64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::8.8.8.8] [64:ff9b:1::1]
      ADDRESS_REFUSED [2002:7f00:1::] [2002:7f00:0001::1] [2002:a00:1::] [2002:a9fe:a9fe::] [2002:808:808::]
      ADDRESS_REFUSED [2001::1] [2001:0:4136:e378:8000:63bf:3fff:fdd2] [2001:2::1] [2001:10::1] [2001:20::1]
      ADDRESS_REFUSED [2001:db8::1] [3fff::1] [3fff:fff::1] [5f00::1] [2620:4f:8000::1] [100::1]
      ADDRESS_REFUSED [fc00::1] [fd00::1] [fd00:ec2::254] [fdff:ffff::1] [FD00:EC2::254]
      ADDRESS_REFUSED [fe80::1] [febf::1] [fec0::1] [ff02::1] [ff05::1] [4000::1] [1::1] [e000::1] [fb00::1]
      ADDRESS_REFUSED [2001:470::5efe:10.0.0.1] [2001:470::200:5efe:127.0.0.1]
      URL_REFUSED 2130706433 017700000001 0x7f000001 0x7f.0.0.1 0x7f.1 0177.0.0.1 0177.0x0.0.1
      URL_REFUSED 127.1 127.0.1 127.0.0.01 127.000.000.001 127.0.0.1.1 1.2.3.4.5 256.0.0.1 127.0.0.256
      URL_REFUSED 0 00 0x0 0x 010.0.0.1 1.1.1.0x7f 4294967295 4294967296 999999999999 1.65536 1.2.65536
      URL_REFUSED 127.0.0.0x1 foo.127 evil.example.0x7f evil.example.1
      URL_REFUSED [fe80::1%25eth0] [fe80::1%eth0] [::1%251] [::ffff:127.0.0.1%25lo] [v1.fe80] [] [:] [::1
      URL_REFUSED 127.0.0.1%00 127%2e0.0.1 %31%32%37.0.0.1 exa%6dple.com localhost%2f
      URL_REFUSED user@127.0.0.1 user:password@example.com example.com@127.0.0.1 @127.0.0.1 a:b@[::1]
      URL_REFUSED １２７．１ 127。1 ①②⑦.1 0x7f。1 exa\u00admple\u0000.com -- .. .example.com example..com
      ADDRESS_REFUSED １２７.０.０.１ 127。0。0。1 127．0．0．1 ①②⑦.⓪.⓪.① 127｡0｡0｡1
      HOST_UNKNOWN localhost localhost. LOCALHOST foo.localhost xn--nxasmq6b ünïcödé.example
      """;

  static Stream<String> forms() {
    return FORMS
        .lines()
        .flatMap(
            line -> {
              List<String> words = Arrays.asList(line.split(" "));
              return words.stream().skip(1).map(host -> words.get(0) + " " + host);
            });
  }

  @Test
  void theTableIsLong() {
    assertThat(forms().distinct().count()).isGreaterThan(150);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void isRefused(String form) {
    int space = form.indexOf(' ');
    IngestReason expected = IngestReason.valueOf(form.substring(0, space));
    // Nobody has an address here, so a name that is looked up is told from one that is refused.
    Ingest ingest =
        Ingest.into(
            new MemoryAssetStore(),
            key -> false,
            IngestRules.DEFAULT,
            host -> List.of(),
            (SSLSocketFactory) SSLSocketFactory.getDefault());
    IngestException refusal =
        Assertions.catchThrowableOfType(
            IngestException.class,
            () -> ingest.url(KEY, "http://" + form.substring(space + 1) + "/a.png"));
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(expected);
    assertThat(refusal.getMessage()).doesNotContain("password").doesNotContain("\u0000");
  }

  @Test
  void publicAddressesMayBeAsked() throws Exception {
    SpecialAddresses special = new SpecialAddresses(List.of());
    for (String address :
        List.of(
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2606:4700:4700::1111",
            "2a00:1450:4001:80b::200e",
            "2001:4860:4860::8888",
            "2001:200::1",
            "2003::1",
            "3ffe::1")) {
      assertThat(special.refusal(InetAddress.getByName(address))).as(address).isEmpty();
    }
  }

  @Test
  void whatIsOpenedMayBeAskedAndNothingElse() throws Exception {
    SpecialAddresses special =
        new SpecialAddresses(List.of("10.1.2.0/24", "fd12::/16", "64:ff9b::/96", "2002::/16"));
    for (String open :
        List.of("10.1.2.0", "10.1.2.255", "fd12::1", "64:ff9b::8.8.8.8", "2002:808:808::1")) {
      assertThat(special.refusal(InetAddress.getByName(open))).as(open).isEmpty();
    }
    for (String closed :
        List.of(
            "10.1.1.255",
            "10.1.3.0",
            "fd13::1",
            "64:ff9b::127.0.0.1",
            "64:ff9b::169.254.169.254",
            "2002:a00:1::1",
            "2002:7f00:1::1")) {
      assertThat(special.refusal(InetAddress.getByName(closed))).as(closed).isPresent();
    }
    assertThat(special.refusal(InetAddress.getByName("64:ff9b::10.1.2.3"))).isEmpty();
  }

  @Test
  void networksAreWrittenPlainly() {
    for (String wrong :
        List.of(
            "",
            "/",
            "10.0.0.0/33",
            "10.0.0.1/8",
            "10.0.0.0/-1",
            "::/129",
            "fd00::1/8",
            "a.b",
            "localhost",
            "10/8",
            "1.2.3.4/",
            "300.1.1.1/8")) {
      Assertions.assertThatIllegalArgumentException()
          .as(wrong)
          .isThrownBy(() -> UrlRules.DEFAULT.opening(List.of(wrong)));
    }
  }
}
