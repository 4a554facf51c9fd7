package io.countersign.server.reconciliation.cases;

import io.countersign.model.Money;
import io.countersign.model.Relation;
import io.countersign.model.approvals.AdjustmentRequest;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.id.ApprovalId;
import io.countersign.model.id.ExceptionId;
import io.countersign.model.journal.EntryRequest;
import io.countersign.model.reconciliation.ExceptionAdjustmentRequest;
import io.countersign.model.reconciliation.ExceptionCase;
import io.countersign.model.reconciliation.ExceptionState;
import io.countersign.model.reconciliation.WriteOffRequest;
import io.countersign.server.adjustments.Adjustments;
import io.countersign.server.api.Caller;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Problems;
import io.countersign.server.approvals.Approvals;
import io.countersign.server.approvals.Proposal;
import io.countersign.server.journal.Journal;
import io.countersign.server.reconciliation.cases.CaseItems.Unexplained;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What one person may not do to an exception alone, each inside the caller's transaction. The
/// exception awaits the decision, and belongs to who proposed.
@Component
class CaseProposals {

  private static final int TEXT_LONGEST = 2_000;
  private static final int CODE_LONGEST = 128;

  private final CaseWork work;
  private final CaseStore store;
  private final CaseViews views;
  private final CasePosition position;
  private final Approvals approvals;
  private final Adjustments adjustments;
  private final Journal journal;

  CaseProposals(
      CaseWork work,
      CaseStore store,
      CaseViews views,
      CasePosition position,
      Approvals approvals,
      Adjustments adjustments,
      Journal journal) {
    this.work = work;
    this.store = store;
    this.views = views;
    this.position = position;
    this.approvals = approvals;
    this.adjustments = adjustments;
    this.journal = journal;
  }

  /// Proposes to let an account bear what statement and books differ by.
  ExceptionCase writeOff(
      LedgerScope ledger, ExceptionId id, WriteOffRequest request, Caller caller) {
    ExceptionCase before = views.get(ledger.id(), id);
    new FieldChecks()
        .text("account", request.account(), CODE_LONGEST)
        .text("reason", request.reason(), TEXT_LONGEST)
        .orThrow();
    CaseRow row = work.workedOn(ledger.id(), id, caller);
    String source = row.source();
    if (source == null) {
      throw Problems.wrongState(
              row.state().wire(),
              "An exception about a payment has nothing to write off; propose an adjustment.")
          .asException();
    }
    position.refuseSecondPosting(ledger.id(), id);
    Unexplained open = position.of(ledger.id(), row);
    List<EntryRequest> entries = CasePosition.writeOff(open, request.account());
    new FieldChecks()
        .that(
            entries.stream().map(EntryRequest::account).distinct().count() == entries.size(),
            "account",
            "must be another account than the source's own")
        .orThrow();
    WriteOffContent content =
        new WriteOffContent(
            id,
            row.category(),
            source,
            request.reason(),
            "Write-off of " + id,
            entries,
            open == null ? List.of() : open.lines(),
            open == null ? List.of() : open.transactions());
    CaseWork.refuse(
        journal
            .foreseenRefusal(ledger, WriteOffKind.draft(content, caller.name()).build())
            .orElse(null));
    CaseRow taken = work.take(ledger.id(), row, caller);
    ApprovalId approval =
        propose(ledger, caller, ApprovalKind.WRITE_OFF, content, request.reason(), id);
    return awaiting(ledger.id(), before, taken, approval, "exception.write-off", caller);
  }

  /// Proposes a transaction whose approval resolves the exception.
  ExceptionCase adjust(
      LedgerScope ledger, ExceptionId id, ExceptionAdjustmentRequest request, Caller caller) {
    ExceptionCase before = views.get(ledger.id(), id);
    AdjustmentRequest adjustment =
        new AdjustmentRequest(
            request.reason(),
            "Adjustment for " + id,
            null,
            request.entries(),
            new Relation("exception", id.toString()));
    Adjustments.check(adjustment);
    CaseRow row = work.workedOn(ledger.id(), id, caller);
    position.refuseSecondPosting(ledger.id(), id);
    CasePosition.requireSettled(position.of(ledger.id(), row), request.entries());
    CaseWork.refuse(adjustments.foreseenRefusal(ledger, caller, adjustment).orElse(null));
    CaseRow taken = work.take(ledger.id(), row, caller);
    ApprovalId approval = adjustments.propose(ledger, caller, adjustment, id).approvalId();
    return awaiting(ledger.id(), before, taken, approval, "exception.adjust", caller);
  }

  /// Proposes to leave an exception as it is.
  ///
  /// @param row locked and worked on by the caller
  ExceptionCase dismiss(
      LedgerScope ledger,
      ExceptionCase before,
      CaseRow row,
      Money amount,
      String reason,
      Caller caller) {
    DismissalContent content =
        new DismissalContent(
            row.id(),
            row.category(),
            row.source(),
            row.payment(),
            amount,
            reason,
            row.lines(),
            row.transactions());
    CaseRow taken = work.take(ledger.id(), row, caller);
    ApprovalId approval =
        propose(ledger, caller, ApprovalKind.DISMISSAL, content, reason, row.id());
    return awaiting(ledger.id(), before, taken, approval, "exception.dismiss", caller);
  }

  private ApprovalId propose(
      LedgerScope ledger,
      Caller caller,
      ApprovalKind kind,
      Object content,
      @Nullable String reason,
      ExceptionId id) {
    return approvals.propose(
        ledger,
        caller,
        new Proposal(
            kind, content, reason, new Relation("exception", id.toString()), id.toString()));
  }

  private ExceptionCase awaiting(
      int ledger,
      ExceptionCase before,
      CaseRow row,
      ApprovalId approval,
      String action,
      Caller caller) {
    store.await(ledger, row, approval);
    work.append(
        ledger,
        row,
        caller.name(),
        "proposed",
        ExceptionState.AWAITING_APPROVAL,
        approval.toString());
    return work.audited(ledger, before, action, caller);
  }
}
