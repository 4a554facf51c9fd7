package io.countersign.server.reconciliation;

import io.countersign.model.id.StatementId;
import io.countersign.model.reconciliation.Statement;
import io.countersign.model.reconciliation.StatementLine;
import io.countersign.model.reconciliation.StatementState;
import io.countersign.server.api.Cursor;
import io.countersign.server.api.Page;
import io.countersign.server.api.PageRequest;
import io.countersign.server.api.Problems;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Looks statements and their lines up.
@Component
class Statements {

  private final StatementStore store;
  private final LineStore lines;

  Statements(StatementStore store, LineStore lines) {
    this.store = store;
    this.lines = lines;
  }

  /// The newest first.
  Page<Statement> page(
      int ledger, @Nullable String source, @Nullable StatementState state, PageRequest page) {
    String cursor = page.after();
    UUID after = cursor == null ? null : uuid(Cursor.read(cursor, 1).getFirst());
    List<StatementRow> rows = store.page(ledger, source, state, after, page.limit() + 1);
    return Page.of(rows, page.limit(), it -> Cursor.of(it.id())).map(StatementRow::toModel);
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Problems.invalidRequest("after", "is not a cursor of this list").asException();
    }
  }

  /// @throws io.countersign.server.api.ProblemException 404 `not-found`
  StatementRow get(int ledger, StatementId id) {
    return store
        .find(ledger, id.uuid())
        .orElseThrow(() -> Problems.notFound("statement " + id).asException());
  }

  /// In the statement's order. A duplicate shows the lines of the statement that it repeats.
  Page<StatementLine> lines(int ledger, StatementId id, PageRequest page) {
    StatementRow statement = get(ledger, id);
    UUID holder = statement.duplicateOf() == null ? statement.id() : statement.duplicateOf();
    int after = page.after() == null ? 0 : (int) Cursor.number(page.after());
    List<LineRow> rows = lines.page(ledger, holder, after, page.limit() + 1);
    return Page.of(rows, page.limit(), it -> Cursor.of(it.number())).map(LineRow::toModel);
  }
}
