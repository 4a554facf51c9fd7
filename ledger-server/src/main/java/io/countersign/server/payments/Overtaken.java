package io.countersign.server.payments;

import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.id.PaymentId;
import io.countersign.model.payments.RefundState;
import io.countersign.server.accounts.Ledgers;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.approvals.Approvals;
import io.countersign.server.payments.provider.ProviderReply;
import java.util.List;
import org.springframework.stereotype.Component;

/// Ends the proposals that a provider's answer has overtaken. Called before the payment is locked,
/// because decisions lock the proposal first.
@Component
class Overtaken {

  private static final String ANSWERED = "the provider has answered";

  private final Approvals approvals;
  private final RefundStore refunds;
  private final Ledgers ledgers;

  Overtaken(Approvals approvals, RefundStore refunds, Ledgers ledgers) {
    this.approvals = approvals;
    this.refunds = refunds;
    this.ledgers = ledgers;
  }

  void by(int ledger, PaymentId payment, ProviderReply reply) {
    switch (reply) {
      case ProviderReply.Charged _ -> resolution(ledger, payment);
      case ProviderReply.Declined _, ProviderReply.Cancelled _ -> {
        resolution(ledger, payment);
        refundsOf(ledger, payment);
      }
      default -> {}
    }
  }

  /// There is nothing left to refund.
  void refundsOf(int ledger, PaymentId payment) {
    for (RefundRow refund : refunds.ofPayments(ledger, List.of(payment))) {
      if (refund.state() == RefundState.PENDING_APPROVAL) {
        approvals.supersede(scope(ledger), ApprovalKind.REFUND, refund.id().toString(), ANSWERED);
      }
    }
  }

  private void resolution(int ledger, PaymentId payment) {
    approvals.supersede(
        scope(ledger), ApprovalKind.PAYMENT_RESOLUTION, payment.toString(), ANSWERED);
  }

  private LedgerScope scope(int ledger) {
    return ledgers.byId(ledger).scope();
  }
}
