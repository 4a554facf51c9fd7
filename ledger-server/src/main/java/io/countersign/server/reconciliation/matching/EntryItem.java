package io.countersign.server.reconciliation.matching;

import io.countersign.model.CurrencyCode;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What one transaction moved on one account of the books, and no line explains yet.
///
/// @param account the source's account whose counterpart in the books it moved
/// @param sequence the order of recording
/// @param day the accounting day
/// @param minorUnits debits positive, so that the sign is the statement's: money in is positive
/// @param keys of everything it may be known by: its reference, its id, the provider's reference
/// @param reverses the transaction that this one takes back
/// @param due whether its settlement window is over, so that a line should be there
/// @param words what a person reads: its description and references
/// @param dismissed a person decided that nothing is missing
public record EntryItem(
    UUID transaction,
    UUID account,
    long sequence,
    LocalDate day,
    long minorUnits,
    CurrencyCode currency,
    List<String> keys,
    @Nullable UUID reverses,
    boolean due,
    String words,
    boolean dismissed) {

  public EntryItem {
    keys = List.copyOf(keys);
  }
}
