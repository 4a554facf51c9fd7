package io.countersign.server.reconciliation;

import io.countersign.model.id.RunId;
import io.countersign.model.reconciliation.Reconciliation;
import io.countersign.model.reconciliation.ReconciliationRequest;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.api.PathIds;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/ledgers/{ledger}/reconciliations")
class ReconciliationsController {

  private final Sources sources;
  private final Runs runs;
  private final AuditLog audit;
  private final OncePerKey once;

  ReconciliationsController(Sources sources, Runs runs, AuditLog audit, OncePerKey once) {
    this.sources = sources;
    this.runs = runs;
    this.audit = audit;
    this.once = once;
  }

  @PostMapping
  ResponseEntity<byte[]> start(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @RequestBody ReconciliationRequest body) {
    return once.execute(
        request,
        () -> {
          SourceRow source = sources.get(ledger.id(), body.source());
          RunId run = runs.startByHand(ledger.id(), source, body.through());
          audit.write(
              ledger.id(),
              caller,
              AuditChange.made("reconciliation.start", "reconciliation", run.toString(), body));
          return Answer.accepted(runs.get(ledger.id(), run).toModel());
        });
  }

  @GetMapping("/{id}")
  Reconciliation run(LedgerScope ledger, @PathVariable String id) {
    return runs.get(ledger.id(), PathIds.read("reconciliation", id, RunId::parse)).toModel();
  }
}
