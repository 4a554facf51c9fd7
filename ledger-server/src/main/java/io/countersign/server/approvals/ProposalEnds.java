package io.countersign.server.approvals;

import io.countersign.model.Relation;
import io.countersign.model.approvals.Approval;
import io.countersign.model.approvals.ApprovalState;
import io.countersign.model.approvals.Impact;
import io.countersign.server.api.Caller;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.outbox.Outbox;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Writes how a proposal ended, tells its feature and the audit log; its row is locked.
@Component
class ProposalEnds {

  private final ApprovalStore store;
  private final ProposalKinds kinds;
  private final ApprovalViews views;
  private final AuditLog audit;
  private final Outbox outbox;
  private final Clock clock;

  ProposalEnds(
      ApprovalStore store,
      ProposalKinds kinds,
      ApprovalViews views,
      AuditLog audit,
      Outbox outbox,
      Clock clock) {
    this.store = store;
    this.kinds = kinds;
    this.views = views;
    this.audit = audit;
    this.outbox = outbox;
    this.clock = clock;
  }

  /// Ends it without effect.
  Approval end(
      LedgerScope ledger,
      ApprovalRow row,
      ApprovalState state,
      Caller by,
      @Nullable String comment) {
    ProposalKinds.Asked kind = kinds.of(row.kind(), row.content());
    Approval ended = write(row, state, by, comment, row.impact(), null);
    kind.ended(ledger, new ProposalKind.ProposalEnd(row.id(), state, by.name(), comment));
    return ended;
  }

  /// Writes the approval whose effect has just been made.
  Approval approved(
      ApprovalRow row, Caller by, @Nullable String comment, List<Impact> impact, Relation result) {
    return write(row, ApprovalState.APPROVED, by, comment, kinds.canonical(impact), result);
  }

  private Approval write(
      ApprovalRow row,
      ApprovalState state,
      Caller by,
      @Nullable String comment,
      String impact,
      @Nullable Relation result) {
    boolean decided = state == ApprovalState.APPROVED || state == ApprovalState.REJECTED;
    ApprovalRow ended =
        new ApprovalRow(
            row.ledger(),
            row.id(),
            row.kind(),
            state,
            row.proposerId(),
            row.proposer(),
            row.proposedAt(),
            row.expiresAt(),
            row.reason(),
            row.content(),
            row.contentHash(),
            row.pins(),
            impact,
            row.target(),
            row.relatesTo(),
            decided ? by.id() : null,
            decided ? by.name() : null,
            clock.instant(),
            comment,
            result);
    store.end(ended);
    Approval after = views.stored(ended);
    String id = row.id().toString();
    audit.write(
        row.ledger(),
        by,
        AuditChange.changed("approval." + state.wire(), "approval", id, views.stored(row), after));
    tell(row.ledger(), after);
    return after;
  }

  /// Tells the outside that a proposal was made or has ended. Changes of users stay inside.
  void tell(int ledger, Approval approval) {
    if (ledger != LedgerScope.SERVER.id()) {
      outbox.publish(
          ledger, "approval." + approval.state().wire(), approval.id().toString(), approval);
    }
  }
}
