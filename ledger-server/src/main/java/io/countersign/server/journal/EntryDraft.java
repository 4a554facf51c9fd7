package io.countersign.server.journal;

import io.countersign.model.Money;
import io.countersign.model.journal.Direction;
import io.countersign.model.journal.EntryRequest;

/// One row of a transaction to be.
///
/// @param amount positive; the direction says the side
public record EntryDraft(String account, Direction direction, Money amount, EntryLayer layer) {

  public static EntryDraft debit(String account, Money amount) {
    return new EntryDraft(account, Direction.DEBIT, amount, EntryLayer.POSTED);
  }

  public static EntryDraft credit(String account, Money amount) {
    return new EntryDraft(account, Direction.CREDIT, amount, EntryLayer.POSTED);
  }

  public static EntryDraft of(EntryRequest request) {
    return new EntryDraft(
        request.account(), request.direction(), request.amount(), EntryLayer.POSTED);
  }

  /// The same entry on the other side.
  EntryDraft opposite() {
    Direction other = direction == Direction.DEBIT ? Direction.CREDIT : Direction.DEBIT;
    return new EntryDraft(account, other, amount, layer);
  }

  /// Minor units as stored: debits positive, credits negative.
  long signed() {
    return direction == Direction.DEBIT ? amount.minorUnits() : -amount.minorUnits();
  }
}
