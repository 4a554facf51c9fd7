package io.countersign.server.outbox.delivery;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/// Which addresses an endpoint may have. The server stands inside a network that its integrators
/// must not reach through it: databases, other services, the cloud's metadata.
enum NetworkRules {
  /// Anything, plain `http` included: for demonstrations and closed networks.
  ANY,
  /// The public internet alone, and only by `https`.
  PUBLIC_ONLY;

  // IANA special-purpose registries (RFC 6890 and its updates).
  private static final List<Block> NOT_PUBLIC =
      List.of(
          Block.of("0.0.0.0", 8),
          Block.of("10.0.0.0", 8),
          Block.of("100.64.0.0", 10),
          Block.of("127.0.0.0", 8),
          Block.of("169.254.0.0", 16),
          Block.of("172.16.0.0", 12),
          Block.of("192.0.0.0", 24),
          Block.of("192.0.2.0", 24),
          Block.of("192.88.99.0", 24),
          Block.of("192.168.0.0", 16),
          Block.of("198.18.0.0", 15),
          Block.of("198.51.100.0", 24),
          Block.of("203.0.113.0", 24),
          Block.of("224.0.0.0", 4),
          Block.of("240.0.0.0", 4),
          // Tunnels that carry an IPv4 address (Teredo, 6to4), and documentation.
          Block.of("2001::", 23),
          Block.of("2001:db8::", 32),
          Block.of("2002::", 16),
          Block.of("3fff::", 20));
  // All other IPv6 is loopback, mapped, translated, local, multicast or unassigned.
  private static final Block PUBLIC_IPV6 = Block.of("2000::", 3);
  private static final int IPV4_BYTES = 4;

  /// @param prefix the first `bits` of each address in it, as a number
  /// @param width 32 or 128 bits
  private record Block(BigInteger prefix, int bits, int width) {

    static Block of(String address, int bits) {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      int width = bytes.length * Byte.SIZE;
      return new Block(new BigInteger(1, bytes).shiftRight(width - bits), bits, width);
    }

    boolean contains(byte[] address) {
      return address.length * Byte.SIZE == width
          && new BigInteger(1, address).shiftRight(width - bits).equals(prefix);
    }
  }

  boolean allowsHttp() {
    return this == ANY;
  }

  /// An IPv4 address inside an IPv6 one counts as what carries it, which is refused.
  boolean allow(InetAddress address) {
    return this == ANY || (isPublic(address.getAddress()) && !isOurs(address));
  }

  private static boolean isPublic(byte[] address) {
    boolean inScope = address.length == IPV4_BYTES || PUBLIC_IPV6.contains(address);
    return inScope && NOT_PUBLIC.stream().noneMatch(block -> block.contains(address));
  }

  // The server may have a public address of its own, and listen there for those inside.
  private static boolean isOurs(InetAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return true;
    }
  }
}
