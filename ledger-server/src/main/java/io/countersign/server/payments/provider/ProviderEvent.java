package io.countersign.server.payments.provider;

import io.countersign.model.Money;

/// What a provider says by itself, its signature verified. May come late, twice and in any order.
public sealed interface ProviderEvent {

  /// The provider's id of the event, alike at every repetition.
  String id();

  /// @param amount what the provider says was moved or declined; compare it before believing
  /// @param outcome `Charged` or `Declined`
  record AboutCharge(String id, ProviderKey key, Money amount, ProviderReply.ToChargeLookup outcome)
      implements ProviderEvent {}

  /// @param amount what the provider says was moved or declined; compare it before believing
  /// @param outcome `Refunded` or `Declined`
  record AboutRefund(String id, ProviderKey key, Money amount, ProviderReply.ToRefundLookup outcome)
      implements ProviderEvent {}

  /// Genuine and of no consequence: taken and forgotten.
  record OfNoConsequence(String id) implements ProviderEvent {}
}
