package io.countersign.server.journal;

import static io.countersign.server.journal.JournalFixture.MAIN;

import io.countersign.model.Money;
import io.countersign.model.UuidV7;
import io.countersign.model.id.HoldId;
import io.countersign.model.journal.Hold;
import io.countersign.model.journal.HoldRequest;
import io.countersign.server.outbox.OutboxFixture;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One server's holds, by its own clock, on the books of a [JournalFixture].
record HoldsFixture(JournalFixture books, ExpiringHolds holds, Clock clock) {

  static final Duration AN_HOUR = Duration.ofHours(1);

  static HoldsFixture on(JournalFixture books, Clock clock) {
    HoldStore store = new HoldStore(books.database.jdbc());
    return new HoldsFixture(
        books,
        new ExpiringHolds(
            new Holds(books.journal, books.accounts, store, new UuidV7(clock)),
            store,
            OutboxFixture.outbox(books.database, clock),
            clock),
        clock);
  }

  Hold open(String from, String to, long minorUnits) {
    return write(() -> holds.open(MAIN, request(from, to, minorUnits), "tests"));
  }

  HoldRequest request(String from, String to, long minorUnits) {
    return new HoldRequest(
        from,
        to,
        Money.of(minorUnits, "EUR"),
        clock.instant().plus(AN_HOUR),
        "Room 12",
        "booking-12");
  }

  Hold get(HoldId id) {
    return holds.get(MAIN, id);
  }

  Hold capture(HoldId id, @Nullable Long minorUnits) {
    Money amount = minorUnits == null ? null : Money.of(minorUnits, "EUR");
    return write(() -> holds.capture(MAIN, id, amount, "tests"));
  }

  Hold release(HoldId id) {
    return write(() -> holds.release(MAIN, id, "tests"));
  }

  int expire(int bite) {
    return write(() -> holds.expire(MAIN, bite));
  }

  <T> T write(Supplier<T> work) {
    return books.transactions.write(
        () -> {
          books.gate.enter();
          return work.get();
        });
  }
}
