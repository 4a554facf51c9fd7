package io.countersign.model.payments;

import io.countersign.model.Money;
import org.jspecify.annotations.Nullable;

/// `POST L/payments/{id}/refunds`.
///
/// @param amount null refunds what is left
/// @param ifCharged records the wish while the charge is unknown
public record RefundRequest(@Nullable Money amount, String reason, @Nullable Boolean ifCharged) {}
