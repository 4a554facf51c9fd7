package io.countersign.server.journal;

import io.countersign.server.accounts.Ledger;
import io.countersign.server.accounts.Ledgers;
import io.countersign.server.database.DatabaseUnusable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/// Refuses to start on a sequence that is behind the books, as a restore can leave it: the numbers
/// it would hand out lie in the past that seals and balances take for final.
@Component
class SequenceCheck implements SmartInitializingSingleton {

  private final Ledgers ledgers;
  private final WatermarkStore store;

  SequenceCheck(Ledgers ledgers, WatermarkStore store) {
    this.ledgers = ledgers;
    this.store = store;
  }

  @Override
  public void afterSingletonsInstantiated() {
    long handedOut = store.handedOut();
    for (Ledger ledger : ledgers.all()) {
      long highest = store.highest(ledger.id());
      if (handedOut < highest) {
        throw new DatabaseUnusable(
            "The sequence journal.transaction_sequence has handed out %d, but ledger '%s' holds number %d: the database was restored or promoted without its sequence."
                .formatted(handedOut, ledger.code(), highest),
            "Find out whether transactions are missing as well (compare the newest seal with its anchor). Then, as the owner of the schema: SELECT setval('journal.transaction_sequence', %d);"
                .formatted(highest));
      }
    }
  }
}
