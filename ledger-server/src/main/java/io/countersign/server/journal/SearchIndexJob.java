package io.countersign.server.journal;

import io.countersign.server.accounts.Ledger;
import io.countersign.server.accounts.Ledgers;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Keeps the search index up with the books, off the path of those who append.
@Component
class SearchIndexJob {

  // A backlog is worked off in turns, so that other background work is not held up by it.
  private static final int BLOCKS_AT_ONCE = 4;

  private final SearchIndex index;
  private final Ledgers ledgers;

  SearchIndexJob(SearchIndex index, Ledgers ledgers) {
    this.index = index;
    this.ledgers = ledgers;
  }

  @Scheduled(fixedDelayString = "${countersign.journal.index-every:PT0.5S}")
  void takeIn() {
    for (Ledger ledger : ledgers.all()) {
      int taken = 0;
      while (taken < BLOCKS_AT_ONCE && index.takeNext(ledger.id())) {
        taken++;
      }
    }
  }
}
