package io.countersign.server.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Whether this server shows itself with well-known users (`COUNTERSIGN_DEMO=true`).
@Component
class DemonstrationMode {

  private final boolean on;

  /// @throws IllegalStateException when it is on and others could reach this server: everybody
  ///   knows those passwords
  DemonstrationMode(
      @Value("${countersign.demo:false}") boolean on, @Value("${server.address:}") String address) {
    if (on && !isLoopback(address)) {
      throw new IllegalStateException(
          "COUNTERSIGN_DEMO=true makes users with well-known passwords, so it takes a server that"
              + " only this machine can reach; server.address is '"
              + address
              + "'. Leave it at 127.0.0.1 or switch the demo off.");
    }
    this.on = on;
  }

  boolean on() {
    return on;
  }

  private static boolean isLoopback(String address) {
    try {
      return !address.isBlank() && InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
