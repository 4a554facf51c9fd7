package io.countersign.server.reconciliation.cases;

import io.countersign.model.Money;
import io.countersign.model.Relation;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey.Preamble;
import io.countersign.server.approvals.Decision;
import io.countersign.server.approvals.ProposalKind;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// An approved dismissal ends its exception in the decision's commit, and moves no money.
@Component
class DismissalKind implements ProposalKind<DismissalContent> {

  private final AwaitingCases cases;

  DismissalKind(AwaitingCases cases) {
    this.cases = cases;
  }

  @Override
  public ApprovalKind kind() {
    return ApprovalKind.DISMISSAL;
  }

  @Override
  public Class<DismissalContent> contentType() {
    return DismissalContent.class;
  }

  @Override
  public Preamble preamble(LedgerScope ledger, DismissalContent content) {
    return () -> cases.hold(ledger, content.exception());
  }

  @Override
  public Map<String, String> pins(LedgerScope ledger, DismissalContent content) {
    return cases.pins(ledger, content.exception());
  }

  @Override
  public List<Money> amounts(LedgerScope ledger, DismissalContent content) {
    return List.of(content.amount());
  }

  @Override
  public Relation execute(Decision decision, DismissalContent content) {
    cases.dismiss(decision, cases.lock(decision, content.exception()));
    return new Relation("exception", content.exception().toString());
  }

  @Override
  public void ended(LedgerScope ledger, ProposalEnd end, DismissalContent content) {
    cases.giveBack(ledger, content.exception(), end);
  }
}
