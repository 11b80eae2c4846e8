package dev.rendition.ingest;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where URLs may lead, and how long fetching one may take.
 *
 * @param schemes {@code https}, {@code http} or both
 * @param ports the ports that may be asked, 1 to 65535
 * @param hosts the only hosts that may be asked: {@code img.example.com}, or {@code .example.com}
 *     for it and all below it; empty for any. It opens nothing: addresses are checked all the same
 * @param open networks that may be asked although they are refused by default, such as {@code
 *     10.1.2.0/24} or {@code fd12::/16}
 * @param maxRedirects how many redirects are followed, 0 to 20
 * @param connectTimeout how long looking a name up, connecting, and agreeing on a cipher may take,
 *     each
 * @param firstByteTimeout how long the answer may take to begin
 * @param stallTimeout how long it may pause
 * @param timeout how long everything may take together, redirects included
 */
public record UrlRules(
    Set<String> schemes,
    Set<Integer> ports,
    Set<String> hosts,
    List<String> open,
    int maxRedirects,
    Duration connectTimeout,
    Duration firstByteTimeout,
    Duration stallTimeout,
    Duration timeout) {
  private static final Duration LONGEST = Duration.ofDays(1);

  /**
   * Both schemes on ports 443 and 80, any host, no network opened, 5 redirects; 5 s to connect, 10
   * s for the first byte, 10 s of silence, 60 s in all.
   */
  public static final UrlRules DEFAULT =
      new UrlRules(
          Set.of("https", "http"),
          Set.of(443, 80),
          Set.of(),
          List.of(),
          5,
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60));

  public UrlRules {
    schemes = Set.copyOf(schemes);
    ports = Set.copyOf(ports);
    open = List.copyOf(open);
    if (schemes.isEmpty() || !Set.of("https", "http").containsAll(schemes)) {
      throw new IllegalArgumentException("schemes are https and http, were " + schemes);
    }
    if (ports.isEmpty() || ports.stream().anyMatch(port -> port < 1 || port > 65_535)) {
      throw new IllegalArgumentException("ports are 1..65535, were " + ports);
    }
    Set<String> names = new TreeSet<>();
    for (String host : hosts) {
      String name = host.toLowerCase(Locale.ROOT);
      if (!name.matches(
          "\\.?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")) {
        throw new IllegalArgumentException(
            "a host is written img.example.com or .example.com, was " + Shown.text(host));
      }
      names.add(name);
    }
    hosts = Set.copyOf(names);
    open.forEach(Network::parse);
    if (maxRedirects < 0 || maxRedirects > 20) {
      throw new IllegalArgumentException("maxRedirects is 0..20, was " + maxRedirects);
    }
    requireTime(connectTimeout, "connectTimeout");
    requireTime(firstByteTimeout, "firstByteTimeout");
    requireTime(stallTimeout, "stallTimeout");
    requireTime(timeout, "timeout");
  }

  /** Returns these rules for other schemes. */
  public UrlRules withSchemes(Collection<String> names) {
    return new UrlRules(
        Set.copyOf(names),
        ports,
        hosts,
        open,
        maxRedirects,
        connectTimeout,
        firstByteTimeout,
        stallTimeout,
        timeout);
  }

  /** Returns these rules for other ports. */
  public UrlRules withPorts(Collection<Integer> numbers) {
    return new UrlRules(
        schemes,
        Set.copyOf(numbers),
        hosts,
        open,
        maxRedirects,
        connectTimeout,
        firstByteTimeout,
        stallTimeout,
        timeout);
  }

  /** Returns these rules for these hosts only. */
  public UrlRules onlyHosts(Collection<String> names) {
    return new UrlRules(
        schemes,
        ports,
        Set.copyOf(names),
        open,
        maxRedirects,
        connectTimeout,
        firstByteTimeout,
        stallTimeout,
        timeout);
  }

  /** Returns these rules with these networks opened. */
  public UrlRules opening(Collection<String> networks) {
    return new UrlRules(
        schemes,
        ports,
        hosts,
        List.copyOf(networks),
        maxRedirects,
        connectTimeout,
        firstByteTimeout,
        stallTimeout,
        timeout);
  }

  /** Returns these rules with another number of redirects. */
  public UrlRules withMaxRedirects(int count) {
    return new UrlRules(
        schemes,
        ports,
        hosts,
        open,
        count,
        connectTimeout,
        firstByteTimeout,
        stallTimeout,
        timeout);
  }

  /** Returns these rules with other limits of time; see the components. */
  public UrlRules within(Duration connect, Duration firstByte, Duration stall, Duration all) {
    return new UrlRules(schemes, ports, hosts, open, maxRedirects, connect, firstByte, stall, all);
  }

  /** Returns whether the rules name the host, or name none. */
  boolean names(String host) {
    return hosts.isEmpty()
        || hosts.contains(host)
        || hosts.stream()
            .anyMatch(
                rule ->
                    rule.startsWith(".")
                        && (host.endsWith(rule) || host.equals(rule.substring(1))));
  }

  private static void requireTime(Duration time, String name) {
    requireNonNull(time, name);
    if (time.toMillis() < 1 || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + " is 1 ms to " + LONGEST + ", was " + time);
    }
  }
}
