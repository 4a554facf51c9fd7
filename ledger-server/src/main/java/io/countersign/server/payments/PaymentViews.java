package io.countersign.server.payments;

import io.countersign.model.Money;
import io.countersign.model.id.ApprovalId;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.RefundId;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.Refund;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Payments and refunds as callers see them.
@Component
class PaymentViews {

  private final RefundStore refunds;

  PaymentViews(RefundStore refunds) {
    this.refunds = refunds;
  }

  /// One that was made just now, so that nobody can have refunded it.
  static Payment ofNew(PaymentRow payment) {
    return payment(payment, List.of());
  }

  Payment payment(int ledger, PaymentRow payment) {
    return payment(payment, refunds(ledger, payment));
  }

  /// @param refunds all there are of it
  static Payment payment(PaymentRow payment, List<RefundRow> refunds) {
    return view(payment, refunds);
  }

  List<RefundRow> refunds(int ledger, PaymentRow payment) {
    return refunds.ofPayments(ledger, List.of(payment.id()));
  }

  List<Payment> payments(int ledger, List<PaymentRow> payments) {
    List<PaymentId> ids = payments.stream().map(PaymentRow::id).toList();
    List<RefundRow> all = refunds.ofPayments(ledger, ids);
    Map<PaymentId, List<RefundRow>> byPayment =
        all.stream().collect(java.util.stream.Collectors.groupingBy(RefundRow::payment));
    return payments.stream()
        .map(payment -> view(payment, byPayment.getOrDefault(payment.id(), List.of())))
        .toList();
  }

  static Refund refund(RefundRow refund) {
    UUID approval = refund.approval();
    return new Refund(
        refund.id(),
        refund.payment(),
        refund.state(),
        refund.amount(),
        approval == null ? null : new ApprovalId(approval));
  }

  private static Payment view(PaymentRow payment, List<RefundRow> refunds) {
    PaymentTerms terms = payment.terms();
    PaymentStatus status = payment.status();
    @Nullable RefundId wish =
        refunds.stream().filter(RefundRow::ifCharged).map(RefundRow::id).findFirst().orElse(null);
    return new Payment(
        terms.id(),
        status.state(),
        terms.amount(),
        new Money(status.refunded(), terms.amount().currency()),
        terms.merchantAccount(),
        terms.provider(),
        terms.providerKey(),
        status.providerReference(),
        terms.reference(),
        terms.description(),
        status.declineCode(),
        terms.createdAt(),
        status.updatedAt(),
        status.nextCheckAt(),
        status.checks(),
        status.owner(),
        status.transactions(),
        refunds.stream().map(RefundRow::id).toList(),
        terms.saga(),
        wish,
        terms.metadata());
  }
}
