package io.countersign.server.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// What the acquirer is told by its environment.
///
/// @param port on the loopback address; 0 takes a free one
/// @param home the folder of its log
/// @param webhookSecret `whsec_` and base64, as Standard Webhooks writes it
/// @param hang how long a connection without an answer is kept open
record SandboxSettings(int port, Latency latency, Path home, String webhookSecret, Duration hang) {

  /// Used when none is set on either side. Public, so it proves nothing about a sender: fine for
  /// play money on one machine, and for nothing else.
  static final String PUBLISHED_SECRET = "whsec_Y291bnRlcnNpZ24tc2FuZGJveC1wdWJsaXNoZWQtMDAwMQ==";

  static SandboxSettings from(Map<String, String> environment) {
    return new SandboxSettings(
        port(environment.getOrDefault("SANDBOX_PORT", "8090")),
        Latency.parse(environment.getOrDefault("SANDBOX_LATENCY", "0")),
        home(environment),
        environment.getOrDefault("SANDBOX_WEBHOOK_SECRET", PUBLISHED_SECRET),
        Duration.ofSeconds(30));
  }

  private static int port(String text) {
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65535) {
      throw new IllegalArgumentException("SANDBOX_PORT '" + text + "' is not a port");
    }
    return Integer.parseInt(text);
  }

  private static Path home(Map<String, String> environment) {
    String own = environment.get("SANDBOX_HOME");
    if (own != null) {
      return Path.of(own);
    }
    String shared = environment.get("COUNTERSIGN_HOME");
    Path base =
        shared == null ? Path.of(System.getProperty("user.home"), ".countersign") : Path.of(shared);
    return base.resolve("sandbox");
  }
}
