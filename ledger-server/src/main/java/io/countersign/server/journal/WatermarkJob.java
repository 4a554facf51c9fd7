package io.countersign.server.journal;

import io.countersign.server.accounts.Ledger;
import io.countersign.server.accounts.Ledgers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Takes watermarks in the background. Several servers may do so at once: one of them has nothing
/// new to close, or closes it a little later.
@Component
class WatermarkJob {

  private static final Logger LOG = LoggerFactory.getLogger(WatermarkJob.class);

  private final Ledgers ledgers;
  private final Watermarks watermarks;

  WatermarkJob(Ledgers ledgers, Watermarks watermarks) {
    this.ledgers = ledgers;
    this.watermarks = watermarks;
  }

  @Scheduled(fixedDelayString = "${countersign.journal.watermark-every:PT2S}")
  void take() {
    try {
      watermarks.takeWhereSomethingIsNew(ledgers.all().stream().map(Ledger::id).toList());
    } catch (ConcurrencyFailureException e) {
      LOG.warn("No watermark now, the gate is busy; the next round tries again", e);
    }
  }
}
