package io.countersign.model.payments;

import io.countersign.model.Money;
import io.countersign.model.id.ApprovalId;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.RefundId;
import org.jspecify.annotations.Nullable;

/// Money on its way back to the payer.
///
/// @param approvalId the proposal, when the amount was above the asker's limit
public record Refund(
    RefundId id,
    PaymentId paymentId,
    RefundState state,
    Money amount,
    @Nullable ApprovalId approvalId) {}
