package io.countersign.server.payments.provider;

import io.countersign.model.Money;
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

  /// Sends the charge, and again under the same key while the provider answers 5xx or refuses the
  /// connection and the deadline (below 8 s) allows it.
  ProviderReply.ToCharge charge(ChargeOrder order);

  /// As [#charge], for a refund.
  ProviderReply.ToRefund refund(RefundOrder order);

  ProviderReply.ToChargeLookup lookUpCharge(ProviderKey key, Money amount);

  ProviderReply.ToRefundLookup lookUpRefund(ProviderKey key, Money amount);

  ProviderReply.ToChargeCancellation cancelCharge(ProviderKey key, Money amount);

  ProviderReply.ToRefundCancellation cancelRefund(ProviderKey key, Money amount);

  /// Reads what came in at the webhook address.
  ///
  /// @return empty when the signature or its time is not good: 401 `bad-signature`
  Optional<ProviderEvent> read(WebhookDelivery delivery);
}
