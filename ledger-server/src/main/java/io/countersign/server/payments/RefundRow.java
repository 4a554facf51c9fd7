package io.countersign.server.payments;

import io.countersign.model.Money;
import io.countersign.model.id.HoldId;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.RefundId;
import io.countersign.model.id.SagaId;
import io.countersign.model.payments.RefundState;
import io.countersign.server.payments.provider.ProviderKey;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A refund as it is stored.
///
/// @param ifCharged whether it was wished for while the charge was unknown
/// @param hold the merchant's funds, once they are held
/// @param sentAt when it was first taken up to be sent; null before
record RefundRow(
    RefundId id,
    PaymentId payment,
    Money amount,
    String reason,
    boolean ifCharged,
    String requestedBy,
    SagaId saga,
    @Nullable UUID approval,
    Instant createdAt,
    RefundState state,
    @Nullable HoldId hold,
    @Nullable Instant sentAt,
    @Nullable String providerReference,
    @Nullable String declineCode,
    int checks,
    long version) {

  ProviderKey key() {
    return ProviderKey.ofRefund(id);
  }

  /// Whether it takes its part of what may be refunded.
  boolean counts() {
    return state != RefundState.DECLINED;
  }

  RefundRow in(RefundState next) {
    if (!state.next().contains(next)) {
      throw new IllegalStateException(id + " cannot go from " + state + " to " + next);
    }
    return new RefundRow(
        id,
        payment,
        amount,
        reason,
        ifCharged,
        requestedBy,
        saga,
        approval,
        createdAt,
        next,
        hold,
        sentAt,
        providerReference,
        declineCode,
        checks,
        version);
  }

  boolean awaitsApproval() {
    return state == RefundState.PENDING_APPROVAL;
  }

  RefundRow held(HoldId funds) {
    return new RefundRow(
        id,
        payment,
        amount,
        reason,
        ifCharged,
        requestedBy,
        saga,
        approval,
        createdAt,
        state,
        funds,
        sentAt,
        providerReference,
        declineCode,
        checks,
        version);
  }

  RefundRow sent(Instant at) {
    return new RefundRow(
        id,
        payment,
        amount,
        reason,
        ifCharged,
        requestedBy,
        saga,
        approval,
        createdAt,
        state,
        hold,
        at,
        providerReference,
        declineCode,
        checks,
        version);
  }

  RefundRow referredToAs(String reference) {
    return new RefundRow(
        id,
        payment,
        amount,
        reason,
        ifCharged,
        requestedBy,
        saga,
        approval,
        createdAt,
        state,
        hold,
        sentAt,
        reference,
        declineCode,
        checks,
        version);
  }

  RefundRow because(String code) {
    return new RefundRow(
        id,
        payment,
        amount,
        reason,
        ifCharged,
        requestedBy,
        saga,
        approval,
        createdAt,
        state,
        hold,
        sentAt,
        providerReference,
        code,
        checks,
        version);
  }

  RefundRow checked() {
    return new RefundRow(
        id,
        payment,
        amount,
        reason,
        ifCharged,
        requestedBy,
        saga,
        approval,
        createdAt,
        state,
        hold,
        sentAt,
        providerReference,
        declineCode,
        checks + 1,
        version);
  }
}
