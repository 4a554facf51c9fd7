package io.countersign.server.payments.provider;

import io.countersign.server.payments.provider.ProviderReply.Cancelled;
import io.countersign.server.payments.provider.ProviderReply.Declined;
import io.countersign.server.payments.provider.ProviderReply.NoAnswer;
import io.countersign.server.payments.provider.ProviderReply.NotFound;
import io.countersign.server.payments.provider.ProviderReply.Refunded;
import java.time.Duration;
import java.util.Optional;

/// Stripe as a provider (`docs/payments.md`, "Stripe").
final class StripeGateway implements ProviderGateway {

  static final String NAME = "stripe";

  /// After it Stripe has forgotten a key, so a refund that is not there will not come.
  private static final Duration KEYS_FORGOTTEN_AFTER = Duration.ofHours(25);

  private final StripeProperties properties;
  private final StripeCharges charges;
  private final StripeRefunds refunds;
  private final StripeEvents events;

  StripeGateway(StripeApi api, StripeProperties properties, StripeEvents events) {
    this.properties = properties;
    this.charges = new StripeCharges(api);
    this.refunds = new StripeRefunds(api, charges);
    this.events = events;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Duration keyLifetime() {
    return properties.keyLifetime();
  }

  @Override
  public Duration visibilityDelay() {
    return properties.visibilityDelay();
  }

  @Override
  public Duration refundVisibilityDelay() {
    return KEYS_FORGOTTEN_AFTER;
  }

  @Override
  public Optional<ProviderReply.ToPreparation> prepare(ChargeOrder order) {
    return Optional.of(charges.prepare(order, call()));
  }

  @Override
  public ProviderReply.ToCharge charge(ChargeOrder order) {
    return charges.confirm(order, call());
  }

  @Override
  public ProviderReply.ToRefund refund(RefundOrder order) {
    return refunds.refund(order, call());
  }

  @Override
  public ProviderReply.ToChargeLookup lookUpCharge(ChargeOrder order) {
    return charges.lookUp(order, lookup());
  }

  @Override
  public ProviderReply.ToRefundLookup lookUpRefund(RefundOrder order) {
    return refunds.lookUp(order, lookup());
  }

  @Override
  public ProviderReply.ToChargeCancellation cancelCharge(ChargeOrder order) {
    return charges.cancel(order, lookup());
  }

  /// Stripe cancels no key of a refund; by now it has forgotten it, and nobody sends under it.
  @Override
  public ProviderReply.ToRefundCancellation cancelRefund(RefundOrder order) {
    return switch (lookUpRefund(order)) {
      case Refunded refunded -> refunded;
      case Declined declined -> declined;
      case NotFound _ -> new Cancelled();
      case NoAnswer none -> none;
    };
  }

  @Override
  public Optional<ProviderEvent> read(WebhookDelivery delivery) {
    return events.read(delivery);
  }

  private Deadline call() {
    return Deadline.in(properties.callDeadline());
  }

  private Deadline lookup() {
    return Deadline.in(properties.lookupDeadline());
  }
}
