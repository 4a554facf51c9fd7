package io.countersign.server.adjustments;

import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.ReversalRequest;
import io.countersign.server.api.Caller;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.journal.Drafts;
import io.countersign.server.journal.Gate;
import io.countersign.server.journal.JournalReader;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ReversalsController {

  private final Reversals reversals;
  private final JournalReader reader;
  private final Gate gate;
  private final OncePerKey once;

  ReversalsController(Reversals reversals, JournalReader reader, Gate gate, OncePerKey once) {
    this.reversals = reversals;
    this.reader = reader;
    this.gate = gate;
    this.once = once;
  }

  @PostMapping("/v1/ledgers/{ledger}/transactions/{id}/reversals")
  ResponseEntity<byte[]> reverse(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @PathVariable TransactionId id,
      @RequestBody ReversalRequest body) {
    new FieldChecks().text("reason", body.reason(), Drafts.DESCRIPTION_LONGEST).orThrow();
    return once.execute(
        request,
        gate.entering(),
        () -> reversals.reverse(ledger, caller, reader.get(ledger.id(), id), body));
  }
}
