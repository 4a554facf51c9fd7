package io.countersign.server.overview;

import io.countersign.model.overview.LastSeal;
import io.countersign.model.overview.Overview;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.journal.Watermarks;
import io.countersign.server.payments.PaymentDays;
import io.countersign.server.reconciliation.Coverages;
import io.countersign.server.seals.Seals;
import java.time.Clock;
import java.time.Duration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/ledgers/{ledger}/overview")
class OverviewController {

  private static final int DAYS = 14;

  private final Queues queues;
  private final PaymentDays payments;
  private final Coverages coverages;
  private final Seals seals;
  private final Watermarks watermarks;
  private final Clock clock;

  OverviewController(
      Queues queues,
      PaymentDays payments,
      Coverages coverages,
      Seals seals,
      Watermarks watermarks,
      Clock clock) {
    this.queues = queues;
    this.payments = payments;
    this.coverages = coverages;
    this.seals = seals;
    this.watermarks = watermarks;
    this.clock = clock;
  }

  @GetMapping
  Overview overview(LedgerScope ledger) {
    Coverages.Known known = coverages.of(ledger.id());
    return new Overview(
        queues.counts(ledger.id()),
        payments.last(ledger, DAYS),
        known.coverage(),
        known.drift(),
        seals
            .newest(ledger)
            .map(seal -> new LastSeal(seal.number(), seal.throughSequence(), seal.sealedAt()))
            .orElse(null),
        watermarks
            .newest(ledger.id())
            .map(it -> Math.max(0, Duration.between(it.closedAt(), clock.instant()).toSeconds()))
            .orElse(null));
  }
}
