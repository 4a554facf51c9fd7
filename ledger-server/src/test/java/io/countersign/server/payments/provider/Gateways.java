package io.countersign.server.payments.provider;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.mock.env.MockEnvironment;

/// Gateways as tests need them.
final class Gateways {

  static final String SECRET = "whsec_Y291bnRlcnNpZ24tc2FuZGJveC1wdWJsaXNoZWQtMDAwMQ==";

  private Gateways() {}

  static SandboxGateway at(URI provider, Duration callDeadline, String publicUrl) {
    return new SandboxGateway(
        provider,
        new SandboxProperties(
            provider,
            callDeadline,
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofDays(1),
            List.of()),
        new CallbackAddress(
            new MockEnvironment().withProperty("countersign.public-url", publicUrl)),
        new WebhookVerifier(List.of(SECRET), Clock.systemUTC()));
  }
}
