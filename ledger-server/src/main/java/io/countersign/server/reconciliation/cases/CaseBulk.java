package io.countersign.server.reconciliation.cases;

import io.countersign.model.id.ExceptionId;
import io.countersign.model.reconciliation.ExceptionBulkAnswer;
import io.countersign.model.reconciliation.ExceptionBulkAnswer.Result;
import io.countersign.model.reconciliation.ExceptionBulkRequest;
import io.countersign.model.reconciliation.ExceptionCase;
import io.countersign.model.reconciliation.ExceptionState;
import io.countersign.model.reconciliation.WriteOffRequest;
import io.countersign.server.api.Caller;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.ProblemDocument;
import io.countersign.server.api.ProblemException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// One action on many exceptions, each with an outcome of its own: a refusal refuses no other.
@Component
class CaseBulk {

  private static final int IDS_MAX = 1_000;
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final List<String> ACTIONS =
      List.of("assign", "comment", "dismiss", "reopen", "write-off");

  private final CaseDesk desk;
  private final CaseProposals proposals;

  CaseBulk(CaseDesk desk, CaseProposals proposals) {
    this.desk = desk;
    this.proposals = proposals;
  }

  ExceptionBulkAnswer act(LedgerScope ledger, ExceptionBulkRequest request, Caller caller) {
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
  private Result outcome(
      LedgerScope ledger, ExceptionId id, ExceptionBulkRequest request, Caller caller) {
    try {
      ExceptionCase after = act(ledger, id, request, caller);
      boolean proposed = after.state() == ExceptionState.AWAITING_APPROVAL;
      return new Result(id, proposed ? ACCEPTED : OK, null);
    } catch (ProblemException e) {
      String instance = "exceptions/" + id;
      return new Result(id, e.problem().status(), document(e, instance));
    }
  }

  private static Map<String, @Nullable Object> document(ProblemException e, String instance) {
    return new HashMap<>(ProblemDocument.of(e.problem(), instance));
  }

  private ExceptionCase act(
      LedgerScope ledger, ExceptionId id, ExceptionBulkRequest request, Caller caller) {
    return switch (request.action()) {
      case "assign" -> desk.assign(ledger.id(), id, request.assignee(), caller);
      case "comment" -> desk.comment(ledger.id(), id, request.text(), caller);
      case "dismiss" -> desk.dismiss(ledger, id, request.reason(), caller);
      case "write-off" ->
          proposals.writeOff(
              ledger,
              id,
              new WriteOffRequest(
                  Objects.requireNonNullElse(request.account(), ""),
                  Objects.requireNonNullElse(request.reason(), "")),
              caller);
      default -> desk.reopen(ledger.id(), id, request.reason(), caller);
    };
  }

  private static Result done(ExceptionId id) {
    return new Result(id, OK, null);
  }
}
