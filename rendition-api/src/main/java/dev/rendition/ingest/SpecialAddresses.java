package dev.rendition.ingest;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tells which addresses nobody may be sent to: everything the IANA registries of special-purpose
 * addresses list (RFC 6890), addresses clouds keep for themselves, and all of IPv6 outside {@code
 * 2000::/3} (RFC 4291, section 2.4). Safe for use by many threads.
 *
 * <p>An address that stands for one of IPv4 (6to4, NAT64, Teredo and their like) is refused as
 * such; where its network has been opened, what it stands for is looked at all the same.
 */
final class SpecialAddresses {
  /** One range and what it is. */
  private record Special(Network network, String name) {
    static Special of(String network, String name) {
      return new Special(Network.parse(network), name);
    }
  }

  private static final List<Special> REFUSED =
      List.of(
          Special.of("169.254.169.254", "the metadata service of a cloud"),
          Special.of("168.63.129.16", "the internal service of a cloud"),
          Special.of("100.100.100.200", "the metadata service of a cloud"),
          Special.of("fd00:ec2::254", "the metadata service of a cloud"),
          Special.of("0.0.0.0/8", "this network"),
          Special.of("10.0.0.0/8", "private"),
          Special.of("100.64.0.0/10", "shared by carriers"),
          Special.of("127.0.0.0/8", "loopback"),
          Special.of("169.254.0.0/16", "link-local"),
          Special.of("172.16.0.0/12", "private"),
          Special.of("192.0.0.0/24", "for protocols"),
          Special.of("192.0.2.0/24", "for documentation"),
          Special.of("192.31.196.0/24", "for AS112"),
          Special.of("192.52.193.0/24", "for AMT"),
          Special.of("192.88.99.0/24", "6to4 relay"),
          Special.of("192.168.0.0/16", "private"),
          Special.of("192.175.48.0/24", "for AS112"),
          Special.of("198.18.0.0/15", "for benchmarks"),
          Special.of("198.51.100.0/24", "for documentation"),
          Special.of("203.0.113.0/24", "for documentation"),
          Special.of("224.0.0.0/4", "multicast"),
          Special.of("255.255.255.255", "broadcast"),
          Special.of("240.0.0.0/4", "reserved"),
          Special.of("::1", "loopback"),
          Special.of("::", "unspecified"),
          Special.of("::/96", "IPv4-compatible"),
          Special.of("::ffff:0:0:0/96", "IPv4-translated"),
          Special.of("64:ff9b::/96", "NAT64"),
          Special.of("64:ff9b:1::/48", "NAT64"),
          Special.of("100::/64", "discarded"),
          Special.of("2001::/32", "Teredo"),
          Special.of("2001:2::/48", "for benchmarks"),
          Special.of("2001:10::/28", "ORCHID"),
          Special.of("2001:20::/28", "ORCHID"),
          Special.of("2001::/23", "for protocols"),
          Special.of("2001:db8::/32", "for documentation"),
          Special.of("2002::/16", "6to4"),
          Special.of("2620:4f:8000::/48", "for AS112"),
          Special.of("3fff::/20", "for documentation"),
          Special.of("5f00::/16", "for segment routing"),
          Special.of("fc00::/7", "unique-local"),
          Special.of("fe80::/10", "link-local"),
          Special.of("fec0::/10", "site-local"),
          Special.of("ff00::/8", "multicast"));

  private static final Network GLOBAL = Network.parse("2000::/3");
  private static final Network COMPATIBLE = Network.parse("::/96");
  private static final Network TRANSLATED = Network.parse("::ffff:0:0:0/96");
  private static final Network NAT64 = Network.parse("64:ff9b::/96");
  private static final Network SIX_TO_FOUR = Network.parse("2002::/16");
  private static final Network TEREDO = Network.parse("2001::/32");

  private final List<Network> open;

  /** Makes the table with some networks opened. */
  SpecialAddresses(List<String> open) {
    this.open = open.stream().map(Network::parse).toList();
  }

  /** Returns what an address is that keeps it from being asked; empty if it may be asked. */
  Optional<String> refusal(InetAddress address) {
    return refusal(address.getAddress());
  }

  private Optional<String> refusal(byte[] address) {
    if (open.stream().noneMatch(network -> network.contains(address))) {
      for (Special special : REFUSED) {
        if (special.network().contains(address)) {
          return Optional.of(special.name());
        }
      }
      if (address.length == 16 && !GLOBAL.contains(address)) {
        return Optional.of("not global");
      }
    }
    for (byte[] inside : embedded(address)) {
      Optional<String> refused = refusal(inside);
      if (refused.isPresent()) {
        return refused;
      }
    }
    return Optional.empty();
  }

  /** Returns the addresses of IPv4 an address of IPv6 leads to. */
  private static List<byte[]> embedded(byte[] address) {
    List<byte[]> found = new ArrayList<>();
    if (address.length == 4) {
      return found;
    }
    if (NAT64.contains(address)
        || TRANSLATED.contains(address)
        || COMPATIBLE.contains(address) && !isLocal(address)) {
      found.add(Arrays.copyOfRange(address, 12, 16));
    } else if (SIX_TO_FOUR.contains(address)) {
      found.add(Arrays.copyOfRange(address, 2, 6));
    } else if (TEREDO.contains(address)) {
      // RFC 4380, section 4: the server, then the client with every bit turned.
      found.add(Arrays.copyOfRange(address, 4, 8));
      byte[] client = Arrays.copyOfRange(address, 12, 16);
      for (int i = 0; i < client.length; i++) {
        client[i] = (byte) ~client[i];
      }
      found.add(client);
    } else if (address[8] == 0 || address[8] == 2) {
      // RFC 5214, section 6.1: ISATAP, in whatever network.
      if (address[9] == 0 && address[10] == 0x5e && address[11] == (byte) 0xfe) {
        found.add(Arrays.copyOfRange(address, 12, 16));
      }
    }
    return found;
  }

  /** Returns whether it is {@code ::} or {@code ::1}, which stand for nothing but themselves. */
  private static boolean isLocal(byte[] address) {
    for (int i = 0; i < 15; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return address[15] == 0 || address[15] == 1;
  }
}
