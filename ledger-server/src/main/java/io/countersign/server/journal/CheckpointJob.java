package io.countersign.server.journal;

import io.countersign.server.accounts.Ledger;
import io.countersign.server.accounts.Ledgers;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Takes watermarks and builds checkpoints up to them, in the background. Several servers may do so
/// at once: the second has nothing new to close, or closes it a little later.
@Component
class CheckpointJob {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointJob.class);

  private final Ledgers ledgers;
  private final Watermarks watermarks;
  private final Checkpoints checkpoints;
  private final ReentrantLock taking = new ReentrantLock();
  private final ReentrantLock building = new ReentrantLock();

  CheckpointJob(Ledgers ledgers, Watermarks watermarks, Checkpoints checkpoints) {
    this.ledgers = ledgers;
    this.watermarks = watermarks;
    this.checkpoints = checkpoints;
  }

  // At a rate and not with a delay: tasks with a delay share one thread, and these may take long.
  @Scheduled(fixedRateString = "${countersign.journal.watermark-every:PT2S}")
  void run() {
    alone(
        taking,
        () -> watermarks.takeWhereSomethingIsNew(ledgers.all().stream().map(Ledger::id).toList()));
    // Long after checkpoints were dropped; watermarks go on meanwhile.
    alone(building, this::build);
  }

  private void build() {
    for (Ledger ledger : ledgers.all()) {
      watermarks.newest(ledger.id()).ifPresent(newest -> checkpoints.build(ledger.id(), newest));
    }
  }

  private static void alone(ReentrantLock lock, Runnable work) {
    if (!lock.tryLock()) {
      return;
    }
    try {
      work.run();
    } catch (ConcurrencyFailureException e) {
      LOG.warn("Somebody else was in the way; the next round tries again", e);
    } finally {
      lock.unlock();
    }
  }
}
