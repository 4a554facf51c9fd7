package io.countersign.server.journal;

import io.countersign.model.EmptyRequest;
import io.countersign.model.journal.Period;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.api.Page;
import java.time.YearMonth;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Months of accounting days. Reopening one needs a second person and lives with the proposals.
@RestController
@RequestMapping("/v1/ledgers/{ledger}/periods")
class PeriodsController {

  private final Periods periods;
  private final Gate gate;
  private final OncePerKey once;

  PeriodsController(Periods periods, Gate gate, OncePerKey once) {
    this.periods = periods;
    this.gate = gate;
    this.once = once;
  }

  @GetMapping
  Page<Period> list(LedgerScope ledger) {
    return new Page<>(periods.list(ledger), null);
  }

  @PostMapping("/{period}/close")
  ResponseEntity<byte[]> close(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @PathVariable String period,
      @RequestBody EmptyRequest body) {
    YearMonth month = PeriodPaths.read(period);
    return once.execute(
        request, gate.closing(), () -> Answer.ok(periods.close(ledger, month, caller)));
  }
}
