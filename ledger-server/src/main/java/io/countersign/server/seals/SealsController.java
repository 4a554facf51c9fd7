package io.countersign.server.seals;

import io.countersign.model.EmptyRequest;
import io.countersign.model.seals.Seal;
import io.countersign.model.seals.Verification;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.api.Page;
import io.countersign.server.api.PageRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/ledgers/{ledger}/seals")
class SealsController {

  private final Seals seals;
  private final Verifications verifications;
  private final OncePerKey once;

  SealsController(Seals seals, Verifications verifications, OncePerKey once) {
    this.seals = seals;
    this.verifications = verifications;
    this.once = once;
  }

  @GetMapping
  Page<Seal> list(LedgerScope ledger, PageRequest page) {
    return seals.page(ledger, page.after(), page.limit());
  }

  @PostMapping("/verifications")
  ResponseEntity<byte[]> verify(
      LedgerScope ledger, Caller caller, KeyedRequest request, @RequestBody EmptyRequest body) {
    return once.execute(request, () -> Answer.accepted(verifications.start(ledger, caller)));
  }

  @GetMapping("/verifications/latest")
  Verification latest(LedgerScope ledger) {
    return verifications.latest(ledger.id());
  }
}
