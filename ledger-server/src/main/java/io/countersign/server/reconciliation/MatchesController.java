package io.countersign.server.reconciliation;

import io.countersign.model.ReasonRequest;
import io.countersign.model.id.MatchId;
import io.countersign.model.id.StatementId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.reconciliation.Match;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.api.Page;
import io.countersign.server.api.PageRequest;
import io.countersign.server.api.PathIds;
import io.countersign.server.api.QueryValues;
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
@RequestMapping("/v1/ledgers/{ledger}/matches")
class MatchesController {

  private final Matches matches;
  private final OncePerKey once;

  MatchesController(Matches matches, OncePerKey once) {
    this.matches = matches;
    this.once = once;
  }

  @GetMapping
  Page<Match> list(
      LedgerScope ledger,
      @RequestParam @Nullable String statement,
      @RequestParam @Nullable String transaction,
      PageRequest page) {
    return matches.page(
        ledger.id(),
        QueryValues.optional("statement", statement, StatementId::parse),
        QueryValues.optional("transaction", transaction, TransactionId::parse),
        page);
  }

  @PostMapping("/{id}/undo")
  ResponseEntity<byte[]> undo(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @PathVariable String id,
      @RequestBody ReasonRequest body) {
    return once.execute(
        request,
        () ->
            Answer.ok(
                matches.undo(
                    ledger.id(),
                    PathIds.read("match", id, MatchId::parse),
                    body.reason(),
                    caller)));
  }
}
