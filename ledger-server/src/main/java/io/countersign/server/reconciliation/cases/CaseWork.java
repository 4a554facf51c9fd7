package io.countersign.server.reconciliation.cases;

import io.countersign.model.id.ExceptionId;
import io.countersign.model.reconciliation.CaseEvent;
import io.countersign.model.reconciliation.ExceptionCase;
import io.countersign.model.reconciliation.ExceptionState;
import io.countersign.model.reconciliation.Resolution;
import io.countersign.server.api.Caller;
import io.countersign.server.api.Problem;
import io.countersign.server.api.ProblemException;
import io.countersign.server.api.Problems;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The steps that all work on an exception is made of, each within the caller's transaction.
///
/// A source is held before its exceptions are locked, and both before a proposal about one is
/// overtaken, as in a run and in a decision.
@Component
class CaseWork {

  private final CaseStore store;
  private final CaseHistoryStore history;
  private final CaseViews views;
  private final CaseItems items;
  private final CaseNews news;
  private final AuditLog audit;
  private final Clock clock;

  CaseWork(
      CaseStore store,
      CaseHistoryStore history,
      CaseViews views,
      CaseItems items,
      CaseNews news,
      AuditLog audit,
      Clock clock) {
    this.store = store;
    this.history = history;
    this.views = views;
    this.items = items;
    this.news = news;
    this.audit = audit;
    this.clock = clock;
  }

  /// Keeps runs away from the source of an exception, where it has one.
  void hold(int ledger, ExceptionId id) {
    String source = found(ledger, id).source();
    if (source != null) {
      items.hold(ledger, source);
    }
  }

  CaseRow found(int ledger, ExceptionId id) {
    return store
        .find(ledger, id)
        .orElseThrow(() -> Problems.notFound("exception " + id).asException());
  }

  CaseRow locked(int ledger, ExceptionId id) {
    hold(ledger, id);
    return store.lock(ledger, id).orElseThrow();
  }

  /// Locks it for somebody who wants to work on it.
  ///
  /// @throws ProblemException 409 `assigned-to-other` or `wrong-state`
  CaseRow workedOn(int ledger, ExceptionId id, Caller caller) {
    CaseRow row = locked(ledger, id);
    refuse(CaseTransitions.refusalToWork(row.state(), row.assignee(), caller.name()).orElse(null));
    return row;
  }

  /// Acting on an open one assigns it to whoever acts.
  CaseRow take(int ledger, CaseRow row, Caller caller) {
    if (row.state() != ExceptionState.OPEN) {
      return row;
    }
    store.change(ledger, row, ExceptionState.ASSIGNED, caller.name(), null);
    append(ledger, row, caller.name(), "assigned", ExceptionState.ASSIGNED, caller.name());
    return store.lock(ledger, row.id()).orElseThrow();
  }

  void resolve(int ledger, CaseRow row, Resolution resolution) {
    store.change(ledger, row, ExceptionState.RESOLVED, row.assignee(), resolution);
    append(
        ledger,
        row,
        resolution.by(),
        "resolved",
        ExceptionState.RESOLVED,
        resolution.type() + ": " + resolution.reason());
    news.tell(ledger, List.of(row.id()));
  }

  void append(
      int ledger,
      CaseRow before,
      String by,
      String type,
      @Nullable ExceptionState to,
      @Nullable String detail) {
    ExceptionState from = to == null ? null : before.state();
    history.append(ledger, before.id(), new CaseEvent(clock.instant(), by, type, from, to, detail));
  }

  ExceptionCase audited(int ledger, ExceptionCase before, String action, Caller caller) {
    ExceptionCase after = views.get(ledger, before.id());
    audit.write(
        ledger,
        caller,
        AuditChange.changed(action, "exception", before.id().toString(), before, after));
    return after;
  }

  static void refuse(@Nullable Problem problem) {
    if (problem != null) {
      throw new ProblemException(problem);
    }
  }
}
