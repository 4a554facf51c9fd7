package io.countersign.server.reconciliation.cases;

import io.countersign.model.id.ExceptionId;
import io.countersign.model.id.MatchId;
import io.countersign.model.journal.Transaction;
import io.countersign.model.reconciliation.ExceptionState;
import io.countersign.model.reconciliation.Resolution;
import io.countersign.server.adjustments.AdjustedExceptions;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Problems;
import io.countersign.server.approvals.Decision;
import io.countersign.server.approvals.ProposalKind.ProposalEnd;
import io.countersign.server.reconciliation.cases.CaseItems.Unexplained;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What becomes of exceptions that await a decision, within the transaction that makes it.
@Component
class AwaitingCases implements AdjustedExceptions {

  private static final String ADJUSTMENT = "adjustment";

  private final CaseWork work;
  private final CaseStore store;
  private final CaseRaising raising;
  private final CasePosition position;
  private final CaseItems items;
  private final Clock clock;

  AwaitingCases(
      CaseWork work,
      CaseStore store,
      CaseRaising raising,
      CasePosition position,
      CaseItems items,
      Clock clock) {
    this.work = work;
    this.store = store;
    this.raising = raising;
    this.position = position;
    this.items = items;
    this.clock = clock;
  }

  @Override
  public void hold(LedgerScope ledger, ExceptionId id) {
    work.hold(ledger.id(), id);
  }

  @Override
  public Map<String, String> pins(LedgerScope ledger, ExceptionId id) {
    return position.pins(ledger.id(), work.found(ledger.id(), id));
  }

  @Override
  public void require(Decision decision, ExceptionId id) {
    lock(decision, id);
  }

  CaseRow lock(Decision decision, ExceptionId id) {
    CaseRow row = store.lock(decision.ledger().id(), id).orElseThrow();
    if (!Objects.equals(row.approval(), decision.approval())) {
      throw Problems.wrongState(
              row.state().wire(), "The exception awaits no decision of this proposal.")
          .asException();
    }
    return row;
  }

  @Override
  public void resolve(Decision decision, ExceptionId id, Transaction posted) {
    settle(decision, lock(decision, id), ADJUSTMENT, posted);
  }

  /// Matches what is unexplained with what was posted, and resolves the exception.
  ///
  /// @param type of the resolution, and the rule of the match
  void settle(Decision decision, CaseRow row, String type, Transaction posted) {
    int ledger = decision.ledger().id();
    String reason = String.valueOf(decision.reason());
    Unexplained open = position.of(ledger, row);
    String source = row.source();
    UUID account = row.account();
    @Nullable MatchId match = null;
    if (open != null && source != null && account != null) {
      String by = decision.decider().name();
      match = items.settle(ledger, source, account, open, posted, type, reason, by);
    }
    end(decision, row, type, match, posted);
    if (open != null && account != null && match != null) {
      List<Subject> subjects = subjects(account, open);
      raising.overtake(ledger, subjects, "It is explained by " + match + ".");
      raising.explained(ledger, subjects, type, reason, match);
    }
  }

  private static List<Subject> subjects(UUID account, Unexplained open) {
    List<Subject> subjects = new ArrayList<>();
    open.lines().forEach(it -> subjects.add(Subject.line(it.uuid())));
    open.transactions().forEach(it -> subjects.add(Subject.transaction(account, it.uuid())));
    return subjects;
  }

  /// Resolves it without a match.
  void dismiss(Decision decision, CaseRow row) {
    UUID account = row.account();
    if (account != null) {
      items.dismiss(decision.ledger().id(), account, row.lines(), row.transactions(), true);
    }
    end(decision, row, "dismissal", null, null);
  }

  private void end(
      Decision decision,
      CaseRow row,
      String type,
      @Nullable MatchId match,
      @Nullable Transaction posted) {
    work.resolve(
        decision.ledger().id(),
        row,
        new Resolution(
            type,
            decision.decider().name(),
            clock.instant(),
            decision.reason(),
            match,
            posted == null ? null : posted.id()));
  }

  @Override
  public void giveBack(LedgerScope ledger, ExceptionId id, ProposalEnd end) {
    CaseRow row = store.lock(ledger.id(), id).orElseThrow();
    if (!Objects.equals(row.approval(), end.approval())) {
      return;
    }
    store.change(ledger.id(), row, ExceptionState.ASSIGNED, row.assignee(), null);
    work.append(
        ledger.id(), row, end.by(), end.state().wire(), ExceptionState.ASSIGNED, end.comment());
  }
}
