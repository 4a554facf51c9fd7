package io.countersign.console.payments;

import io.countersign.model.Money;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.PaymentEvent;
import io.countersign.model.payments.Refund;
import io.countersign.model.payments.Saga;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A payment with its history, its refunds and what carries it.
///
/// @param saga null when there is none
/// @param now when all of it was read
public record PaymentDetail(
    Payment payment,
    List<PaymentEvent> events,
    List<Refund> refunds,
    @Nullable Saga saga,
    Instant now) {

  public PaymentDetail {
    events = List.copyOf(events);
    refunds = List.copyOf(refunds);
  }

  /// What has not been refunded yet.
  Money left() {
    return payment.amount().minus(payment.refundedAmount());
  }

  PaymentStory story() {
    return PaymentStory.of(payment, events, now);
  }
}
