package io.countersign.console.payments;

import io.countersign.console.client.Workplace;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.Tone;
import io.countersign.console.ui.Words;
import io.countersign.model.payments.Payment;

/// A payment as one line of the queue, formatted.
record PaymentRow(
    Payment payment,
    String state,
    Tone tone,
    String age,
    String amount,
    String merchant,
    String reference,
    String provider,
    String nextCheck,
    String checks,
    String owner) {

  /// What people call it.
  String name() {
    return reference.isEmpty() ? amount : reference;
  }

  static PaymentRow of(Payment payment, Workplace workplace, Amounts amounts, Days days) {
    String owner = payment.owner() == null ? "" : payment.owner();
    return new PaymentRow(
        payment,
        Words.of(payment.state()),
        Tone.of(payment.state()),
        days.age(payment.createdAt()),
        amounts.text(payment.amount()),
        payment.merchantAccount(),
        payment.reference() == null ? "" : payment.reference(),
        payment.provider(),
        days.moment(payment.nextCheckAt()),
        payment.checks() == 0 ? "" : amounts.count(payment.checks()),
        workplace.isMe(owner) ? owner + " (you)" : owner);
  }
}
