package io.countersign.server.approvals;

import io.countersign.model.Page;
import io.countersign.model.approvals.Approval;
import io.countersign.model.id.ApprovalId;
import io.countersign.server.api.Cursor;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.PageRequest;
import io.countersign.server.api.Problems;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Reads proposals, newest first.
@Component
class ApprovalLists {

  private final ApprovalStore store;
  private final ApprovalViews views;
  private final Clock clock;

  ApprovalLists(ApprovalStore store, ApprovalViews views, Clock clock) {
    this.store = store;
    this.views = views;
    this.clock = clock;
  }

  Approval get(LedgerScope ledger, ApprovalId id) {
    return store
        .find(ledger.id(), id)
        .map(row -> views.current(ledger, row))
        .orElseThrow(() -> Problems.notFound("approval '" + id + "'").asException());
  }

  Page<Approval> page(LedgerScope ledger, ApprovalFilter filter, PageRequest page) {
    Instant now = clock.instant();
    List<ApprovalRow> rows =
        store.page(ledger.id(), filter, after(page.after()), page.limit() + 1, now);
    var shown =
        io.countersign.server.api.Page.of(rows, page.limit(), row -> Cursor.of(row.id().uuid()));
    return new Page<>(
        shown.items().stream().map(views::stored).toList(),
        shown.next(),
        store.count(ledger.id(), filter, now));
  }

  private static @Nullable UUID after(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    try {
      return UUID.fromString(Cursor.read(cursor, 1).getFirst());
    } catch (IllegalArgumentException e) {
      throw Problems.invalidRequest("after", "is not a cursor of this list").asException();
    }
  }
}
