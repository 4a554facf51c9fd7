package io.countersign.server.payments.provider;

import java.time.Duration;
import java.time.Instant;

/// What is known after a provider was asked. "Unknown" is an answer.
public sealed interface ProviderReply {

  /// The answer to preparing a charge.
  sealed interface ToPreparation permits Prepared, Declined, NoAnswer {}

  /// The answer to sending a charge.
  sealed interface ToCharge extends ProviderReply permits Charged, Declined, NoAnswer {}

  /// The answer to sending a refund.
  sealed interface ToRefund extends ProviderReply permits Refunded, Declined, NoAnswer {}

  /// The answer to looking up a charge.
  sealed interface ToChargeLookup extends ProviderReply
      permits Charged, Declined, NotFound, NoAnswer {}

  /// The answer to looking up a refund.
  sealed interface ToRefundLookup extends ProviderReply
      permits Refunded, Declined, NotFound, NoAnswer {}

  /// The answer to cancelling the key of a charge: the key's end, or what was quicker.
  sealed interface ToChargeCancellation extends ProviderReply
      permits Cancelled, Charged, Declined, NoAnswer {}

  /// The answer to cancelling the key of a refund: the key's end, or what was quicker.
  sealed interface ToRefundCancellation extends ProviderReply
      permits Cancelled, Refunded, Declined, NoAnswer {}

  /// The provider knows of the charge and moves nothing until it is sent.
  record Prepared(ProviderReference reference) implements ToPreparation {}

  /// The whole amount was charged.
  ///
  /// @param at by the provider's clock
  record Charged(ProviderReference reference, Instant at)
      implements ToCharge, ToChargeLookup, ToChargeCancellation {}

  /// The whole amount was given back.
  ///
  /// @param at by the provider's clock
  record Refunded(ProviderReference reference, Instant at)
      implements ToRefund, ToRefundLookup, ToRefundCancellation {}

  /// Nothing moved and nothing ever will under this key.
  ///
  /// @param code the provider's reason, or [#CANCELLED] when we had cancelled the key
  record Declined(String code)
      implements ToPreparation,
          ToCharge,
          ToRefund,
          ToChargeLookup,
          ToRefundLookup,
          ToChargeCancellation,
          ToRefundCancellation {

    public static final String CANCELLED = "cancelled";
  }

  /// The provider says with authority that nothing has happened under this key so far. A send that
  /// is still under way may yet arrive: cancel the key before calling it declined.
  record NotFound() implements ToChargeLookup, ToRefundLookup {}

  /// From now on no send under this key can have an effect.
  record Cancelled() implements ToChargeCancellation, ToRefundCancellation {}

  /// The money may have moved. Ask again with the same key; never send under another.
  ///
  /// @param waited since the first send of this call
  /// @param why for people
  record NoAnswer(Duration waited, String why)
      implements ToPreparation,
          ToCharge,
          ToRefund,
          ToChargeLookup,
          ToRefundLookup,
          ToChargeCancellation,
          ToRefundCancellation {}
}
