package io.countersign.server.journal;

import io.countersign.model.Money;
import io.countersign.model.Relation;
import io.countersign.model.UuidV7;
import io.countersign.model.id.HoldId;
import io.countersign.model.journal.Direction;
import io.countersign.model.journal.Transaction;
import io.countersign.model.journal.TransactionKind;
import io.countersign.server.accounts.AccountRow;
import io.countersign.server.accounts.Accounts;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Problems;
import io.countersign.server.database.RunAgain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Holds: funds that are spoken for count against `available` at once and move once, or not at all.
///
/// What other features open here has no expiry and is theirs to end; [ExpiringHolds] has those of
/// integrators. Every call works within the caller's transaction, which has entered the [Gate], and
/// is its one append.
///
/// Why an end never lacks funds: it gives back what the hold took and posts at most as much, in one
/// transaction, so it lowers nobody's available balance. That is why a hold takes from every
/// account that its capture would lower, also from `to` where that is an asset.
@Component
public class Holds {

  private final Journal journal;
  private final Accounts accounts;
  private final HoldStore store;
  private final UuidV7 ids;

  Holds(Journal journal, Accounts accounts, HoldStore store, UuidV7 ids) {
    this.journal = journal;
    this.accounts = accounts;
    this.store = store;
    this.ids = ids;
  }

  /// Takes the amount from what is available on `from`, until [#capture] or [#release].
  ///
  /// @throws io.countersign.server.api.ProblemException what the books refuse, such as 422
  ///   `insufficient-funds`
  public HoldId open(
      LedgerScope ledger,
      String from,
      String to,
      Money amount,
      String description,
      String recordedBy,
      @Nullable Relation relatesTo) {
    HoldTerms terms = new HoldTerms(from, to, amount, description, null, null);
    HoldId id = newId();
    open(ledger, id, terms, recordedBy, relatesTo);
    return id;
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
    HoldRow hold = openOne(ledger, id);
    long whole = hold.terms().amount().minorUnits();
    return end(ledger, HoldEnding.capture(hold, whole, kind, recordedBy, relatesTo));
  }

  /// Lets the held amount go.
  ///
  /// @throws io.countersign.server.api.ProblemException 409 `wrong-state` when the hold has ended
  public Transaction release(
      LedgerScope ledger, HoldId id, String recordedBy, @Nullable Relation relatesTo) {
    return end(ledger, HoldEnding.release(openOne(ledger, id), recordedBy, relatesTo));
  }

  HoldId newId() {
    return new HoldId(ids.next());
  }

  HoldRow open(
      LedgerScope ledger,
      HoldId id,
      HoldTerms terms,
      String recordedBy,
      @Nullable Relation relatesTo) {
    Map<String, AccountRow> chart = accounts.byCode(ledger.id(), List.of(terms.from(), terms.to()));
    if (terms.expiresAt() != null && bothDebitNormal(chart)) {
      throw DraftRules.ambiguous().asException();
    }
    EntryLayer fromLayer = layer(Direction.DEBIT, chart.get(terms.from()));
    EntryLayer toLayer = layer(Direction.CREDIT, chart.get(terms.to()));
    Transaction opening =
        journal
            .append(
                ledger,
                TransactionDraft.of(TransactionKind.HOLD, terms.description(), recordedBy)
                    .entries(HoldRow.pending(terms, fromLayer, toLayer))
                    .reference(terms.reference())
                    .relatesTo(relatesTo)
                    .build())
            .orThrow();
    HoldRow hold = new HoldRow(id, terms, fromLayer, toLayer, opening.id(), null);
    store.insert(ledger.id(), hold);
    return hold;
  }

  Transaction end(LedgerScope ledger, HoldEnding ending) {
    return end(ledger, List.of(ending)).getFirst();
  }

  /// Ends holds in one append: all of them, or none when another commit ended one meanwhile.
  ///
  /// @return the transactions, in the order of the endings
  List<Transaction> end(LedgerScope ledger, List<HoldEnding> endings) {
    List<Appended> outcomes =
        journal.append(ledger, endings.stream().map(HoldEnding::draft).toList());
    List<Transaction> transactions = outcomes.stream().map(Appended::orThrow).toList();
    List<HoldRow> ended = new ArrayList<>(endings.size());
    for (int i = 0; i < endings.size(); i++) {
      HoldEnding ending = endings.get(i);
      ended.add(
          ending
              .hold()
              .endedBy(
                  new HoldRow.End(ending.outcome(), ending.captured(), transactions.get(i).id())));
    }
    if (store.end(ledger.id(), ended) != ended.size()) {
      // The append above must not stay; the next run finds the other end and refuses.
      throw new RunAgain("another commit ended a hold");
    }
    return transactions;
  }

  static void requireOpen(HoldRow hold) {
    if (hold.end() != null) {
      String state = hold.state().wire();
      throw Problems.wrongState(state, "Hold " + hold.id() + " is " + state + " already.")
          .asException();
    }
  }

  private HoldRow openOne(LedgerScope ledger, HoldId id) {
    HoldRow hold =
        store
            .find(ledger.id(), id)
            .orElseThrow(() -> Problems.notFound("hold " + id).asException());
    requireOpen(hold);
    return hold;
  }

  // Asked of integrators alone: a refund knows which way its money goes, whatever the accounts are.
  private static boolean bothDebitNormal(Map<String, AccountRow> chart) {
    return chart.size() == 2 && chart.values().stream().allMatch(AccountRow::debitNormal);
  }

  // An unknown account is refused by the append, whatever its layer would be.
  private static EntryLayer layer(Direction direction, @Nullable AccountRow account) {
    boolean raises = account != null && account.debitNormal() == (direction == Direction.DEBIT);
    return raises ? EntryLayer.COMING : EntryLayer.TAKEN;
  }
}
