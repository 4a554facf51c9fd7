package io.countersign.server.adjustments;

import io.countersign.model.ReasonRequest;
import io.countersign.model.Relation;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.approvals.Proposed;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.approvals.Approvals;
import io.countersign.server.approvals.Proposal;
import io.countersign.server.journal.Drafts;
import io.countersign.server.journal.Gate;
import io.countersign.server.journal.PeriodPaths;
import io.countersign.server.journal.Periods;
import java.time.YearMonth;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PeriodReopeningController {

  private final Periods periods;
  private final Approvals approvals;
  private final Gate gate;
  private final OncePerKey once;

  PeriodReopeningController(Periods periods, Approvals approvals, Gate gate, OncePerKey once) {
    this.periods = periods;
    this.approvals = approvals;
    this.gate = gate;
    this.once = once;
  }

  @PostMapping("/v1/ledgers/{ledger}/periods/{period}/reopen")
  ResponseEntity<byte[]> reopen(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @PathVariable String period,
      @RequestBody ReasonRequest body) {
    YearMonth month = PeriodPaths.read(period);
    new FieldChecks().text("reason", body.reason(), Drafts.DESCRIPTION_LONGEST).orThrow();
    return once.execute(request, gate.entering(), () -> propose(ledger, caller, month, body));
  }

  private Answer propose(LedgerScope ledger, Caller caller, YearMonth month, ReasonRequest body) {
    periods.requireReopenable(ledger, month);
    String period = month.toString();
    return Answer.accepted(
        new Proposed(
            approvals.propose(
                ledger,
                caller,
                new Proposal(
                    ApprovalKind.PERIOD_REOPEN,
                    new PeriodReopenContent(period, body.reason()),
                    body.reason(),
                    new Relation("period", period),
                    period))));
  }
}
