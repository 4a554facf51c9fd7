package io.countersign.server.journal;

import io.countersign.model.EmptyRequest;
import io.countersign.model.id.HoldId;
import io.countersign.model.journal.CaptureRequest;
import io.countersign.model.journal.Hold;
import io.countersign.model.journal.HoldRequest;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.api.PathIds;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/ledgers/{ledger}/holds")
class HoldsController {

  private final ExpiringHolds holds;
  private final Gate gate;
  private final OncePerKey once;

  HoldsController(ExpiringHolds holds, Gate gate, OncePerKey once) {
    this.holds = holds;
    this.gate = gate;
    this.once = once;
  }

  @PostMapping
  ResponseEntity<byte[]> open(
      LedgerScope ledger, Caller caller, KeyedRequest request, @RequestBody HoldRequest body) {
    new FieldChecks()
        .that(!body.from().equals(body.to()), "to", "must be another account than from")
        .text("description", body.description(), Drafts.DESCRIPTION_LONGEST)
        .optionalText("reference", body.reference(), Drafts.REFERENCE_LONGEST)
        .orThrow();
    return once.execute(
        request, gate.entering(), () -> Answer.created(holds.open(ledger, body, caller.name())));
  }

  @GetMapping("/{id}")
  Hold hold(LedgerScope ledger, @PathVariable String id) {
    return holds.get(ledger, id(id));
  }

  @PostMapping("/{id}/captures")
  ResponseEntity<byte[]> capture(
      LedgerScope ledger,
      Caller caller,
      @PathVariable String id,
      KeyedRequest request,
      @RequestBody CaptureRequest body) {
    HoldId hold = id(id);
    return once.execute(
        request,
        gate.entering(),
        () -> Answer.ok(holds.capture(ledger, hold, body.amount(), caller.name())));
  }

  @PostMapping("/{id}/release")
  ResponseEntity<byte[]> release(
      LedgerScope ledger,
      Caller caller,
      @PathVariable String id,
      KeyedRequest request,
      @RequestBody EmptyRequest body) {
    HoldId hold = id(id);
    return once.execute(
        request, gate.entering(), () -> Answer.ok(holds.release(ledger, hold, caller.name())));
  }

  private static HoldId id(String text) {
    return PathIds.read("hold", text, HoldId::parse);
  }
}
