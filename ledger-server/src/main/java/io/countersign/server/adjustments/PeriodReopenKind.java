package io.countersign.server.adjustments;

import io.countersign.model.Relation;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey.Preamble;
import io.countersign.server.approvals.Decision;
import io.countersign.server.approvals.ProposalKind;
import io.countersign.server.journal.Gate;
import io.countersign.server.journal.Periods;
import java.time.YearMonth;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/// An approved reopening opens the month in the decision's commit, alone at the gate.
@Component
class PeriodReopenKind implements ProposalKind<PeriodReopenContent> {

  private final Periods periods;
  private final Gate gate;

  PeriodReopenKind(Periods periods, Gate gate) {
    this.periods = periods;
    this.gate = gate;
  }

  @Override
  public ApprovalKind kind() {
    return ApprovalKind.PERIOD_REOPEN;
  }

  @Override
  public Class<PeriodReopenContent> contentType() {
    return PeriodReopenContent.class;
  }

  @Override
  public Preamble preamble() {
    return gate.closing();
  }

  @Override
  public Map<String, String> pins(LedgerScope ledger, PeriodReopenContent content) {
    return Map.of(
        "closed through", Objects.requireNonNullElse(periods.closedThrough(ledger), "none"));
  }

  @Override
  public Relation execute(Decision decision, PeriodReopenContent content) {
    YearMonth period = YearMonth.parse(content.period());
    return new Relation(
        "period", periods.reopen(decision.ledger(), period, decision.decider()).period());
  }
}
