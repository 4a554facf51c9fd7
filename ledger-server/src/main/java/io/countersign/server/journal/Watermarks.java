package io.countersign.server.journal;

import io.countersign.server.api.Problems;
import io.countersign.server.database.Transactions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/// Up to where the books are final. Whatever must see all of the past reads up to a watermark and
/// no further: numbers are handed out before they are committed, so "everything up to the highest
/// that I see" lacks what a slower appender still holds.
///
/// Nothing here runs within a caller's transaction: what a watermark promises holds from its
/// commit.
@Component
public class Watermarks {

  private final Gate gate;
  private final WatermarkStore store;
  private final Transactions transactions;

  // Many who ask about just now share one closing of the gate.
  private final ReentrantLock taking = new ReentrantLock();

  Watermarks(Gate gate, WatermarkStore store, Transactions transactions) {
    this.gate = gate;
    this.store = store;
    this.transactions = transactions;
  }

  /// The newest watermark of a ledger; empty before the first.
  public Optional<Watermark> newest(int ledger) {
    return store.newest(ledger);
  }

  /// The watermarks above a sequence, in their order.
  ///
  /// @param sequence 0 for the beginning
  /// @param rows how many at most
  public List<Watermark> after(int ledger, long sequence, int rows) {
    return store.after(ledger, sequence, rows);
  }

  /// Takes a watermark now, in a transaction of its own: every transaction that was acknowledged
  /// before the call is below it.
  ///
  /// @throws org.springframework.dao.ConcurrencyFailureException when appenders did not leave the
  ///   gate for long; nothing is done
  /// @throws IllegalStateException within an open transaction
  public Watermark take(int ledger) {
    take(List.of(ledger));
    return store.newest(ledger).orElseThrow();
  }

  /// Takes a watermark of each ledger that has recorded something since its last one.
  ///
  /// @return how many were taken
  int takeWhereSomethingIsNew(Collection<Integer> ledgers) {
    List<Integer> moved =
        ledgers.stream()
            .filter(it -> store.hasNew(it, store.newest(it).map(Watermark::sequence).orElse(0L)))
            .toList();
    if (!moved.isEmpty()) {
      take(moved);
    }
    return moved.size();
  }

  /// The first watermark from an instant on, taken now when there is none: what was recorded at or
  /// before the instant is below it, and stays all there is.
  ///
  /// @param at to the microsecond; what is finer is cut off
  /// @throws io.countersign.server.api.ProblemException 422 `invalid-time` for an instant that is
  ///   still to come by the database's clock, which stamps `recordedAt`
  Watermark covering(int ledger, Instant at) {
    Instant asked = at.truncatedTo(ChronoUnit.MICROS);
    return store.firstFrom(ledger, asked).orElseGet(() -> close(ledger, asked));
  }

  private Watermark close(int ledger, Instant at) {
    if (store.isAhead(ledger, at)) {
      throw Problems.invalidTime(
              "knownAt " + at + " is still to come; leave it out for what is known now.")
          .asException();
    }
    taking.lock();
    try {
      Optional<Watermark> meanwhile = store.firstFrom(ledger, at);
      return meanwhile.isPresent() ? meanwhile.get() : take(ledger);
    } finally {
      taking.unlock();
    }
  }

  private void take(List<Integer> ledgers) {
    transactions.run(
        () -> {
          gate.close();
          store.insert(ledgers);
        });
  }
}
