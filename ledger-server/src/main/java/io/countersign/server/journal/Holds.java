package io.countersign.server.journal;

import io.countersign.model.Money;
import io.countersign.model.Relation;
import io.countersign.model.UuidV7;
import io.countersign.model.id.HoldId;
import io.countersign.model.journal.Direction;
import io.countersign.model.journal.Transaction;
import io.countersign.model.journal.TransactionKind;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Problems;
import io.countersign.server.database.RunAgain;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Holds: funds that are spoken for count against `available` at once and move once, or not at all.
///
/// Every call works within the caller's transaction, which has entered the [Gate], and is its one
/// append.
@Component
public class Holds {

  private final Journal journal;
  private final HoldStore store;
  private final UuidV7 ids;

  Holds(Journal journal, HoldStore store, UuidV7 ids) {
    this.journal = journal;
    this.store = store;
    this.ids = ids;
  }

  /// Takes the amount from what is available on `from`.
  ///
  /// @throws io.countersign.server.api.ProblemException what the books refuse, such as 422
  ///   `insufficient-funds`
  public Hold open(
      LedgerScope ledger,
      String from,
      String to,
      Money amount,
      String description,
      String recordedBy,
      @Nullable Relation relatesTo) {
    Hold hold = new Hold(new HoldId(ids.next()), from, to, amount, description);
    Transaction opening =
        journal
            .append(
                ledger,
                TransactionDraft.of(TransactionKind.HOLD, description, recordedBy)
                    .entries(pending(hold, Direction.DEBIT))
                    .relatesTo(relatesTo)
                    .build())
            .orThrow();
    store.insert(ledger.id(), hold, opening.id());
    return hold;
  }

  /// Moves the held amount whole, also when an account was frozen or closed since.
  ///
  /// @param kind what made it move: `capture`, or `refund` for a refund that came through
  /// @throws io.countersign.server.api.ProblemException 409 `wrong-state` when the hold has ended
  public Transaction capture(
      LedgerScope ledger,
      HoldId id,
      TransactionKind kind,
      String recordedBy,
      @Nullable Relation relatesTo) {
    Hold hold = openHold(ledger, id);
    List<EntryDraft> entries = new ArrayList<>(pending(hold, Direction.CREDIT));
    entries.add(EntryDraft.debit(hold.from(), hold.amount()));
    entries.add(EntryDraft.credit(hold.to(), hold.amount()));
    return end(ledger, hold, HoldOutcome.CAPTURED, kind, entries, recordedBy, relatesTo);
  }

  /// Lets the held amount go.
  ///
  /// @throws io.countersign.server.api.ProblemException 409 `wrong-state` when the hold has ended
  public Transaction release(
      LedgerScope ledger, HoldId id, String recordedBy, @Nullable Relation relatesTo) {
    Hold hold = openHold(ledger, id);
    return end(
        ledger,
        hold,
        HoldOutcome.RELEASED,
        TransactionKind.RELEASE,
        pending(hold, Direction.CREDIT),
        recordedBy,
        relatesTo);
  }

  private Transaction end(
      LedgerScope ledger,
      Hold hold,
      HoldOutcome outcome,
      TransactionKind kind,
      List<EntryDraft> entries,
      String recordedBy,
      @Nullable Relation relatesTo) {
    Transaction ending =
        journal
            .append(
                ledger,
                TransactionDraft.of(kind, hold.description(), recordedBy)
                    .entries(entries)
                    .relatesTo(relatesTo)
                    .endsHold()
                    .build())
            .orThrow();
    long captured = outcome == HoldOutcome.CAPTURED ? hold.amount().minorUnits() : 0;
    if (!store.end(ledger.id(), hold.id(), outcome, captured, ending.id())) {
      // The append above must not stay; the next run finds the other end and refuses.
      throw new RunAgain("another commit ended the hold " + hold.id());
    }
    return ending;
  }

  private Hold openHold(LedgerScope ledger, HoldId id) {
    Hold hold =
        store
            .find(ledger.id(), id)
            .orElseThrow(() -> Problems.notFound("hold " + id).asException());
    store
        .outcome(ledger.id(), id)
        .ifPresent(
            outcome -> {
              throw Problems.wrongState(outcome, "Hold " + id + " is " + outcome + " already.")
                  .asException();
            });
    return hold;
  }

  // What is taken from one side is coming to the other; ending a hold undoes both.
  private static List<EntryDraft> pending(Hold hold, Direction ofFrom) {
    Direction ofTo = ofFrom == Direction.DEBIT ? Direction.CREDIT : Direction.DEBIT;
    return List.of(
        new EntryDraft(hold.from(), ofFrom, hold.amount(), EntryLayer.TAKEN),
        new EntryDraft(hold.to(), ofTo, hold.amount(), EntryLayer.COMING));
  }
}
