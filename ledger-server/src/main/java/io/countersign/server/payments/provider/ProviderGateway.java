package io.countersign.server.payments.provider;

import java.time.Duration;
import java.util.Optional;

/// One provider, asked over the network. Every call blocks for at most its deadline, throws nothing
/// for what a network or a provider can do, and must be made with no database transaction open.
///
/// Amounts are checked: an answer about another key or another amount is no answer.
public interface ProviderGateway {

  /// As payments name it, such as `sandbox`.
  String name();

  /// How long after the first send the provider remembers a key. Later nothing may be sent under
  /// it, only looked up and cancelled.
  Duration keyLifetime();

  /// How long after a send a lookup may still miss it.
  Duration visibilityDelay();

  /// How long after it was sent "no such refund" says nothing. Longer than [#visibilityDelay] where
  /// the key of a refund cannot be cancelled, so that a send may arrive while the key is
  /// remembered.
  default Duration refundVisibilityDelay() {
    return visibilityDelay();
  }

  /// For a provider whose charges are made first and sent then: makes one that moves no money.
  /// Blocks and repeats as [#charge] does. What comes back is to be stored before the charge is
  /// sent, so that it can be looked up and cancelled by it after a crash.
  ///
  /// @return empty when the provider wants no such thing
  default Optional<ProviderReply.ToPreparation> prepare(ChargeOrder order) {
    return Optional.empty();
  }

  /// Sends the charge, and again under the same key while the provider answers 5xx or refuses the
  /// connection and the deadline allows it. With what it was prepared by, below 8 s.
  ProviderReply.ToCharge charge(ChargeOrder order);

  /// As [#charge], for a refund.
  ProviderReply.ToRefund refund(RefundOrder order);

  ProviderReply.ToChargeLookup lookUpCharge(ChargeOrder order);

  ProviderReply.ToRefundLookup lookUpRefund(RefundOrder order);

  ProviderReply.ToChargeCancellation cancelCharge(ChargeOrder order);

  ProviderReply.ToRefundCancellation cancelRefund(RefundOrder order);

  /// Reads what came in at the webhook address.
  ///
  /// @return empty when the signature or its time is not good: 401 `bad-signature`
  Optional<ProviderEvent> read(WebhookDelivery delivery);
}
