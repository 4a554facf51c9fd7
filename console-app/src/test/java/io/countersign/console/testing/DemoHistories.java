package io.countersign.console.testing;

import io.countersign.model.payments.Payment;
import io.countersign.model.payments.PaymentEvent;
import io.countersign.model.payments.PaymentState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happened to the payments of the demonstration books, as the server writes it down.
public final class DemoHistories {

  /// Of payment 7, which has been asked about for weeks.
  public static final int MANY_CHECKS = 312;

  private final Payment payment;
  private final List<PaymentEvent> events = new ArrayList<>();
  private Instant at;
  private @Nullable PaymentState state;

  private DemoHistories(Payment payment) {
    this.payment = payment;
    this.at = payment.createdAt();
  }

  static List<PaymentEvent> of(Payment payment) {
    DemoHistories history = new DemoHistories(payment);
    history.after(Duration.ZERO, "created", PaymentState.CREATED, "integrator", null);
    history.after(Duration.ofMillis(40), "submitted", PaymentState.SUBMITTED, "system", null);
    switch (payment.state()) {
      case PENDING_CONFIRMATION -> history.parked();
      case SUCCEEDED -> history.lateWebhook();
      default -> history.refunded();
    }
    return history.events;
  }

  private void parked() {
    boolean longAgo = payment.id().equals(DemoWork.paymentId(7));
    after(
        Duration.ofSeconds(9),
        "parked",
        PaymentState.PENDING_CONFIRMATION,
        "system",
        "the connection was closed without an answer");
    int checks = longAgo ? MANY_CHECKS : 5;
    Duration[] pauses = {
      Duration.ofSeconds(2),
      Duration.ofSeconds(5),
      Duration.ofSeconds(16),
      Duration.ofSeconds(66),
      Duration.ofMinutes(5)
    };
    for (int check = 0; check < checks; check++) {
      after(
          check < pauses.length ? pauses[check] : Duration.ofMinutes(2),
          "checked",
          null,
          "system",
          "the lookup timed out");
    }
    after(Duration.ofMinutes(9), "assigned", null, "operator", "to operator");
    after(Duration.ofSeconds(50), "note", null, "operator", "Called the acquirer; they look.");
    after(Duration.ofMinutes(6), "checked", null, "operator", "the lookup timed out");
    if (payment.id().equals(DemoWork.paymentId(4))) {
      after(
          Duration.ofHours(2),
          "resolution_proposed",
          null,
          "operator",
          "succeeded: the payout report lists it (" + DemoWork.approvalId(2) + ")");
    }
  }

  private void lateWebhook() {
    after(
        Duration.ofSeconds(9),
        "parked",
        PaymentState.PENDING_CONFIRMATION,
        "system",
        "no answer within 4500 ms");
    after(Duration.ofSeconds(2), "checked", null, "system", "no such charge so far");
    after(Duration.ofSeconds(5), "checked", null, "system", "the lookup timed out");
    after(Duration.ofSeconds(11), "charged", null, "sandbox", "provider reference sb_88002");
    after(
        Duration.ZERO,
        "succeeded",
        PaymentState.SUCCEEDED,
        "system",
        "posted as " + payment.transactions().getFirst());
  }

  private void refunded() {
    String refund = payment.refunds().getFirst().toString();
    after(Duration.ofMillis(310), "charged", null, "system", "provider reference sb_88003");
    after(
        Duration.ZERO,
        "succeeded",
        PaymentState.SUCCEEDED,
        "system",
        "posted as " + payment.transactions().getFirst());
    after(
        Duration.ofMinutes(42),
        "refund_asked",
        null,
        "operator",
        refund + " of 5.00 EUR: the popcorn was cold");
    after(Duration.ofSeconds(5), "refund_parked", null, "system", refund + ": no answer");
    after(Duration.ofSeconds(2), "refund_checked", null, "system", refund + ": no answer");
    after(
        Duration.ofSeconds(6),
        "refunded",
        PaymentState.PARTIALLY_REFUNDED,
        "operator",
        refund + " of 5.00 EUR, posted as " + payment.transactions().getFirst());
  }

  private void after(
      Duration pause, String type, @Nullable PaymentState to, String by, @Nullable String detail) {
    at = at.plus(pause);
    PaymentState from = state;
    state = to == null ? state : to;
    events.add(new PaymentEvent(events.size() + 1L, at, type, from, state, by, detail));
  }
}
