package io.countersign.model.payments;

import io.countersign.model.Immutable;
import io.countersign.model.Money;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.RefundId;
import io.countersign.model.id.SagaId;
import io.countersign.model.id.TransactionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A charge through a provider.
///
/// @param providerKey our own key, under which the provider is asked
/// @param checks how many so far
/// @param ifChargedRefund the refund wished for in case the charge proves real
public record Payment(
    PaymentId id,
    PaymentState state,
    Money amount,
    Money refundedAmount,
    String merchantAccount,
    String provider,
    String providerKey,
    @Nullable String providerReference,
    @Nullable String reference,
    @Nullable String description,
    @Nullable String declineCode,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant nextCheckAt,
    int checks,
    @Nullable String owner,
    List<TransactionId> transactions,
    List<RefundId> refunds,
    @Nullable SagaId saga,
    @Nullable RefundId ifChargedRefund,
    @Nullable Map<String, @Nullable Object> metadata) {

  public Payment {
    transactions = Immutable.list(transactions);
    refunds = Immutable.list(refunds);
    metadata = metadata == null ? null : Immutable.map(metadata);
  }
}
