package io.countersign.console.payments;

import io.countersign.model.Money;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.PaymentEvent;
import io.countersign.model.payments.PaymentState;
import io.countersign.model.payments.Refund;
import io.countersign.model.payments.RefundState;
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

  /// Whether the card was charged after the payment was declined, so that all of it is to go back.
  boolean cameLate() {
    return payment.state() == PaymentState.DECLINED
        && events.stream().anyMatch(event -> event.type().equals("late_success"));
  }

  boolean hasOpenRefund() {
    return refunds.stream().anyMatch(refund -> refund.state() != RefundState.DECLINED);
  }

  PaymentStory story() {
    return PaymentStory.of(payment, events, now);
  }
}
