package io.countersign.server.adjustments;

import io.countersign.model.approvals.Adjustment;
import io.countersign.model.approvals.AdjustmentRequest;
import io.countersign.model.approvals.AdjustmentState;
import io.countersign.model.id.AdjustmentId;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.api.Page;
import io.countersign.server.api.PageRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/ledgers/{ledger}/adjustments")
class AdjustmentsController {

  private final Adjustments adjustments;
  private final OncePerKey once;

  AdjustmentsController(Adjustments adjustments, OncePerKey once) {
    this.adjustments = adjustments;
    this.once = once;
  }

  @PostMapping
  ResponseEntity<byte[]> propose(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @RequestBody AdjustmentRequest body) {
    Adjustments.check(body);
    return once.execute(request, () -> Answer.accepted(adjustments.propose(ledger, caller, body)));
  }

  @GetMapping
  Page<Adjustment> list(
      LedgerScope ledger, @RequestParam @Nullable AdjustmentState state, PageRequest page) {
    return adjustments.page(ledger, state, page);
  }

  @GetMapping("/{id}")
  Adjustment adjustment(LedgerScope ledger, @PathVariable AdjustmentId id) {
    return adjustments.get(ledger, id);
  }
}
