package io.countersign.server.journal;

import io.countersign.server.accounts.Ledger;
import io.countersign.server.accounts.Ledgers;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.database.Transactions;
import java.time.Clock;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Ends holds whose time has come, in bites small enough to disturb nobody. It only follows the
/// clock: nothing but the expiry can end such a hold, however late this runs. Every server does it;
/// each takes what no other is at.
@Component
class HoldExpiry {

  private static final int BITE = 100;

  private final ExpiringHolds holds;
  private final HoldStore store;
  private final Ledgers ledgers;
  private final Gate gate;
  private final Transactions transactions;
  private final Clock clock;

  HoldExpiry(
      ExpiringHolds holds,
      HoldStore store,
      Ledgers ledgers,
      Gate gate,
      Transactions transactions,
      Clock clock) {
    this.holds = holds;
    this.store = store;
    this.ledgers = ledgers;
    this.gate = gate;
    this.transactions = transactions;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "${countersign.holds.expire-every:PT0.25S}")
  void expireDue() {
    for (Ledger ledger : ledgers.all()) {
      if (store.isAnyDue(ledger.id(), clock.instant())) {
        expire(ledger.scope());
      }
    }
  }

  private void expire(LedgerScope ledger) {
    int taken;
    do {
      taken =
          transactions.write(
              () -> {
                gate.enter();
                return holds.expire(ledger, BITE);
              });
    } while (taken == BITE);
  }
}
