package io.countersign.server.adjustments;

import io.countersign.model.Money;
import io.countersign.model.Relation;
import io.countersign.model.approvals.AdjustmentState;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.approvals.Impact;
import io.countersign.model.id.ExceptionId;
import io.countersign.model.journal.Transaction;
import io.countersign.model.journal.TransactionKind;
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

/// An approved adjustment is one transaction, in the decision's commit.
@Component
class AdjustmentKind implements ProposalKind<AdjustmentContent> {

  private final AdjustmentStore store;
  private final Impacts impacts;
  private final Journal journal;
  private final Gate gate;
  private final AdjustedExceptions exceptions;

  AdjustmentKind(
      AdjustmentStore store,
      Impacts impacts,
      Journal journal,
      Gate gate,
      AdjustedExceptions exceptions) {
    this.store = store;
    this.impacts = impacts;
    this.journal = journal;
    this.gate = gate;
    this.exceptions = exceptions;
  }

  static TransactionDraft.Builder draft(AdjustmentContent content, String recordedBy) {
    Relation itself = new Relation("adjustment", content.adjustment().toString());
    return TransactionDraft.of(TransactionKind.ADJUSTMENT, content.description(), recordedBy)
        .entries(content.entries().stream().map(EntryDraft::of).toList())
        .effectiveOn(content.effectiveOn())
        .relatesTo(content.relatesTo() == null ? itself : content.relatesTo());
  }

  @Override
  public ApprovalKind kind() {
    return ApprovalKind.ADJUSTMENT;
  }

  @Override
  public Class<AdjustmentContent> contentType() {
    return AdjustmentContent.class;
  }

  @Override
  public Preamble preamble() {
    return gate.entering();
  }

  @Override
  public Preamble preamble(LedgerScope ledger, AdjustmentContent content) {
    ExceptionId resolves = content.resolves();
    return resolves == null
        ? preamble()
        : () -> {
          gate.enter();
          exceptions.hold(ledger, resolves);
        };
  }

  @Override
  public Map<String, String> pins(LedgerScope ledger, AdjustmentContent content) {
    ExceptionId resolves = content.resolves();
    return resolves == null ? Map.of() : exceptions.pins(ledger, resolves);
  }

  @Override
  public List<Impact> impact(LedgerScope ledger, AdjustmentContent content) {
    return impacts.of(ledger, content.entries());
  }

  @Override
  public List<Money> amounts(LedgerScope ledger, AdjustmentContent content) {
    return Impacts.amounts(content.entries());
  }

  @Override
  public Relation execute(Decision decision, AdjustmentContent content) {
    String decider = decision.decider().name();
    ExceptionId resolves = content.resolves();
    if (resolves != null) {
      exceptions.require(decision, resolves);
    }
    Transaction posted =
        journal
            .append(
                decision.ledger(),
                draft(content, decider).fourEyes(decision.proposer(), decider).build())
            .orThrow();
    if (resolves != null) {
      exceptions.resolve(decision, resolves, posted);
    }
    store.end(decision.ledger().id(), content.adjustment(), AdjustmentState.APPROVED, posted.id());
    return new Relation("transaction", posted.id().toString());
  }

  @Override
  public void ended(LedgerScope ledger, ProposalEnd end, AdjustmentContent content) {
    store.end(ledger.id(), content.adjustment(), AdjustmentState.valueOf(end.state().name()), null);
    ExceptionId resolves = content.resolves();
    if (resolves != null) {
      exceptions.giveBack(ledger, resolves, end);
    }
  }
}
