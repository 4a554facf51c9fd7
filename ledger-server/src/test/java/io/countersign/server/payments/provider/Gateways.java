package io.countersign.server.payments.provider;

import io.countersign.model.Money;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.mock.env.MockEnvironment;

/// Gateways as tests need them.
final class Gateways {

  static final String SECRET = "whsec_Y291bnRlcnNpZ24tc2FuZGJveC1wdWJsaXNoZWQtMDAwMQ==";

  private Gateways() {}

  /// A charge to look up or to cancel.
  static ChargeOrder charge(ProviderKey key, Money amount) {
    return new ChargeOrder("main", key, amount, "any", null, null, null);
  }

  /// A refund to look up or to cancel.
  static RefundOrder refund(ProviderKey key, Money amount) {
    return new RefundOrder("main", key, new ProviderKey("any"), null, amount, null);
  }

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
