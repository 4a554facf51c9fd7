package io.countersign.server.reconciliation.cases;

import io.countersign.model.id.ExceptionId;
import io.countersign.model.id.LineId;
import io.countersign.model.id.MatchId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.reconciliation.CaseEvent;
import io.countersign.model.reconciliation.Comment;
import io.countersign.model.reconciliation.ExceptionCase;
import io.countersign.model.reconciliation.ExceptionState;
import io.countersign.model.reconciliation.MatchRequest;
import io.countersign.model.reconciliation.Resolution;
import io.countersign.server.api.Caller;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.Problem;
import io.countersign.server.api.ProblemException;
import io.countersign.server.api.Problems;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What people do to exceptions, each inside the caller's transaction. Every check comes before the
/// first write, so a refusal has changed nothing.
@Component
class CaseDesk {

  private static final int TEXT_LONGEST = 2_000;
  private static final int NAME_LONGEST = 200;

  private final CaseStore store;
  private final CaseHistoryStore history;
  private final CaseRaising raising;
  private final CaseViews views;
  private final CaseItems items;
  private final CaseNews news;
  private final AuditLog audit;
  private final Clock clock;

  CaseDesk(
      CaseStore store,
      CaseHistoryStore history,
      CaseRaising raising,
      CaseViews views,
      CaseItems items,
      CaseNews news,
      AuditLog audit,
      Clock clock) {
    this.store = store;
    this.history = history;
    this.raising = raising;
    this.views = views;
    this.items = items;
    this.news = news;
    this.audit = audit;
    this.clock = clock;
  }

  ExceptionCase assign(int ledger, ExceptionId id, @Nullable String assignee, Caller caller) {
    ExceptionCase before = views.get(ledger, id);
    new FieldChecks().text("assignee", assignee, NAME_LONGEST).orThrow();
    CaseRow row = locked(ledger, id);
    refuse(CaseTransitions.refusal(row.state(), ExceptionState.ASSIGNED).orElse(null));
    if (row.state() == ExceptionState.AWAITING_APPROVAL) {
      throw Problems.wrongState(
              row.state().wire(), "A proposal about this exception waits for its decision.")
          .asException();
    }
    store.change(ledger, row, ExceptionState.ASSIGNED, assignee, null);
    append(ledger, row, caller, "assigned", ExceptionState.ASSIGNED, assignee);
    return audited(ledger, before, "exception.assign", caller);
  }

  ExceptionCase comment(int ledger, ExceptionId id, @Nullable String text, Caller caller) {
    ExceptionCase before = views.get(ledger, id);
    new FieldChecks().text("text", text, TEXT_LONGEST).orThrow();
    // On another's, or on a resolved one, a comment is a remark and takes nothing over.
    CaseRow row = take(ledger, locked(ledger, id), caller);
    history.append(
        ledger, row.id(), new Comment(clock.instant(), caller.name(), String.valueOf(text)));
    return audited(ledger, before, "exception.comment", caller);
  }

  ExceptionCase match(int ledger, ExceptionId id, MatchRequest request, Caller caller) {
    ExceptionCase before = views.get(ledger, id);
    new FieldChecks()
        .text("reason", request.reason(), TEXT_LONGEST)
        .size("lines", request.lines(), 0, 10_000)
        .size("transactions", request.transactions(), 0, 10_000)
        .that(
            !request.lines().isEmpty() || !request.transactions().isEmpty(),
            "lines",
            "and transactions must not both be empty")
        .orThrow();
    CaseRow row = workedOn(ledger, id, caller);
    MatchId match =
        items.match(
            ledger,
            sourceOf(row),
            distinct(request.lines()),
            distinct(request.transactions()),
            request.reason(),
            caller.name());
    resolve(ledger, take(ledger, row, caller), caller, "match", request.reason(), match);
    raising.explained(ledger, subjects(row, request), "match", request.reason(), match);
    return audited(ledger, before, "exception.match", caller);
  }

  private static String sourceOf(CaseRow row) {
    String source = row.source();
    if (source == null) {
      throw Problems.wrongState(
              row.state().wire(), "An exception about a payment has no lines to match.")
          .asException();
    }
    return source;
  }

  private static <T> List<T> distinct(List<T> given) {
    return given.stream().distinct().toList();
  }

  private static List<Subject> subjects(CaseRow row, MatchRequest request) {
    List<Subject> subjects = new ArrayList<>();
    request.lines().forEach(line -> subjects.add(Subject.line(line.uuid())));
    UUID account = row.account();
    if (account != null) {
      request.transactions().forEach(txn -> subjects.add(Subject.transaction(account, txn.uuid())));
    }
    return subjects;
  }

  ExceptionCase dismiss(int ledger, ExceptionId id, @Nullable String reason, Caller caller) {
    ExceptionCase before = views.get(ledger, id);
    new FieldChecks().text("reason", reason, TEXT_LONGEST).orThrow();
    CaseRow row = workedOn(ledger, id, caller);
    markDismissed(ledger, row, true);
    resolve(ledger, take(ledger, row, caller), caller, "dismissal", String.valueOf(reason), null);
    return audited(ledger, before, "exception.dismiss", caller);
  }

  /// Opens a resolved one again; a match that resolved it is undone.
  ExceptionCase reopen(int ledger, ExceptionId id, @Nullable String reason, Caller caller) {
    ExceptionCase before = views.get(ledger, id);
    new FieldChecks().text("reason", reason, TEXT_LONGEST).orThrow();
    CaseRow row = locked(ledger, id);
    refuse(CaseTransitions.refusal(row.state(), ExceptionState.OPEN).orElse(null));
    refuseSecond(ledger, row);
    Resolution resolution = row.resolution();
    if (resolution != null && resolution.matchId() != null) {
      items.undo(ledger, resolution.matchId(), String.valueOf(reason), caller.name());
      raising.unexplained(ledger, resolution.matchId(), String.valueOf(reason), caller.name());
    } else {
      markDismissed(ledger, row, false);
      store.change(ledger, row, ExceptionState.OPEN, null, null);
      append(ledger, row, caller, "reopened", ExceptionState.OPEN, reason);
      news.tell(ledger, List.of(id));
    }
    return audited(ledger, before, "exception.reopen", caller);
  }

  private ExceptionCase audited(int ledger, ExceptionCase before, String action, Caller caller) {
    ExceptionCase after = views.get(ledger, before.id());
    audit.write(
        ledger,
        caller,
        AuditChange.changed(action, "exception", before.id().toString(), before, after));
    return after;
  }

  private void refuseSecond(int ledger, CaseRow row) {
    if (!store.lockSubjects(ledger, List.of(new Subject(row.subject()))).isEmpty()) {
      throw Problems.wrongState(
              row.state().wire(),
              "A newer exception about the same is unresolved; work on that one.")
          .asException();
    }
  }

  private void markDismissed(int ledger, CaseRow row, boolean dismissed) {
    UUID account = row.account();
    if (account != null) {
      List<LineId> lines = row.lines();
      List<TransactionId> transactions = row.transactions();
      items.dismiss(ledger, account, lines, transactions, dismissed);
    }
  }

  private CaseRow workedOn(int ledger, ExceptionId id, Caller caller) {
    CaseRow row = locked(ledger, id);
    refuse(CaseTransitions.refusalToWork(row.state(), row.assignee(), caller.name()).orElse(null));
    return row;
  }

  private CaseRow locked(int ledger, ExceptionId id) {
    CaseRow seen =
        store
            .find(ledger, id)
            .orElseThrow(() -> Problems.notFound("exception " + id).asException());
    String source = seen.source();
    if (source != null) {
      items.hold(ledger, source);
    }
    return store.lock(ledger, id).orElseThrow();
  }

  /// Acting on an open one assigns it to whoever acts.
  private CaseRow take(int ledger, CaseRow row, Caller caller) {
    if (row.state() != ExceptionState.OPEN) {
      return row;
    }
    store.change(ledger, row, ExceptionState.ASSIGNED, caller.name(), null);
    append(ledger, row, caller, "assigned", ExceptionState.ASSIGNED, caller.name());
    return store.lock(ledger, row.id()).orElseThrow();
  }

  private void resolve(
      int ledger, CaseRow row, Caller caller, String type, String reason, @Nullable MatchId match) {
    Resolution resolution = new Resolution(type, caller.name(), clock.instant(), reason, match);
    store.change(ledger, row, ExceptionState.RESOLVED, row.assignee(), resolution);
    append(ledger, row, caller, "resolved", ExceptionState.RESOLVED, type + ": " + reason);
    news.tell(ledger, List.of(row.id()));
  }

  private void append(
      int ledger,
      CaseRow before,
      Caller caller,
      String type,
      ExceptionState to,
      @Nullable String detail) {
    history.append(
        ledger,
        before.id(),
        new CaseEvent(clock.instant(), caller.name(), type, before.state(), to, detail));
  }

  private static void refuse(@Nullable Problem problem) {
    if (problem != null) {
      throw new ProblemException(problem);
    }
  }
}
