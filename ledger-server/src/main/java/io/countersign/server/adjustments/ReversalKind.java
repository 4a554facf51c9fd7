package io.countersign.server.adjustments;

import io.countersign.model.Money;
import io.countersign.model.Relation;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.approvals.Impact;
import io.countersign.model.journal.Transaction;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey.Preamble;
import io.countersign.server.approvals.Decision;
import io.countersign.server.approvals.ProposalKind;
import io.countersign.server.journal.Drafts;
import io.countersign.server.journal.Gate;
import io.countersign.server.journal.Journal;
import io.countersign.server.journal.JournalReader;
import java.util.List;
import org.springframework.stereotype.Component;

/// An approved reversal is one transaction, in the decision's commit. A transaction never changes,
/// so there is nothing to pin: whether it is reversed already the books say themselves.
@Component
class ReversalKind implements ProposalKind<ReversalContent> {

  private final JournalReader reader;
  private final Impacts impacts;
  private final Journal journal;
  private final Gate gate;

  ReversalKind(JournalReader reader, Impacts impacts, Journal journal, Gate gate) {
    this.reader = reader;
    this.impacts = impacts;
    this.journal = journal;
    this.gate = gate;
  }

  @Override
  public ApprovalKind kind() {
    return ApprovalKind.REVERSAL;
  }

  @Override
  public Class<ReversalContent> contentType() {
    return ReversalContent.class;
  }

  @Override
  public Preamble preamble() {
    return gate.entering();
  }

  @Override
  public List<Impact> impact(LedgerScope ledger, ReversalContent content) {
    return impacts.of(ledger, content.entries());
  }

  @Override
  public List<Money> amounts(LedgerScope ledger, ReversalContent content) {
    return Impacts.amounts(content.entries());
  }

  @Override
  public Relation execute(Decision decision, ReversalContent content) {
    String decider = decision.decider().name();
    Transaction reversed = reader.get(decision.ledger().id(), content.transaction());
    Transaction posted =
        journal
            .append(
                decision.ledger(),
                Drafts.reversal(reversed, content.reason(), content.effectiveOn(), decider)
                    .fourEyes(decision.proposer(), decider)
                    .build())
            .orThrow();
    return new Relation("transaction", posted.id().toString());
  }
}
