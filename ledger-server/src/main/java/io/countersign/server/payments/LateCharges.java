package io.countersign.server.payments;

import io.countersign.model.Relation;
import io.countersign.model.UuidV7;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.id.ApprovalId;
import io.countersign.model.id.RefundId;
import io.countersign.model.payments.RefundState;
import io.countersign.server.accounts.Ledgers;
import io.countersign.server.api.Caller;
import io.countersign.server.approvals.Approvals;
import io.countersign.server.approvals.Proposal;
import io.countersign.server.sagas.Sagas;
import java.util.List;
import org.springframework.stereotype.Component;

/// Charges that came after their payment was declined. The books have none and will have none, so
/// the card is to get its money back: the server proposes it and a person decides.
@Component
class LateCharges {

  private static final String REASON =
      "The provider charged the card after the payment was declined. Nothing is posted for it; this"
          + " gives the money back.";

  private final RefundStore refunds;
  private final RefundBook book;
  private final PaymentBook payments;
  private final Approvals approvals;
  private final Sagas sagas;
  private final Ledgers ledgers;
  private final UuidV7 ids;

  LateCharges(
      RefundStore refunds,
      RefundBook book,
      PaymentBook payments,
      Approvals approvals,
      Sagas sagas,
      Ledgers ledgers,
      UuidV7 ids) {
    this.refunds = refunds;
    this.book = book;
    this.payments = payments;
    this.approvals = approvals;
    this.sagas = sagas;
    this.ledgers = ledgers;
    this.ids = ids;
  }

  /// Whether the card was charged after this payment was declined.
  boolean came(int ledger, PaymentRow payment) {
    return payment.isLateCharge()
        && refunds.ofPayments(ledger, List.of(payment.id())).stream()
            .anyMatch(refund -> refund.requestedBy().equals(Caller.SYSTEM.name()));
  }

  /// Once for each payment, however often the provider says it: what was rejected is proposed again
  /// by people alone.
  ///
  /// @param payment locked by the caller, so that nobody proposes at the same time
  void proposeRefund(int ledger, PaymentRow payment) {
    if (came(ledger, payment)) {
      return;
    }
    RefundId id = new RefundId(ids.next());
    PaymentTerms terms = payment.terms();
    ApprovalId approval =
        approvals.propose(
            ledgers.byId(ledger).scope(),
            Caller.SYSTEM,
            new Proposal(
                ApprovalKind.REFUND,
                new RefundContent(
                    id,
                    payment.id(),
                    payment.amount(),
                    terms.merchantAccount(),
                    terms.providerAccount(),
                    false),
                REASON,
                new Relation("payment", payment.id().toString()),
                id.toString()));
    RefundRow refund =
        new RefundRow(
            id,
            payment.id(),
            payment.amount(),
            REASON,
            false,
            Caller.SYSTEM.name(),
            sagas.newId(),
            approval.uuid(),
            payments.now(),
            RefundState.PENDING_APPROVAL,
            null,
            null,
            null,
            null,
            0,
            1);
    refunds.insert(ledger, refund, payments.now());
    book.publish(ledger, refund);
    payments.change(
        ledger,
        payment,
        "refund_proposed",
        Change.nothing(),
        Caller.SYSTEM.name(),
        id + " of " + payment.amount() + " (" + approval + ")");
  }
}
