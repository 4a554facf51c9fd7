package io.countersign.console.payments;

import io.countersign.model.Money;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.PaymentEvent;
import io.countersign.model.payments.Refund;
import java.util.List;

/// A payment with its history and its refunds.
public record PaymentDetail(Payment payment, List<PaymentEvent> events, List<Refund> refunds) {

  public PaymentDetail {
    events = List.copyOf(events);
    refunds = List.copyOf(refunds);
  }

  /// What has not been refunded yet.
  Money left() {
    return payment.amount().minus(payment.refundedAmount());
  }
}
