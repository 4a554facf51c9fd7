package io.countersign.server.reconciliation.cases;

import io.countersign.model.Page;
import io.countersign.model.id.ExceptionId;
import io.countersign.model.id.LineId;
import io.countersign.model.reconciliation.CaseEvent;
import io.countersign.model.reconciliation.Comment;
import io.countersign.model.reconciliation.ExceptionCase;
import io.countersign.model.reconciliation.StatementLine;
import io.countersign.server.api.PageRequest;
import io.countersign.server.api.Problems;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Exceptions as they are shown.
@Component
class CaseViews {

  private final CaseStore store;
  private final CaseListStore lists;
  private final CaseHistoryStore history;
  private final CaseItems items;

  CaseViews(CaseStore store, CaseListStore lists, CaseHistoryStore history, CaseItems items) {
    this.store = store;
    this.lists = lists;
    this.history = history;
    this.items = items;
  }

  /// @throws io.countersign.server.api.ProblemException 404 `not-found`
  ExceptionCase get(int ledger, ExceptionId id) {
    CaseRow row =
        store
            .find(ledger, id)
            .orElseThrow(() -> Problems.notFound("exception " + id).asException());
    Set<LineId> named = new LinkedHashSet<>(row.lines());
    row.candidates().forEach(it -> named.addAll(it.lines()));
    return view(
        row, items.lines(ledger, named), history.events(ledger, id), history.comments(ledger, id));
  }

  /// A page of the queue; history, comments and line details are left to [#get].
  Page<ExceptionCase> page(int ledger, CaseFilter filter, PageRequest page) {
    List<CaseRow> rows = lists.page(ledger, filter, page.after(), page.limit() + 1);
    boolean more = rows.size() > page.limit();
    List<CaseRow> shown = more ? rows.subList(0, page.limit()) : rows;
    List<ExceptionCase> views = new ArrayList<>();
    shown.forEach(row -> views.add(brief(row)));
    String next = more ? CaseListStore.cursor(shown.getLast(), filter.sort()) : null;
    return new Page<>(views, next, lists.count(ledger, filter));
  }

  /// Without history, comments and line details.
  static ExceptionCase brief(CaseRow row) {
    return view(row, List.of(), List.of(), List.of());
  }

  private static ExceptionCase view(
      CaseRow row, List<StatementLine> lines, List<CaseEvent> events, List<Comment> comments) {
    return new ExceptionCase(
        row.id(),
        row.category(),
        row.state(),
        row.source(),
        row.money(row.amount()),
        row.money(row.difference()),
        row.openedAt(),
        row.dueAt(),
        row.assignee(),
        row.lines(),
        row.transactions(),
        row.payment(),
        row.candidates(),
        lines,
        events,
        comments,
        row.resolution(),
        row.approval());
  }
}
