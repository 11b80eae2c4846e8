package dev.rendition.ingest;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Looks names up. Implementations are safe for use by many threads. */
@FunctionalInterface
public interface HostResolver {
  /** Asks what this system asks. */
  HostResolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /**
   * Returns every address of a host. Asked once for each URL and each redirect; what it returns is
   * checked, and the connection goes to an address that was.
   *
   * @param host a name in ASCII, lower case
   * @throws IOException if it has none
   */
  List<InetAddress> resolve(String host) throws IOException;
}
