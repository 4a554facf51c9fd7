package io.countersign.server.reconciliation.cases;

import io.countersign.model.Money;
import io.countersign.model.Relation;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.approvals.Impact;
import io.countersign.model.journal.Transaction;
import io.countersign.model.journal.TransactionKind;
import io.countersign.server.adjustments.Impacts;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey.Preamble;
import io.countersign.server.approvals.Decision;
import io.countersign.server.approvals.ProposalKind;
import io.countersign.server.journal.EntryDraft;
import io.countersign.server.journal.Gate;
import io.countersign.server.journal.Journal;
import io.countersign.server.journal.TransactionDraft;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// An approved write-off is one transaction, one match and the end of its exception, in the
/// decision's commit.
@Component
class WriteOffKind implements ProposalKind<WriteOffContent> {

  private final AwaitingCases cases;
  private final Impacts impacts;
  private final Journal journal;
  private final Gate gate;

  WriteOffKind(AwaitingCases cases, Impacts impacts, Journal journal, Gate gate) {
    this.cases = cases;
    this.impacts = impacts;
    this.journal = journal;
    this.gate = gate;
  }

  /// Posted on the day it is approved: no closed month refuses it.
  static TransactionDraft.Builder draft(WriteOffContent content, String recordedBy) {
    return TransactionDraft.of(TransactionKind.WRITE_OFF, content.description(), recordedBy)
        .entries(content.entries().stream().map(EntryDraft::of).toList())
        .relatesTo(new Relation("exception", content.exception().toString()));
  }

  @Override
  public ApprovalKind kind() {
    return ApprovalKind.WRITE_OFF;
  }

  @Override
  public Class<WriteOffContent> contentType() {
    return WriteOffContent.class;
  }

  @Override
  public Preamble preamble(LedgerScope ledger, WriteOffContent content) {
    return () -> {
      gate.enter();
      cases.hold(ledger, content.exception());
    };
  }

  @Override
  public Map<String, String> pins(LedgerScope ledger, WriteOffContent content) {
    return cases.pins(ledger, content.exception());
  }

  @Override
  public List<Impact> impact(LedgerScope ledger, WriteOffContent content) {
    return impacts.of(ledger, content.entries());
  }

  @Override
  public List<Money> amounts(LedgerScope ledger, WriteOffContent content) {
    return Impacts.amounts(content.entries());
  }

  @Override
  public Relation execute(Decision decision, WriteOffContent content) {
    CaseRow row = cases.lock(decision, content.exception());
    String decider = decision.decider().name();
    Transaction posted =
        journal
            .append(
                decision.ledger(),
                draft(content, decider).fourEyes(decision.proposer(), decider).build())
            .orThrow();
    cases.settle(decision, row, "write_off", posted);
    return new Relation("transaction", posted.id().toString());
  }

  @Override
  public void ended(LedgerScope ledger, ProposalEnd end, WriteOffContent content) {
    cases.giveBack(ledger, content.exception(), end);
  }
}
