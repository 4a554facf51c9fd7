package io.countersign.server.reconciliation.cases;

import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.id.ExceptionId;
import io.countersign.model.id.LineId;
import io.countersign.model.id.MatchId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.reconciliation.Comment;
import io.countersign.model.reconciliation.ExceptionCase;
import io.countersign.model.reconciliation.ExceptionState;
import io.countersign.model.reconciliation.MatchRequest;
import io.countersign.model.reconciliation.Resolution;
import io.countersign.server.api.Caller;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Problems;
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

  private final CaseWork work;
  private final CaseStore store;
  private final CaseHistoryStore history;
  private final CaseRaising raising;
  private final CaseViews views;
  private final CaseItems items;
  private final CaseProposals proposals;
  private final CaseSettings settings;
  private final Clock clock;

  CaseDesk(
      CaseWork work,
      CaseStore store,
      CaseHistoryStore history,
      CaseRaising raising,
      CaseViews views,
      CaseItems items,
      CaseProposals proposals,
      CaseSettings settings,
      Clock clock) {
    this.work = work;
    this.store = store;
    this.history = history;
    this.raising = raising;
    this.views = views;
    this.items = items;
    this.proposals = proposals;
    this.settings = settings;
    this.clock = clock;
  }

  ExceptionCase assign(int ledger, ExceptionId id, @Nullable String assignee, Caller caller) {
    ExceptionCase before = views.get(ledger, id);
    new FieldChecks().text("assignee", assignee, NAME_LONGEST).orThrow();
    CaseRow row = work.locked(ledger, id);
    CaseWork.refuse(CaseTransitions.refusal(row.state(), ExceptionState.ASSIGNED).orElse(null));
    if (row.state() == ExceptionState.AWAITING_APPROVAL) {
      throw Problems.wrongState(
              row.state().wire(), "A proposal about this exception waits for its decision.")
          .asException();
    }
    store.change(ledger, row, ExceptionState.ASSIGNED, assignee, null);
    work.append(ledger, row, caller.name(), "assigned", ExceptionState.ASSIGNED, assignee);
    return work.audited(ledger, before, "exception.assign", caller);
  }

  ExceptionCase comment(int ledger, ExceptionId id, @Nullable String text, Caller caller) {
    ExceptionCase before = views.get(ledger, id);
    new FieldChecks().text("text", text, TEXT_LONGEST).orThrow();
    // On another's, or on a resolved one, a comment is a remark and takes nothing over.
    CaseRow row = work.take(ledger, work.locked(ledger, id), caller);
    history.append(
        ledger, row.id(), new Comment(clock.instant(), caller.name(), String.valueOf(text)));
    return work.audited(ledger, before, "exception.comment", caller);
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
    CaseRow row = work.workedOn(ledger, id, caller);
    MatchId match =
        items.match(
            ledger,
            sourceOf(row),
            distinct(request.lines()),
            distinct(request.transactions()),
            request.reason(),
            caller.name());
    CaseRow taken = work.take(ledger, row, caller);
    work.resolve(ledger, taken, resolution("match", request.reason(), match, caller));
    List<Subject> subjects = subjects(row, request);
    raising.overtake(ledger, subjects, "It is explained by " + match + ".");
    raising.explained(ledger, subjects, "match", request.reason(), match);
    return work.audited(ledger, before, "exception.match", caller);
  }

  private Resolution resolution(
      String type, String reason, @Nullable MatchId match, Caller caller) {
    return new Resolution(type, caller.name(), clock.instant(), reason, match, null);
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

  /// Leaves it as it is; above a limit that is a proposal, and the answer awaits approval.
  ExceptionCase dismiss(LedgerScope scope, ExceptionId id, @Nullable String reason, Caller caller) {
    int ledger = scope.id();
    ExceptionCase before = views.get(ledger, id);
    new FieldChecks().text("reason", reason, TEXT_LONGEST).orThrow();
    CaseRow row = work.workedOn(ledger, id, caller);
    String words = String.valueOf(reason);
    Money stake = atStake(row);
    if (stake != null && !settings.oneMayDismiss(stake)) {
      return proposals.dismiss(scope, before, row, stake, words, caller);
    }
    markDismissed(ledger, row, true);
    CaseRow taken = work.take(ledger, row, caller);
    work.resolve(ledger, taken, resolution("dismissal", words, null, caller));
    return work.audited(ledger, before, "exception.dismiss", caller);
  }

  // Where statement and books can be compared it is what they differ by.
  private static @Nullable Money atStake(CaseRow row) {
    Long minorUnits = row.difference() == null ? row.amount() : row.difference();
    CurrencyCode currency = row.currency();
    if (minorUnits == null || currency == null) {
      return null;
    }
    return new Money(Math.abs(Math.max(minorUnits, -Long.MAX_VALUE)), currency);
  }

  /// Opens a resolved one again; a match that resolved it is undone. What was posted for it stays.
  ExceptionCase reopen(int ledger, ExceptionId id, @Nullable String reason, Caller caller) {
    ExceptionCase before = views.get(ledger, id);
    new FieldChecks().text("reason", reason, TEXT_LONGEST).orThrow();
    CaseRow row = work.locked(ledger, id);
    CaseWork.refuse(CaseTransitions.refusal(row.state(), ExceptionState.OPEN).orElse(null));
    refuseSecond(ledger, row);
    Resolution resolution = row.resolution();
    if (resolution != null && resolution.matchId() != null) {
      items.undo(ledger, resolution.matchId(), String.valueOf(reason), caller.name());
      raising.unexplained(ledger, resolution.matchId(), String.valueOf(reason), caller.name());
    } else {
      markDismissed(ledger, row, false);
      raising.reopen(ledger, List.of(row), String.valueOf(reason), caller.name());
    }
    return work.audited(ledger, before, "exception.reopen", caller);
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
}
