package io.countersign.server.payments;

import io.countersign.server.payments.provider.CallLimits;
import io.countersign.server.payments.provider.CallLimits.Lane;
import io.countersign.server.payments.provider.CallLimits.Place;
import io.countersign.server.payments.provider.Circuits;
import io.countersign.server.payments.provider.ProviderGateway;
import io.countersign.server.payments.provider.ProviderGateways;
import io.countersign.server.payments.provider.ProviderReply;
import io.countersign.server.sagas.LocalWork;
import io.countersign.server.sagas.StepOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/// How payments and refunds call their providers: within the limit of calls at once, and sends only
/// through a circuit that is closed. What may not be called now waits and is tried again.
@Component
class ProviderCalls {

  private static final Duration FULL_PAUSE = Duration.ofSeconds(1);
  private static final String FULL = "as many calls of the provider as may be are under way";
  private static final String OPEN = "the provider's circuit is open";

  private final ProviderGateways gateways;
  private final CallLimits limits;
  private final Circuits circuits;
  private final UnderWay underWay;
  private final PaymentBook book;

  ProviderCalls(
      ProviderGateways gateways,
      CallLimits limits,
      Circuits circuits,
      UnderWay underWay,
      PaymentBook book) {
    this.gateways = gateways;
    this.limits = limits;
    this.circuits = circuits;
    this.underWay = underWay;
    this.book = book;
  }

  ProviderGateway gateway(PaymentRow payment) {
    String name = payment.terms().provider();
    return gateways
        .named(name)
        .orElseThrow(() -> new IllegalStateException("provider '" + name + "' is not configured"));
  }

  /// Runs `work`, which calls the provider of `payment`, unless too many such calls are under way.
  ///
  /// @param subject the payment or refund, whose request may be waiting here
  LocalWork within(PaymentRow payment, UUID subject, Supplier<LocalWork> work) {
    Lane lane = underWay.isHere(subject) ? Lane.REQUEST : Lane.BACKGROUND;
    Optional<Place> place = limits.take(payment.terms().provider(), lane);
    if (place.isEmpty()) {
      long pause = FULL_PAUSE.toMillis();
      Instant next = book.now().plusMillis(pause + ThreadLocalRandom.current().nextLong(pause));
      return ending -> new StepOutcome.Waits(next, FULL);
    }
    try (Place _ = place.get()) {
      return work.get();
    }
  }

  /// Whether a send may go out now; to be asked once per send.
  boolean maySend(PaymentRow payment) {
    return circuits.allows(payment.terms().provider());
  }

  /// What becomes of a send that may not go out now.
  LocalWork notNow(PaymentRow payment) {
    Instant next = circuits.nextTrialAt(payment.terms().provider());
    return ending -> new StepOutcome.Waits(next, OPEN);
  }

  <R extends ProviderReply> R sent(PaymentRow payment, R reply) {
    return circuits.sent(payment.terms().provider(), reply);
  }
}
