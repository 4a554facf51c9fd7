package io.countersign.server.journal;

import io.countersign.model.Money;
import io.countersign.model.Relation;
import io.countersign.model.id.HoldId;
import io.countersign.model.journal.Hold;
import io.countersign.model.journal.HoldRequest;
import io.countersign.model.journal.HoldState;
import io.countersign.model.journal.Transaction;
import io.countersign.model.journal.TransactionKind;
import io.countersign.server.api.Caller;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import io.countersign.server.outbox.Outbox;
import io.countersign.server.outbox.Told;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The holds that integrators open. Exactly one of capture, release and expiry ends each.
///
/// From `expiresAt` on a hold can only expire: a later capture or release is refused, also while
/// the expiry itself is not appended yet. It counts against `available`, and is shown as open,
/// until that append is committed: the clock only triggers it. A refusal never makes the append
/// itself, for a refused call changes nothing.
///
/// A hold without an expiry belongs to another feature and does not exist here.
@Component
class ExpiringHolds {

  private final Holds holds;
  private final HoldStore store;
  private final Outbox outbox;
  private final Clock clock;

  ExpiringHolds(Holds holds, HoldStore store, Outbox outbox, Clock clock) {
    this.holds = holds;
    this.store = store;
    this.outbox = outbox;
    this.clock = clock;
  }

  /// @throws io.countersign.server.api.ProblemException 422 `invalid-time`, `ambiguous-transfer`,
  ///   or what the books refuse, such as 422 `insufficient-funds`
  Hold open(LedgerScope ledger, HoldRequest request, String recordedBy) {
    Instant expiresAt = request.expiresAt().truncatedTo(ChronoUnit.MICROS);
    Instant now = clock.instant();
    if (!expiresAt.isAfter(now)) {
      throw Problems.invalidTime(
              "expiresAt " + expiresAt + " is not in the future; it is " + now + " here.")
          .asException();
    }
    HoldTerms terms =
        new HoldTerms(
            request.from(),
            request.to(),
            request.amount(),
            request.description(),
            request.reference(),
            expiresAt);
    HoldId id = holds.newId();
    HoldRow hold = holds.open(ledger, id, terms, recordedBy, relation(id));
    store.insertDue(ledger.id(), hold);
    return told(ledger, hold);
  }

  /// @throws io.countersign.server.api.ProblemException 404 `not-found`
  Hold get(LedgerScope ledger, HoldId id) {
    return find(ledger, id).toModel();
  }

  /// @param amount null captures the whole
  /// @throws io.countersign.server.api.ProblemException 409 `wrong-state` when the hold has ended
  ///   or its time is over, 422 `invalid-money` or `currency-mismatch`
  Hold capture(LedgerScope ledger, HoldId id, @Nullable Money amount, String recordedBy) {
    HoldRow hold = live(ledger, id);
    Money captured = amount == null ? hold.terms().amount() : amount;
    requireWithin(hold.terms().amount(), captured);
    return ended(
        ledger,
        HoldEnding.capture(
            hold, captured.minorUnits(), TransactionKind.CAPTURE, recordedBy, relation(id)));
  }

  /// @throws io.countersign.server.api.ProblemException 409 `wrong-state` when the hold has ended
  ///   or its time is over
  Hold release(LedgerScope ledger, HoldId id, String recordedBy) {
    return ended(ledger, HoldEnding.release(live(ledger, id), recordedBy, relation(id)));
  }

  /// Appends the expiries that are due, at most `bite`, in the caller's transaction, which has
  /// entered the gate. What another server is at is left to it.
  ///
  /// @return how many it looked at; some of them may have ended before
  int expire(LedgerScope ledger, int bite) {
    List<HoldRow> due = store.lockDue(ledger.id(), clock.instant(), bite);
    if (due.isEmpty()) {
      return 0;
    }
    List<HoldEnding> endings =
        due.stream()
            .filter(hold -> hold.state() == HoldState.OPEN)
            .map(hold -> HoldEnding.expiry(hold, Caller.SYSTEM.name(), relation(hold.id())))
            .toList();
    if (!endings.isEmpty()) {
      List<Transaction> expiries = holds.end(ledger, endings);
      List<Told> told = new ArrayList<>(endings.size());
      for (int i = 0; i < endings.size(); i++) {
        told.add(told(after(endings.get(i), expiries.get(i)).toModel()));
      }
      outbox.publish(ledger.id(), told);
    }
    if (store.deleteDue(ledger.id(), due) != due.size()) {
      throw new IllegalStateException("a due hold went away under its lock");
    }
    return due.size();
  }

  private Hold ended(LedgerScope ledger, HoldEnding ending) {
    return told(ledger, after(ending, holds.end(ledger, ending)));
  }

  private static HoldRow after(HoldEnding ending, Transaction by) {
    return ending.hold().endedBy(new HoldRow.End(ending.outcome(), ending.captured(), by.id()));
  }

  private Hold told(LedgerScope ledger, HoldRow row) {
    Hold hold = row.toModel();
    outbox.publish(ledger.id(), List.of(told(hold)));
    return hold;
  }

  private static Told told(Hold hold) {
    return new Told("hold." + hold.state().wire(), hold.id().toString(), hold);
  }

  private HoldRow live(LedgerScope ledger, HoldId id) {
    HoldRow hold = find(ledger, id);
    Holds.requireOpen(hold);
    if (!clock.instant().isBefore(hold.expiresAt())) {
      throw Problems.wrongState(
              HoldState.EXPIRED.wire(),
              "Hold " + id + " expired at " + hold.expiresAt() + "; its funds are let go.")
          .asException();
    }
    return hold;
  }

  private HoldRow find(LedgerScope ledger, HoldId id) {
    return store
        .find(ledger.id(), id)
        .filter(hold -> hold.terms().expiresAt() != null)
        .orElseThrow(() -> Problems.notFound("hold " + id).asException());
  }

  private static void requireWithin(Money held, Money captured) {
    if (!captured.currency().equals(held.currency())) {
      throw Problem.of(
              "currency-mismatch",
              422,
              "The hold is in " + held.currency() + ", the amount in " + captured.currency() + ".")
          .asException();
    }
    if (!captured.isPositive() || captured.minorUnits() > held.minorUnits()) {
      throw Problems.invalidMoney(
              "A capture takes more than zero and at most what is held, " + held + ".")
          .withError("amount", "must be more than zero and at most " + held)
          .asException();
    }
  }

  private static Relation relation(HoldId id) {
    return new Relation("hold", id.toString());
  }
}
