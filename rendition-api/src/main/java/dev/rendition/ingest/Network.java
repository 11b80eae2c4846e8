package dev.rendition.ingest;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The addresses that begin with some bits (RFC 4632, section 3.1; RFC 4291, section 2.3). Those of
 * IPv4 and IPv6 are never the same.
 */
final class Network {
  private final byte[] address;
  private final int bits;
  private final String text;

  private Network(byte[] address, int bits, String text) {
    this.address = address;
    this.bits = bits;
    this.text = text;
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or one address alone.
   *
   * @throws IllegalArgumentException if it is no network, or has bits set behind its length
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    String front = slash < 0 ? text : text.substring(0, slash);
    byte[] address = literal(front, text);
    int most = address.length * 8;
    String length = slash < 0 ? Integer.toString(most) : text.substring(slash + 1);
    if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > most) {
      throw refused(text);
    }
    Network network = new Network(address, Integer.parseInt(length), text);
    for (int bit = network.bits; bit < most; bit++) {
      if ((address[bit / 8] >> (7 - bit % 8) & 1) != 0) {
        throw refused(text);
      }
    }
    return network;
  }

  private static byte[] literal(String front, String text) {
    if (!front.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*")) {
      throw refused(text);
    }
    try {
      // Only literals come here, so nothing is looked up.
      return InetAddress.getByName(front).getAddress();
    } catch (UnknownHostException e) {
      throw refused(text);
    }
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        "a network is written 10.1.2.0/24 or fd12::/16, with no bits behind its length, was "
            + Shown.text(text));
  }

  boolean contains(byte[] other) {
    if (other.length != address.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 1 << (7 - bit % 8);
      if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text;
  }
}
