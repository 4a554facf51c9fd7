package io.countersign.server.payments;

import io.countersign.model.Money;
import io.countersign.model.Relation;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.approvals.Impact;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey.Preamble;
import io.countersign.server.approvals.Decision;
import io.countersign.server.approvals.ProposalKind;
import io.countersign.server.journal.Gate;
import java.util.List;
import org.springframework.stereotype.Component;

/// An approved refund goes its way from the decision's commit, which holds the merchant's funds.
@Component
class RefundKind implements ProposalKind<RefundContent> {

  private final RefundBook refunds;
  private final PaymentBook payments;
  private final PaymentImpacts impacts;
  private final Gate gate;

  RefundKind(RefundBook refunds, PaymentBook payments, PaymentImpacts impacts, Gate gate) {
    this.refunds = refunds;
    this.payments = payments;
    this.impacts = impacts;
    this.gate = gate;
  }

  @Override
  public ApprovalKind kind() {
    return ApprovalKind.REFUND;
  }

  @Override
  public Class<RefundContent> contentType() {
    return RefundContent.class;
  }

  // A refund that is rejected takes no gate: only what appends needs it.
  @Override
  public Preamble preamble() {
    return gate.entering();
  }

  @Override
  public List<Impact> impact(LedgerScope ledger, RefundContent content) {
    return payments.get(ledger.id(), content.payment()).isLateCharge()
        ? List.of()
        : impacts.of(
            ledger, content.merchantAccount(), content.providerAccount(), content.amount());
  }

  @Override
  public List<Money> amounts(LedgerScope ledger, RefundContent content) {
    return List.of(content.amount());
  }

  @Override
  public Relation execute(Decision decision, RefundContent content) {
    refunds.approved(decision.ledger().id(), content.refund(), decision.decider().name());
    return new Relation("refund", content.refund().toString());
  }

  @Override
  public void ended(LedgerScope ledger, ProposalEnd end, RefundContent content) {
    refunds.notApproved(ledger.id(), content.refund(), end.state().wire());
  }
}
