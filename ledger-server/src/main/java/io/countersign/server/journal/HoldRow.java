package io.countersign.server.journal;

import io.countersign.model.Money;
import io.countersign.model.id.HoldId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.Direction;
import io.countersign.model.journal.Hold;
import io.countersign.model.journal.HoldState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A hold as it is stored.
///
/// @param fromLayer where its pending entry on `from` is; `toLayer` likewise
/// @param end null while it is open
record HoldRow(
    HoldId id,
    HoldTerms terms,
    EntryLayer fromLayer,
    EntryLayer toLayer,
    TransactionId openedBy,
    @Nullable End end) {

  /// @param captured minor units that went to `to`
  record End(HoldState outcome, long captured, TransactionId endedBy) {}

  HoldState state() {
    return end == null ? HoldState.OPEN : end.outcome();
  }

  HoldRow endedBy(End how) {
    return new HoldRow(id, terms, fromLayer, toLayer, openedBy, how);
  }

  /// The pending entries that opened it.
  List<EntryDraft> pending() {
    return pending(terms, fromLayer, toLayer);
  }

  /// What a transfer would do, set aside.
  static List<EntryDraft> pending(HoldTerms terms, EntryLayer fromLayer, EntryLayer toLayer) {
    return List.of(
        new EntryDraft(terms.from(), Direction.DEBIT, terms.amount(), fromLayer),
        new EntryDraft(terms.to(), Direction.CREDIT, terms.amount(), toLayer));
  }

  /// @throws NullPointerException when it has no expiry: only its own feature sees such a hold
  Hold toModel() {
    Money amount = terms.amount();
    return new Hold(
        id,
        state(),
        terms.from(),
        terms.to(),
        amount,
        new Money(end == null ? 0 : end.captured(), amount.currency()),
        expiresAt(),
        terms.description(),
        terms.reference(),
        Stream.of(openedBy, end == null ? null : end.endedBy()).filter(Objects::nonNull).toList());
  }

  Instant expiresAt() {
    return Objects.requireNonNull(terms.expiresAt(), "this hold has no expiry");
  }
}
