package io.countersign.server.reconciliation;

import io.countersign.model.reconciliation.Source;
import io.countersign.model.reconciliation.SourceRequest;
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
@RequestMapping("/v1/ledgers/{ledger}/sources")
class SourcesController {

  private final Sources sources;
  private final OncePerKey once;

  SourcesController(Sources sources, OncePerKey once) {
    this.sources = sources;
    this.once = once;
  }

  @PostMapping
  ResponseEntity<byte[]> open(
      LedgerScope ledger, Caller caller, KeyedRequest request, @RequestBody SourceRequest body) {
    return once.execute(request, () -> Answer.created(sources.open(ledger.id(), body, caller)));
  }

  @GetMapping
  Page<Source> list(LedgerScope ledger, PageRequest page) {
    return sources.page(ledger.id(), page.after(), page.limit());
  }
}
