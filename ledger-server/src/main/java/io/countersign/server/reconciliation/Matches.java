package io.countersign.server.reconciliation;

import io.countersign.model.id.MatchId;
import io.countersign.model.id.StatementId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.reconciliation.Match;
import io.countersign.server.api.Caller;
import io.countersign.server.api.Cursor;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.Page;
import io.countersign.server.api.PageRequest;
import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.reconciliation.cases.CaseItems;
import io.countersign.server.reconciliation.cases.CaseRaising;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Looks matches up and takes them apart.
@Component
class Matches {

  private static final int REASON_LONGEST = 2_000;

  private final MatchStore store;
  private final CaseItems items;
  private final CaseRaising cases;
  private final Runs runs;
  private final AuditLog audit;

  Matches(MatchStore store, CaseItems items, CaseRaising cases, Runs runs, AuditLog audit) {
    this.store = store;
    this.items = items;
    this.cases = cases;
    this.runs = runs;
    this.audit = audit;
  }

  /// In the order in which they were made.
  Page<Match> page(
      int ledger,
      @Nullable StatementId statement,
      @Nullable TransactionId transaction,
      PageRequest page) {
    String cursor = page.after();
    List<Match> rows =
        store.page(
            ledger,
            statement == null ? null : statement.uuid(),
            transaction == null ? null : transaction.uuid(),
            cursor == null ? null : uuid(Cursor.read(cursor, 1).getFirst()),
            page.limit() + 1);
    return Page.of(rows, page.limit(), it -> Cursor.of(it.id().uuid()));
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Problems.invalidRequest("after", "is not a cursor of this list").asException();
    }
  }

  /// Takes a match apart inside the caller's transaction: its lines and transactions are
  /// unexplained again, the exception it resolved is open again, and no run puts the same pair
  /// together.
  ///
  /// @throws io.countersign.server.api.ProblemException 404 `not-found`, 409 `wrong-state` when it
  ///   is undone already
  Match undo(int ledger, MatchId id, @Nullable String reason, Caller caller) {
    new FieldChecks().text("reason", reason, REASON_LONGEST).orThrow();
    Problem notFound = Problems.notFound("match " + id);
    String source = store.sourceOf(ledger, id).orElseThrow(notFound::asException);
    items.hold(ledger, source);
    Match match = store.find(ledger, id).orElseThrow(notFound::asException);
    if (match.undoneAt() != null) {
      throw Problems.wrongState("undone", "The match is undone already.").asException();
    }
    String words = String.valueOf(reason);
    items.undo(ledger, id, words, caller.name());
    cases.unexplained(ledger, id, words, caller.name());
    runs.start(ledger, source, null);
    Match undone = store.find(ledger, id).orElseThrow();
    audit.write(
        ledger, caller, AuditChange.changed("match.undo", "match", id.toString(), match, undone));
    return undone;
  }
}
