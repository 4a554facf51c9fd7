package io.countersign.server.reconciliation.cases;

import io.countersign.model.UuidV7;
import io.countersign.model.id.ApprovalId;
import io.countersign.model.id.ExceptionId;
import io.countersign.model.id.MatchId;
import io.countersign.model.reconciliation.CaseEvent;
import io.countersign.model.reconciliation.ExceptionState;
import io.countersign.model.reconciliation.Resolution;
import io.countersign.server.accounts.Ledgers;
import io.countersign.server.approvals.Approvals;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What a run does to exceptions, inside its transaction: opens them, says anew what they are
/// about, and resolves those that are explained by now.
@Component
public class CaseRaising {

  private static final String SYSTEM = "system";
  private static final String POSTED_STAYS =
      "Transaction %s stays in the books. Match it again with what it settled, or propose its"
          + " reversal.";

  private final CaseStore store;
  private final CaseHistoryStore history;
  private final CaseNews news;
  private final Approvals approvals;
  private final Ledgers ledgers;
  private final UuidV7 ids;
  private final Clock clock;

  CaseRaising(
      CaseStore store,
      CaseHistoryStore history,
      CaseNews news,
      Approvals approvals,
      Ledgers ledgers,
      UuidV7 ids,
      Clock clock) {
    this.store = store;
    this.history = history;
    this.news = news;
    this.approvals = approvals;
    this.ledgers = ledgers;
    this.ids = ids;
    this.clock = clock;
  }

  /// Opens an exception for each, unless one about it is unresolved: that one is told what is known
  /// now. One that waits for approval is left alone.
  public void raise(int ledger, String source, List<RaisedCase> raised) {
    Map<String, CaseRow> known = bySubject(ledger, raised);
    Map<UUID, CaseRow> holding = byItem(ledger, source, raised);
    Map<ExceptionId, RaisedCase> fresh = new LinkedHashMap<>();
    Set<ExceptionId> told = new HashSet<>();
    for (RaisedCase each : raised) {
      CaseRow unresolved = known.get(each.subject().text());
      if (unresolved == null) {
        unresolved = holder(each, holding);
      }
      if (unresolved == null) {
        fresh.put(new ExceptionId(ids.next()), each);
      } else if (told.add(unresolved.id())) {
        tell(ledger, unresolved, each);
      }
    }
    if (!fresh.isEmpty()) {
      store.insert(ledger, fresh, clock.instant());
      news.tell(ledger, fresh.keySet());
    }
  }

  private Map<String, CaseRow> bySubject(int ledger, List<RaisedCase> raised) {
    Map<String, CaseRow> known = new HashMap<>();
    store
        .lockSubjects(ledger, raised.stream().map(RaisedCase::subject).toList())
        .forEach(row -> known.put(row.subject(), row));
    return known;
  }

  // An entry that lacked its line has an exception of its own; when a line comes that names it but
  // does not equal it, that exception goes on.
  private Map<UUID, CaseRow> byItem(int ledger, String source, List<RaisedCase> raised) {
    Set<UUID> items = new LinkedHashSet<>();
    raised.forEach(it -> it.transactions().forEach(txn -> items.add(txn.uuid())));
    Map<UUID, CaseRow> holding = new HashMap<>();
    for (CaseRow row : store.holding(ledger, source, items)) {
      row.transactions().forEach(txn -> holding.putIfAbsent(txn.uuid(), row));
    }
    return holding;
  }

  private static @Nullable CaseRow holder(RaisedCase raised, Map<UUID, CaseRow> holding) {
    if (raised.lines().isEmpty()) {
      return null;
    }
    for (var transaction : raised.transactions()) {
      CaseRow row = holding.get(transaction.uuid());
      if (row != null && row.lines().isEmpty()) {
        return row;
      }
    }
    return null;
  }

  private void tell(int ledger, CaseRow unresolved, RaisedCase now) {
    boolean same =
        unresolved.category() == now.category()
            && unresolved.candidates().equals(now.candidates())
            && Set.copyOf(unresolved.lines()).equals(Set.copyOf(now.lines()))
            && Set.copyOf(unresolved.transactions()).equals(Set.copyOf(now.transactions()));
    if (same || unresolved.state() == ExceptionState.AWAITING_APPROVAL) {
      return;
    }
    store.recategorise(ledger, unresolved, now);
    if (unresolved.category() != now.category()) {
      history.append(
          ledger,
          unresolved.id(),
          new CaseEvent(
              clock.instant(), SYSTEM, "recategorised", null, null, now.category().wire()));
    }
  }

  /// Resolves what is open or assigned about these subjects, which something explains by now. What
  /// awaits a decision is left alone: see [#overtake].
  ///
  /// @param type such as `late_line`
  public void explained(
      int ledger,
      Collection<Subject> subjects,
      String type,
      String reason,
      @Nullable MatchId match) {
    List<ExceptionId> resolved = new ArrayList<>();
    for (CaseRow row : store.lockSubjects(ledger, subjects)) {
      if (row.state() != ExceptionState.AWAITING_APPROVAL) {
        resolve(ledger, row, new Resolution(type, SYSTEM, clock.instant(), reason, match, null));
        resolved.add(row.id());
      }
    }
    news.tell(ledger, resolved);
  }

  /// Opens again what a match resolved, since it is undone.
  public void unexplained(int ledger, MatchId match, String reason, String by) {
    reopen(ledger, store.lockResolvedBy(ledger, match.toString()), reason, by);
  }

  /// @param rows resolved ones, locked
  void reopen(int ledger, List<CaseRow> rows, String reason, String by) {
    Instant now = clock.instant();
    for (CaseRow row : rows) {
      store.change(ledger, row, ExceptionState.OPEN, null, null);
      history.append(
          ledger,
          row.id(),
          new CaseEvent(now, by, "reopened", row.state(), ExceptionState.OPEN, reason));
      Resolution resolution = row.resolution();
      if (resolution != null && resolution.transactionId() != null) {
        String stays = POSTED_STAYS.formatted(resolution.transactionId());
        history.append(
            ledger, row.id(), new CaseEvent(now, SYSTEM, "posting_stays", null, null, stays));
      }
    }
    news.tell(ledger, rows.stream().map(CaseRow::id).toList());
  }

  /// Ends the proposals about exceptions of these subjects, since something explains them by now:
  /// they go back to who works on them. The caller holds the source, and locks no exception before.
  public void overtake(int ledger, Collection<Subject> subjects, String because) {
    Set<String> explained =
        subjects.stream().map(Subject::text).collect(Collectors.toUnmodifiableSet());
    // Proposals are few and a run's subjects may be millions.
    for (CaseRow row : store.awaiting(ledger)) {
      ApprovalId approval = row.approval();
      if (approval != null && explained.contains(row.subject())) {
        approvals.supersede(ledgers.byId(ledger).scope(), approval, because);
      }
    }
  }

  /// How many of a source are unresolved.
  public int unresolved(int ledger, String source) {
    return Math.toIntExact(store.unresolved(ledger, source));
  }

  private void resolve(int ledger, CaseRow row, Resolution resolution) {
    store.change(ledger, row, ExceptionState.RESOLVED, row.assignee(), resolution);
    history.append(
        ledger,
        row.id(),
        new CaseEvent(
            resolution.at(),
            resolution.by(),
            "resolved",
            row.state(),
            ExceptionState.RESOLVED,
            resolution.reason()));
  }
}
