package io.countersign.server.approvals;

import io.countersign.model.approvals.ApprovalState;
import io.countersign.server.accounts.Ledger;
import io.countersign.server.accounts.Ledgers;
import io.countersign.server.api.Caller;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.database.Transactions;
import java.time.Clock;
import java.util.List;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Writes down that proposals have expired, and tells their features. It only follows the clock: a
/// proposal cannot be decided from `expiresAt` on, however late this runs.
@Component
class Expiry {

  private static final int BITE = 100;

  private final ApprovalStore store;
  private final ProposalEnds ends;
  private final Ledgers ledgers;
  private final Transactions transactions;
  private final Clock clock;

  Expiry(
      ApprovalStore store,
      ProposalEnds ends,
      Ledgers ledgers,
      Transactions transactions,
      Clock clock) {
    this.store = store;
    this.ends = ends;
    this.ledgers = ledgers;
    this.transactions = transactions;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "${countersign.approvals.expire-every:PT30S}")
  void expireOverdue() {
    List<ApprovalStore.Key> overdue;
    do {
      overdue = store.overdue(clock.instant(), BITE);
      overdue.forEach(this::expire);
    } while (overdue.size() == BITE);
  }

  // One transaction each: what one feature cannot take must not hold up the others.
  private void expire(ApprovalStore.Key key) {
    LedgerScope ledger = scope(key.ledger());
    transactions.run(
        () ->
            store
                .lock(key.ledger(), key.id())
                .filter(row -> row.state() == ApprovalState.PENDING)
                .ifPresent(
                    row -> ends.end(ledger, row, ApprovalState.EXPIRED, Caller.SYSTEM, null)));
  }

  private LedgerScope scope(int id) {
    return ledgers.all().stream()
        .filter(ledger -> ledger.id() == id)
        .map(Ledger::scope)
        .findFirst()
        .orElse(LedgerScope.SERVER);
  }
}
