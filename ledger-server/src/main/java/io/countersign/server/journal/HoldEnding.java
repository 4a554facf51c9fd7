package io.countersign.server.journal;

import io.countersign.model.Money;
import io.countersign.model.Relation;
import io.countersign.model.journal.HoldState;
import io.countersign.model.journal.TransactionKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an open hold is to end: what it set aside is undone, and what is captured is posted, in one
/// transaction.
///
/// @param captured minor units, 0 to what is held
/// @param kind of the transaction
record HoldEnding(
    HoldRow hold,
    HoldState outcome,
    long captured,
    TransactionKind kind,
    String recordedBy,
    @Nullable Relation relatesTo) {

  static HoldEnding capture(
      HoldRow hold,
      long captured,
      TransactionKind kind,
      String recordedBy,
      @Nullable Relation relatesTo) {
    return new HoldEnding(hold, HoldState.CAPTURED, captured, kind, recordedBy, relatesTo);
  }

  static HoldEnding release(HoldRow hold, String recordedBy, @Nullable Relation relatesTo) {
    return new HoldEnding(
        hold, HoldState.RELEASED, 0, TransactionKind.RELEASE, recordedBy, relatesTo);
  }

  static HoldEnding expiry(HoldRow hold, String recordedBy, @Nullable Relation relatesTo) {
    return new HoldEnding(
        hold, HoldState.EXPIRED, 0, TransactionKind.EXPIRY, recordedBy, relatesTo);
  }

  TransactionDraft draft() {
    HoldTerms terms = hold.terms();
    List<EntryDraft> entries = new ArrayList<>();
    hold.pending().forEach(entry -> entries.add(entry.opposite()));
    if (captured > 0) {
      Money moved = new Money(captured, terms.amount().currency());
      entries.add(EntryDraft.debit(terms.from(), moved));
      entries.add(EntryDraft.credit(terms.to(), moved));
    }
    return TransactionDraft.of(kind, terms.description(), recordedBy)
        .entries(entries)
        .reference(terms.reference())
        .relatesTo(relatesTo)
        .endsHold()
        .build();
  }
}
