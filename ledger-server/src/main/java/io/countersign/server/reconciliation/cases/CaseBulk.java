package io.countersign.server.reconciliation.cases;

import io.countersign.model.id.ExceptionId;
import io.countersign.model.reconciliation.ExceptionBulkAnswer;
import io.countersign.model.reconciliation.ExceptionBulkAnswer.Result;
import io.countersign.model.reconciliation.ExceptionBulkRequest;
import io.countersign.server.api.Caller;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.ProblemDocument;
import io.countersign.server.api.ProblemException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// One action on many exceptions, each with an outcome of its own: a refusal refuses no other.
@Component
class CaseBulk {

  private static final int IDS_MAX = 1_000;
  private static final int OK = 200;
  private static final List<String> ACTIONS = List.of("assign", "comment", "dismiss", "reopen");

  private final CaseDesk desk;

  CaseBulk(CaseDesk desk) {
    this.desk = desk;
  }

  ExceptionBulkAnswer act(int ledger, ExceptionBulkRequest request, Caller caller) {
    new FieldChecks()
        .that(ACTIONS.contains(request.action()), "action", "must be one of " + ACTIONS)
        .size("ids", request.ids(), 1, IDS_MAX)
        .orThrow();
    Map<ExceptionId, Result> outcomes = new HashMap<>();
    // In one order, so that two bulks over the same exceptions never wait for each other.
    request.ids().stream()
        .distinct()
        .sorted(Comparator.comparing(ExceptionId::uuid))
        .forEach(id -> outcomes.put(id, outcome(ledger, id, request, caller)));
    return new ExceptionBulkAnswer(
        request.ids().stream().distinct().map(id -> outcomes.getOrDefault(id, done(id))).toList());
  }

  // A refusal comes before the first write, so nothing is to be undone for it alone.
  private Result outcome(int ledger, ExceptionId id, ExceptionBulkRequest request, Caller caller) {
    try {
      act(ledger, id, request, caller);
      return done(id);
    } catch (ProblemException e) {
      String instance = "exceptions/" + id;
      return new Result(id, e.problem().status(), document(e, instance));
    }
  }

  private static Map<String, @Nullable Object> document(ProblemException e, String instance) {
    return new HashMap<>(ProblemDocument.of(e.problem(), instance));
  }

  private void act(int ledger, ExceptionId id, ExceptionBulkRequest request, Caller caller) {
    switch (request.action()) {
      case "assign" -> desk.assign(ledger, id, request.assignee(), caller);
      case "comment" -> desk.comment(ledger, id, request.text(), caller);
      case "dismiss" -> desk.dismiss(ledger, id, request.reason(), caller);
      default -> desk.reopen(ledger, id, request.reason(), caller);
    }
  }

  private static Result done(ExceptionId id) {
    return new Result(id, OK, null);
  }
}
